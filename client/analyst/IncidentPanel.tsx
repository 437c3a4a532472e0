// The incidents at the place that was clicked: what the columns know shows at once, titles and details come by request.
import { ActionIcon, Group, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CELL, columnPlace, columnTime, MINUTE } from '../../core/contract/incident-grain.ts'
import {
  INCIDENT_STATUSES,
  type IncidentDetail,
  type IncidentList,
  type IncidentSummary,
} from '../../core/contract/incidents.ts'
import { LATTICE } from '../../core/topology/model.ts'
import { get } from '../api/call.ts'
import { kindName } from '../app/kind-names.ts'
import { writeCount, writeTime } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { Trouble } from '../app/Trouble.tsx'
import { Waiting } from '../app/Waiting.tsx'
import { STATUS_COLOURS } from '../map/heat-colours.ts'
import type { NearIncident } from '../workers/heat-messages.ts'
import { dropPicked, type Picked, useDesk } from './desk.ts'
import { NextStep } from './NextStep.tsx'
import { StepList } from './StepList.tsx'

const MOST = 50
/** Columns are as rough as a cell and a minute (incident-grain.ts). */
const MARGIN = CELL / 2 / LATTICE

const iso = (seconds: number) => new Date(seconds * 1000).toISOString()

/** The lists of the server in which the picked ones are, by the instant, place and kind that columns and list share. */
function useTitles(county: string, { incidents }: Picked) {
  const xs = incidents.map(one => one.x / LATTICE)
  const ys = incidents.map(one => one.y / LATTICE)
  const times = incidents.map(one => one.time)
  const box = [
    Math.min(...xs) - MARGIN,
    Math.min(...ys) - MARGIN,
    Math.max(...xs) + MARGIN,
    Math.max(...ys) + MARGIN,
  ]
  const query = new URLSearchParams({
    county,
    bbox: box.map(value => value.toFixed(9)).join(','),
    from: iso(Math.min(...times)),
    to: iso(Math.max(...times) + MINUTE),
    limit: '500',
  })
  return useQuery({
    queryKey: ['incidents-at', query.toString()],
    queryFn: ({ signal }) => get<IncidentList>(`/api/incidents?${query}`, signal),
  })
}

const keyOf = (time: number, x: number, y: number, category: string) => `${time} ${x} ${y} ${category}`

function Detail({ id }: { id: string }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const plan = usePage(state => state.plan)
  const { data, error, refetch } = useQuery({
    queryKey: ['incident', id, plan],
    queryFn: ({ signal }) =>
      get<IncidentDetail>(`/api/incidents/${id}${plan ? `?plan=${plan}` : ''}`, signal),
  })
  if (error) {
    return (
      <Trouble title={t('analyst.picked.failed')} onRetry={() => void refetch()}>
        {error.message}
      </Trouble>
    )
  }
  if (!data) return <Waiting rows={3} />
  const facts = [
    ['number', data.number],
    ['source', kindName(data.source, language, 'source')],
    ['address', data.address],
    ['grid', data.grids.map(grid => grid.name || grid.code).join(' › ')],
    ['body', data.body?.name],
    ['due', data.due && writeTime(data.due, language)],
    ['description', data.description],
  ] as const
  return (
    <div data-testid="incident-detail">
      <dl className="incident-facts">
        {facts.map(
          ([word, value]) =>
            value && (
              <div key={word}>
                <dt>{t(`analyst.picked.${word}`)}</dt>
                <dd data-testid={`incident-${word}`}>{value}</dd>
              </div>
            ),
        )}
      </dl>
      <StepList steps={data.steps} />
      <NextStep key={data.steps.length} incident={data} />
    </div>
  )
}

interface OneProps {
  incident: NearIncident
  summary: IncidentSummary | undefined
  isOpen: boolean
  onOpen: (() => void) | undefined
}

function One({ incident, summary, isOpen, onOpen }: OneProps) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const theme = usePage(state => state.theme)
  const category = useDesk(state => state.held?.head.categories[incident.category])
  const status = summary?.status ?? INCIDENT_STATUSES[incident.status]!
  return (
    <li className="incident">
      <button
        type="button"
        className="incident-head"
        aria-expanded={isOpen}
        disabled={!onOpen}
        onClick={onOpen}
        data-testid="incident"
      >
        <span className="dot" style={{ background: STATUS_COLOURS[theme][status] }} />
        <span className="incident-words">
          <span data-testid="incident-title">{summary?.title ?? t('analyst.picked.untitled')}</span>
          <span className="quiet-text">
            {category?.name[language]} · {kindName(status, language)} ·{' '}
            {writeTime(iso(incident.time), language)}
          </span>
        </span>
      </button>
      {isOpen && summary && <Detail id={summary.id} />}
    </li>
  )
}

export function IncidentPanel({ picked }: { picked: Picked }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const head = useDesk(state => state.held?.head)
  const { data, error, refetch } = useTitles(head?.county ?? '', picked)
  const [open, setOpen] = useState<number | null>(null)
  const found = new Map<string, IncidentList['incidents']>()
  for (const one of data?.incidents ?? []) {
    if (!one.place) continue
    const [x, y] = one.place.map(degrees => columnPlace(Math.round(degrees * LATTICE))) as [number, number]
    const key = keyOf(columnTime(Date.parse(one.reportedAt) / 1000), x, y, one.category)
    found.set(key, [...(found.get(key) ?? []), one])
  }
  const { incidents } = picked
  const rows = incidents.map(incident => {
    const category = head?.categories[incident.category]?.category ?? ''
    // Two alike are told apart by their order.
    const summary = found.get(keyOf(incident.time, incident.x, incident.y, category))?.shift()
    return { incident, summary }
  })
  const only = rows.length === 1 ? 0 : null
  return (
    <aside className="side-panel" aria-label={t('analyst.picked.title')} data-testid="incident-panel">
      <Group justify="space-between" className="panel-head">
        <div>
          <Text component="h2" fw={600} size="lg">
            {t('analyst.picked.title')}
          </Text>
          <span className="quiet-text">
            {incidents.length === MOST
              ? t('analyst.picked.most', { n: MOST })
              : t('analyst.picked.many', { n: writeCount(incidents.length, language) })}
          </span>
        </div>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('close')}
          onClick={dropPicked}
          data-testid="close-incidents"
        >
          <IconX size={18} />
        </ActionIcon>
      </Group>
      <div className="panel-body">
        {error && (
          <Trouble title={t('analyst.picked.failed')} onRetry={() => void refetch()}>
            {error.message}
          </Trouble>
        )}
        <ol className="incident-list">
          {rows.map(({ incident, summary }, index) => (
            <One
              key={incident.row}
              incident={incident}
              summary={summary}
              isOpen={(open ?? only) === index}
              onOpen={summary && (() => setOpen(now => ((now ?? only) === index ? -1 : index)))}
            />
          ))}
        </ol>
      </div>
    </aside>
  )
}
