// Of the card: incidents open, overdue and lately, each number a way to the list of just those.
import { Badge, Button, Skeleton } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GridCard } from '../../core/contract/grids.ts'
import type { IncidentList, IncidentStatus, IncidentSummary } from '../../core/contract/incidents.ts'
import { get } from '../api/call.ts'
import { kindName } from '../app/kind-names.ts'
import { writeCount, writeTime } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { Trouble } from '../app/Trouble.tsx'
import { INCIDENT_COUNTS, type IncidentCountKey, incidentFilter } from './incident-filter.ts'

const COLOURS: Record<IncidentStatus, string> = { open: 'blue', overdue: 'orange', closed: 'gray' }
/** Around an incident that is gone to, in degrees. */
const AROUND = 0.0015

function Incident({ incident }: { incident: IncidentSummary }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const { title, number, status, place, address, reportedAt, due, body } = incident
  const show = () => {
    if (!place) return
    const [lng, lat] = place
    const { set, lookAt } = usePage.getState()
    set({ found: { at: place, text: title } })
    lookAt([lng - AROUND, lat - AROUND, lng + AROUND, lat + AROUND])
  }
  return (
    <li>
      <button
        type="button"
        className="incident"
        aria-label={place ? t('card.showOnMap', { title }) : undefined}
        disabled={!place}
        onClick={show}
        data-testid="card-incident"
        data-number={number}
      >
        <span className="incident-title">
          <Badge variant="light" radius="sm" tt="none" color={COLOURS[status]}>
            {kindName(status, language)}
          </Badge>
          <span>{title}</span>
        </span>
        <span className="quiet-text">
          {writeTime(reportedAt, language)} · {number}
          {status !== 'closed' && due && ` · ${t('card.due', { time: writeTime(due, language) })}`}
        </span>
        <span className="quiet-text">
          {place ? address : `${address ?? ''} ${t('card.noPlace')}`}
          {body && ` · ${t('card.handledBy', { body: body.name })}`}
        </span>
      </button>
    </li>
  )
}

function Listed({ card, count }: { card: GridCard; count: IncidentCountKey }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const { id, plan, revision, on, demo } = card
  const list = useInfiniteQuery({
    queryKey: ['card-incidents', plan, id, revision, on, count, card.incidents[count]],
    queryFn: ({ signal, pageParam }) => {
      const query = incidentFilter(count, { on, demo }, new Date())
      query.set('plan', plan)
      query.set('limit', '20')
      if (pageParam) query.set('after', pageParam)
      return get<IncidentList>(`/api/grids/${id}/incidents?${query}`, signal)
    },
    initialPageParam: '',
    getNextPageParam: page => page.next,
    placeholderData: keepPreviousData,
  })
  if (list.error) {
    return (
      <Trouble title={t('card.failed')} onRetry={() => void list.refetch()}>
        {list.error.message}
      </Trouble>
    )
  }
  if (!list.data) return <Skeleton height={200} mt="sm" />
  const incidents = list.data.pages.flatMap(page => page.incidents)
  const total = list.data.pages[0]?.total ?? 0
  return (
    <>
      <p className="quiet-text" data-testid="card-incident-total">
        {t('card.incidentsOf', {
          shown: writeCount(incidents.length, language),
          total: writeCount(total, language),
        })}
      </p>
      <ul className="incidents">
        {incidents.map(incident => (
          <Incident key={incident.id} incident={incident} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button
          size="compact-sm"
          variant="default"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('card.more')}
        </Button>
      )}
    </>
  )
}

export function CardIncidents({ card }: { card: GridCard | undefined }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const [listed, setListed] = useState<IncidentCountKey | null>(null)
  return (
    <>
      <div className="incident-counts">
        {INCIDENT_COUNTS.map(count => (
          <button
            key={count}
            type="button"
            className="incident-count"
            aria-pressed={listed === count}
            disabled={!card}
            onClick={() => setListed(listed === count ? null : count)}
            data-testid={`card-incidents-${count}`}
          >
            <span className="quiet-text">{t(`card.incidentCount.${count}`)}</span>
            {card ? (
              <span className="figure">{writeCount(card.incidents[count], language)}</span>
            ) : (
              <Skeleton width={40} height={22} my={3} />
            )}
          </button>
        ))}
      </div>
      <h3>
        {listed ? t('card.incidentList') : t('card.latest')}
        <span className="aside">{card && t('card.asOf', { on: card.on })}</span>
      </h3>
      {!card && <Skeleton height={200} mt="sm" />}
      {card && listed && card.incidents[listed] > 0 && <Listed card={card} count={listed} />}
      {card && !listed && (
        <ul className="incidents">
          {card.incidents.latest.map(incident => (
            <Incident key={incident.id} incident={incident} />
          ))}
        </ul>
      )}
      {card && (listed ? card.incidents[listed] : card.incidents.latest.length) === 0 && (
        <p className="quiet-text">{t('card.noIncidents')}</p>
      )}
    </>
  )
}
