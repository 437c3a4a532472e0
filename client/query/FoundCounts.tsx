// What lies in the shape: one line for each layer, with what it is made of, and the way to its rows.
import { Button } from '@mantine/core'
import { IconList } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { QUERY_LAYERS, type QueryCounts, type QueryLayer } from '../../core/contract/analysis.ts'
import { RESIDENT_GROUPS } from '../../core/contract/grids.ts'
import { kindName } from '../app/kind-names.ts'
import { type Language, writeCount } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { showRows, useQueryTool } from './tool.ts'

interface Part {
  key: string
  name: string
  count: number
}
const MOST_KINDS = 8

/** What a total is made of. */
function useParts(counts: QueryCounts): Partial<Record<QueryLayer, Part[]>> {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const { persons, buildings, facilities, objects, organisations, staff, incidents } = counts
  const ofKinds = (kinds: readonly { kind: string; count: number }[]) => kindParts(kinds, language)
  const residents = persons?.residents
  return {
    persons: residents
      ? [
          { key: 'residents', name: t('query.residents'), count: residents.total },
          ...RESIDENT_GROUPS.map(key => ({ key, name: t(`card.group.${key}`), count: residents[key] })),
        ]
      : [],
    buildings:
      typeof buildings?.dangerous === 'number'
        ? [{ key: 'dangerous', name: t('query.dangerous'), count: buildings.dangerous }]
        : [],
    facilities: ofKinds(facilities?.kinds ?? []),
    objects: ofKinds(objects?.kinds ?? []),
    organisations: organisations
      ? (['factoryPremises', 'employees', 'keyPlaces', 'specialEquipment'] as const).map(key => ({
          key,
          name: t(`query.${key}`),
          count: organisations[key],
        }))
      : [],
    staff: staff
      ? [
          { key: 'people', name: t('query.people'), count: staff.people },
          ...staff.roles.map(({ role, count }) => ({
            key: role,
            name: kindName(role, language, 'role'),
            count,
          })),
        ]
      : [],
    incidents: incidents
      ? (['open', 'overdue', 'last30Days', 'lastYear'] as const).map(key => ({
          key,
          name: t(`query.${key}`),
          count: incidents[key],
        }))
      : [],
  }
}

const kindParts = (kinds: readonly { kind: string; count: number }[], language: Language): Part[] =>
  kinds.map(({ kind, count }) => ({ key: kind, name: kindName(kind, language), count }))

function Parts({ parts }: { parts: readonly Part[] }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const rest = parts.length - MOST_KINDS - 1
  const shown = rest > 0 ? parts.slice(0, MOST_KINDS) : parts
  return (
    <dl className="query-parts">
      {shown.map(({ key, name, count }) => (
        <div key={key}>
          <dt>{name}</dt>
          <dd className="number" data-part={key}>
            {writeCount(count, language)}
          </dd>
        </div>
      ))}
      {shown.length < parts.length && (
        <div>
          <dt>{t('query.more', { n: parts.length - shown.length })}</dt>
          <dd className="number">
            {writeCount(
              parts.slice(shown.length).reduce((sum, { count }) => sum + count, 0),
              language,
            )}
          </dd>
        </div>
      )}
    </dl>
  )
}

export function FoundCounts({ counts }: { counts: QueryCounts }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const listed = useQueryTool(tool => tool.table?.layer)
  const parts = useParts(counts)
  return (
    <ul className="query-counts">
      {QUERY_LAYERS.map(layer => {
        const count = counts[layer]
        if (!count) return null
        const name = t(`query.layer.${layer}`)
        const ofLayer = count.total > 0 ? (parts[layer] ?? []) : []
        return (
          <li key={layer} data-testid={`query-count-${layer}`}>
            <div className="query-count">
              <span className="query-name">{name}</span>
              <span>
                <strong className="number" data-testid={`query-total-${layer}`}>
                  {writeCount(count.total, language)}
                </strong>
                <span className="unit"> {t(`query.unit.${layer}`)}</span>
              </span>
              <Button
                size="compact-xs"
                variant={listed === layer ? 'filled' : 'default'}
                leftSection={<IconList size={14} />}
                disabled={count.total === 0}
                aria-pressed={listed === layer}
                aria-label={t('query.rowsOf', { name })}
                onClick={() => showRows(listed === layer ? null : layer)}
                data-testid={`query-rows-${layer}`}
              >
                {t('query.rows')}
              </Button>
            </div>
            {ofLayer.length > 0 && <Parts parts={ofLayer} />}
          </li>
        )
      })}
    </ul>
  )
}
