// The details of a grid as forms: name, kind, lock, code, parent; and numbering anew what lies below it.
import { ActionIcon, Button, Group, Select, Switch, Text, TextInput } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GridSummary } from '../../core/contract/grids.ts'
import type { GridList, Plan } from '../../core/contract/plans.ts'
import { useProfile } from '../api/queries.ts'
import { writeTime } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { Trouble } from '../app/Trouble.tsx'
import { BROWSE, type Details } from '../modes/mode.ts'
import { forgetDetails, saveChange, useDetailsSession } from './details-session.ts'
import { ParentForm } from './ParentForm.tsx'
import { RenumberForm } from './RenumberForm.tsx'

/** Why something could not be saved; its place on the map is marked for as long as that holds. */
function DetailsTrouble() {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const set = usePage(state => state.set)
  const failure = useDetailsSession(state => state.failed?.failure ?? null)
  const place = failure?.problem?.place ?? null
  const message = failure?.message ?? null
  useEffect(() => {
    if (place && message) set({ fault: { at: place, text: message } })
    return () => set({ fault: null })
  }, [place, message, set])
  if (!failure) return null
  const { code, actor, at, revision } = failure.problem ?? {}
  return (
    <Trouble title={t('cut.sendFailed')} testId="refusal">
      {code === 'stale' && actor && at
        ? t('details.stale', { actor, time: writeTime(at, language), revision: revision ?? '' })
        : message}
    </Trouble>
  )
}

interface TextFormProps {
  field: 'name' | 'code'
  value: string
  description?: ReactNode
  onSave: (value: string) => Promise<boolean>
}

function TextForm({ field, value, description, onSave }: TextFormProps) {
  const { t } = useTranslation()
  const saving = useDetailsSession(state => state.saving === field)
  const [text, setText] = useState(value)
  // What somebody else, or an undo, made of it.
  useEffect(() => setText(value), [value])
  const changed = text.trim() !== '' && text.trim() !== value
  const save = () => {
    if (changed) void onSave(text.trim())
  }
  return (
    <TextInput
      size="xs"
      label={t(field)}
      description={description}
      value={text}
      onChange={event => setText(event.currentTarget.value)}
      onKeyDown={event => {
        if (event.key === 'Enter') save()
      }}
      rightSection={
        <ActionIcon
          size={24}
          variant={changed ? 'filled' : 'subtle'}
          disabled={!changed}
          loading={saving}
          aria-label={t('details.save', { what: t(field) })}
          onClick={save}
          data-testid={`save-${field}`}
        >
          <IconCheck size={14} />
        </ActionIcon>
      }
      data-testid={`details-${field}`}
    />
  )
}

function Forms({ plan, grids, grid, mode }: Props & { grid: GridSummary }) {
  const { t } = useTranslation()
  const levels = useProfile(plan)?.levels
  const saving = useDetailsSession(state => state.saving)
  const kinds = [...new Set([...(levels?.[grid.level - 1]?.kinds ?? []), grid.kind])]
  return (
    <>
      <TextForm
        field="name"
        value={grid.name}
        onSave={name => saveChange('name', { kind: 'rename', grid: grid.id, name })}
      />
      <TextForm
        field="code"
        value={grid.code}
        description={t('details.codeWhy')}
        onSave={code => saveChange('code', { kind: 'recode', grid: grid.id, code })}
      />
      <Group gap="sm" wrap="nowrap" align="flex-end">
        <Select
          className="grow"
          size="xs"
          label={t('details.kind')}
          allowDeselect={false}
          disabled={saving === 'kind'}
          data={kinds.map(kind => ({ value: kind, label: t(`card.kind.${kind}`) }))}
          value={grid.kind}
          onChange={value => {
            const gridKind = kinds.find(one => one === value)
            if (gridKind && gridKind !== grid.kind)
              void saveChange('kind', { kind: 'change-kind', grid: grid.id, gridKind })
          }}
          data-testid="details-kind"
        />
        <Switch
          pb={5}
          label={t('details.locked')}
          checked={grid.locked}
          disabled={saving === 'lock'}
          onChange={event =>
            void saveChange('lock', { kind: 'lock', grid: grid.id, locked: event.currentTarget.checked })
          }
          data-testid="details-lock"
        />
      </Group>
      {grid.parent !== null && <ParentForm plan={plan} grids={grids.grids} grid={grid} mode={mode} />}
    </>
  )
}

interface Props {
  plan: Plan
  grids: GridList
  mode: Details
}

export function DetailsPanel(props: Props) {
  const { t } = useTranslation()
  const { plan, grids, mode } = props
  const begin = usePage(state => state.begin)
  const grid = grids.grids.find(one => one.id === mode.grid)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another grid, other troubles
  useEffect(() => forgetDetails, [mode.grid])
  return (
    <section className="work-panel" aria-label={t('details.title')} data-testid="details-panel">
      <div>
        <Text component="h2" fw={600}>
          {t('details.title')}
          {grid && <span className="quiet-text"> · {t('levelNumber', { level: grid.level })}</span>}
        </Text>
        {(!grid || mode.choosing) && (
          <Text size="sm" c="dimmed" role="status" data-testid="draw-hint">
            {t(mode.choosing ? 'details.clickParent' : 'details.chooseGrid')}
          </Text>
        )}
      </div>
      {grid && <Forms key={grid.id} {...props} grid={grid} />}
      <RenumberForm key={`renumber ${grid?.id}`} plan={plan} grids={grids.grids} grid={grid ?? null} />
      <DetailsTrouble />
      <Button variant="default" onClick={() => begin(BROWSE)} data-testid="cancel">
        {t('details.done')}
      </Button>
    </section>
  )
}
