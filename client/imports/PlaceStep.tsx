// Where the file lies and how it is read: layer, part of the file, encoding, coordinate system, datum, order of the axes.
import { NumberInput, SegmentedControl, Select, Switch, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DATUMS, IMPORT_LAYERS, type Inspection } from '../../core/contract/imports.ts'
import { useAreas, useProfiles } from '../api/queries.ts'
import { writeCount } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { Asked } from './Asked.tsx'
import { useImportDesk } from './desk.ts'
import { choose } from './look.ts'

/** Stands for “found out from the file” where a value must be a text. */
const AUTO = ''
const OTHER = 'other'
/** Nobody has said yet which. */
const UNSAID = ''
/** Degrees, and the metres of web maps. */
const DEGREES = /:(4326|4490|3857)$/

interface Props {
  looked: Inspection
}

function LayerAsked({ looked }: Props) {
  const { t } = useTranslation()
  const { chosen } = useImportDesk()
  const isCatalogue = looked.layer === 'catalogue'
  return (
    <Asked why={t('imports.layer.why')}>
      <Select
        label={t('imports.layer.label')}
        data={IMPORT_LAYERS.map(value => ({ value, label: t(`imports.layer.${value}`) }))}
        value={chosen.layer ?? looked.layer}
        allowDeselect={false}
        maxDropdownHeight={420}
        onChange={value => choose({ layer: IMPORT_LAYERS.find(one => one === value) })}
        data-testid="import-layer"
      />
      {isCatalogue && (
        <TextInput
          label={t('imports.name.label')}
          description={t('imports.name.why')}
          error={chosen.name?.trim() ? null : t('imports.name.need')}
          maxLength={100}
          value={chosen.name ?? ''}
          onChange={event => choose({ name: event.currentTarget.value || undefined })}
          data-testid="import-name"
        />
      )}
    </Asked>
  )
}

/** Of grids: what the draft is called, and which names and rules its levels have. */
function PlanAsked({ looked }: Props) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const profiles = useProfiles().data ?? []
  const { chosen } = useImportDesk()
  if (looked.layer !== 'grids') return null
  return (
    <Asked why={t('imports.grids.why')}>
      <TextInput
        label={t('imports.grids.name')}
        placeholder={looked.name.replace(/\.[^.]*$/, '')}
        maxLength={100}
        value={chosen.name ?? ''}
        onChange={event => choose({ name: event.currentTarget.value || undefined })}
        data-testid="import-plan-name"
      />
      <Select
        label={t('imports.grids.profile')}
        data={[
          { value: AUTO, label: t('imports.auto') },
          ...profiles.map(({ profile, name }) => ({ value: profile, label: name[language] })),
        ]}
        value={chosen.profile ?? AUTO}
        allowDeselect={false}
        onChange={value => choose({ profile: value || undefined })}
        data-testid="import-profile"
      />
    </Asked>
  )
}

function AreaAsked({ looked }: Props) {
  const { t } = useTranslation()
  const areas = useAreas().data ?? []
  const { chosen } = useImportDesk()
  if (looked.layer === 'areas' || areas.length === 0) return null
  const { used, how, choices } = looked.area
  const known = new Set(areas.map(({ code }) => code))
  const found = choices.find(({ value }) => value === used)
  const makesItsOwn = looked.layer === 'grids' && how === 'none'
  return (
    <Asked
      how={t(makesItsOwn ? 'imports.area.how.grids' : `imports.area.how.${how}`)}
      why={t('imports.area.why')}
      open={how === 'none' && !makesItsOwn}
      testId="area-how"
    >
      <Select
        label={t('imports.area.label')}
        searchable
        data={[
          {
            value: AUTO,
            label: `${t('imports.auto')}${found && how !== 'chosen' ? ` · ${found.label}` : ''}`,
          },
          ...choices.filter(({ value }) => !known.has(value)),
          ...areas.map(({ code, name }) => ({ value: code, label: `${name} ${code}` })),
        ]}
        value={chosen.area ?? AUTO}
        allowDeselect={false}
        onChange={value => choose({ area: value || undefined })}
        data-testid="import-area"
      />
    </Asked>
  )
}

function SourceAsked({ looked }: Props) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const { chosen } = useImportDesk()
  if (looked.layers.length < 2) return null
  return (
    <Asked why={t('imports.source.why', { n: looked.layers.length })}>
      <Select
        label={t('imports.source.label')}
        data={[
          { value: AUTO, label: t('imports.source.all') },
          ...looked.layers.map(({ name, features }) => ({
            value: name,
            label:
              features === null
                ? name
                : t('imports.source.rows', { name, n: writeCount(features, language) }),
          })),
        ]}
        value={chosen.sourceLayer ?? AUTO}
        allowDeselect={false}
        onChange={value => choose({ sourceLayer: value || undefined })}
        data-testid="import-source"
      />
    </Asked>
  )
}

function EncodingAsked({ looked }: Props) {
  const { t } = useTranslation()
  const { chosen } = useImportDesk()
  const { used, how, choices } = looked.encoding
  if (how === 'format') return null
  const label = choices.find(({ value }) => value === used)?.label ?? used.toUpperCase()
  return (
    <Asked how={t(`imports.encoding.how.${how}`)} why={t('imports.encoding.why')} testId="encoding-how">
      <Select
        label={t('imports.encoding.label')}
        data={[
          { value: AUTO, label: `${t('imports.auto')}${how === 'chosen' ? '' : ` · ${label}`}` },
          ...choices,
        ]}
        value={chosen.encoding ?? AUTO}
        allowDeselect={false}
        onChange={value => choose({ encoding: value || undefined })}
        data-testid="import-encoding"
      />
    </Asked>
  )
}

function CrsAsked({ looked }: Props) {
  const { t } = useTranslation()
  const { chosen } = useImportDesk()
  const { used, how, choices } = looked.crs
  const [other, setOther] = useState(false)
  if (how === 'none' || how === 'format') return null
  const known = choices.some(({ value }) => value === chosen.crs)
  const label = choices.find(({ value }) => value === used)?.label
  const found = used === null ? t('imports.crs.unknown') : label ? `${label} ${used}` : used
  const isOther = other || (chosen.crs !== undefined && !known)
  return (
    <Asked
      how={t(`imports.crs.how.${how}`)}
      why={t('imports.crs.why')}
      open={how === 'unknown'}
      testId="crs-how"
    >
      <Select
        label={t('imports.crs.label')}
        searchable
        data={[
          { value: AUTO, label: how === 'chosen' ? t('imports.auto') : found },
          ...choices.map(({ value, label: words }) => ({ value, label: `${words} ${value}` })),
          { value: OTHER, label: t('imports.crs.other') },
        ]}
        value={isOther ? OTHER : (chosen.crs ?? AUTO)}
        allowDeselect={false}
        onChange={value => {
          setOther(value === OTHER)
          if (value !== OTHER) choose({ crs: value || undefined })
        }}
        data-testid="import-crs"
      />
      {isOther && (
        <NumberInput
          label={t('imports.crs.code')}
          placeholder={t('imports.crs.codeExample')}
          hideControls
          allowNegative={false}
          allowDecimal={false}
          defaultValue={chosen.crs?.slice(5)}
          onChange={value => {
            if (/^\d{4,6}$/.test(String(value))) choose({ crs: `EPSG:${value}` })
          }}
          data-testid="import-epsg"
        />
      )}
    </Asked>
  )
}

function DatumAsked({ looked }: Props) {
  const { t } = useTranslation()
  const { chosen } = useImportDesk()
  const { used, ask } = looked.datum
  // A national grid in metres was never shifted.
  const mayBeShifted = ask || chosen.datum !== undefined || DEGREES.test(looked.crs.used ?? '')
  if (looked.crs.how === 'none' || !mayBeShifted) return null
  return (
    <Asked
      how={ask ? t('imports.datum.ask') : undefined}
      why={t('imports.datum.why')}
      open={ask}
      testId="datum-how"
    >
      <Text size="sm" fw={500} component="h3">
        {t('imports.datum.label')}
      </Text>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t('imports.datum.label')}
        value={chosen.datum ?? (ask ? UNSAID : used)}
        onChange={value => choose({ datum: DATUMS.find(one => one === value) })}
        data={DATUMS.map(value => ({ value, label: t(`imports.datum.${value}`) }))}
        data-testid="import-datum"
      />
    </Asked>
  )
}

function SwapAsked({ looked }: Props) {
  const { t } = useTranslation()
  const { chosen } = useImportDesk()
  if (looked.crs.how === 'none') return null
  return (
    <Asked why={t('imports.swap.why')}>
      <Switch
        label={t('imports.swap.label')}
        checked={chosen.swapAxes ?? looked.swapAxes}
        onChange={event => choose({ swapAxes: event.currentTarget.checked })}
        data-testid="import-swap"
      />
    </Asked>
  )
}

export function PlaceStep({ looked }: Props) {
  return (
    <>
      <LayerAsked looked={looked} />
      <PlanAsked looked={looked} />
      <SourceAsked looked={looked} />
      <EncodingAsked looked={looked} />
      <CrsAsked looked={looked} />
      <DatumAsked looked={looked} />
      <SwapAsked looked={looked} />
      <AreaAsked looked={looked} />
    </>
  )
}
