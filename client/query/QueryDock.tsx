// The tool 空间查询 in the dock: the shape, what to count, and what was found.
import { ActionIcon, Badge, Button, Chip, Group, Loader, Text, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import { QUERY_LAYERS, type QueryReply } from '../../core/contract/analysis.ts'
import { Failure } from '../api/call.ts'
import { queries } from '../api/queries.ts'
import { writeArea } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { Trouble } from '../app/Trouble.tsx'
import { Waiting } from '../app/Waiting.tsx'
import { closeQueryTool } from './acts.ts'
import { useCounts } from './ask.ts'
import { FoundCounts } from './FoundCounts.tsx'
import { ShapeForm } from './ShapeForm.tsx'
import { setQueryTool, toggleLayer, useQueryTool } from './tool.ts'

function WhatToCount() {
  const { t } = useTranslation()
  const { layers, from, to } = useQueryTool(
    useShallow(tool => ({ layers: tool.layers, from: tool.from, to: tool.to })),
  )
  const all = layers.length === QUERY_LAYERS.length
  return (
    <section className="query-layers">
      <Group justify="space-between">
        <h3>{t('query.layers')}</h3>
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => setQueryTool({ layers: all ? [] : QUERY_LAYERS, table: null })}
        >
          {t(all ? 'query.noLayers' : 'query.allLayers')}
        </Button>
      </Group>
      <Group gap={6}>
        {QUERY_LAYERS.map(layer => (
          <Chip
            key={layer}
            size="xs"
            radius="sm"
            checked={layers.includes(layer)}
            onChange={() => toggleLayer(layer)}
            data-testid={`query-layer-${layer}`}
          >
            {t(`query.layer.${layer}`)}
          </Chip>
        ))}
      </Group>
      {layers.includes('incidents') && (
        <Group gap={8} grow>
          <TextInput
            size="xs"
            type="date"
            label={t('query.from')}
            value={from}
            onChange={event => setQueryTool({ from: event.currentTarget.value })}
            data-testid="query-from"
          />
          <TextInput
            size="xs"
            type="date"
            label={t('query.to')}
            value={to}
            onChange={event => setQueryTool({ to: event.currentTarget.value })}
            data-testid="query-to"
          />
        </Group>
      )}
    </section>
  )
}

/** What the numbers are of: the shape, the day, and whether all of it is generated. */
function Heading({ reply }: { reply: QueryReply }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const query = usePage(state => state.query)
  const { areaSquareMetres } = reply.shape
  return (
    <Group gap={8} className="query-heading">
      <Text size="sm" fw={600} data-testid="query-area">
        {areaSquareMetres !== null && t('query.area', { area: writeArea(areaSquareMetres, language) })}
        {query?.kind === 'nearest' && t('query.nearestOf', { n: query.n })}
      </Text>
      <Text size="xs" c="dimmed">
        {t('query.asOf', { on: reply.on })}
      </Text>
      {reply.demo && (
        <Badge color="#b93c0a" variant="filled" radius="sm" tt="none">
          {t('demo')}
        </Badge>
      )}
    </Group>
  )
}

function Found() {
  const { t } = useTranslation()
  const query = usePage(state => state.query)
  const set = usePage(state => state.set)
  const counts = useCounts()
  const { data: reply, error } = counts
  const place = error instanceof Failure ? (error.problem?.place ?? null) : null

  // A refusal stands at its place on the map, too.
  useEffect(() => {
    if (!error || !place) return
    const fault = { at: place, text: error.message }
    set({ fault })
    return () => {
      if (usePage.getState().fault === fault) set({ fault: null })
    }
  }, [error, place, set])

  if (!query) return <p className="quiet">{t('query.begin')}</p>
  if (error) {
    const mayRetry = error instanceof Failure && error.retry
    return (
      <Trouble
        title={t('query.failed')}
        onRetry={mayRetry ? () => void counts.refetch() : undefined}
        testId="query-refused"
      >
        {error.message}
      </Trouble>
    )
  }
  if (!reply) {
    return (
      <>
        <Group gap={8}>
          <Loader size={16} />
          <Text size="sm">{t('query.asking')}</Text>
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => {
              set({ query: null })
              void queries.cancelQueries({ queryKey: ['query'] })
            }}
          >
            {t('cancel')}
          </Button>
        </Group>
        <Waiting rows={6} />
      </>
    )
  }
  return (
    <section aria-live="polite" data-testid="query-found" data-stale={counts.isFetching || undefined}>
      <Heading reply={reply} />
      {reply.note && (
        <p className="quiet query-note" data-testid="query-note">
          {reply.note}
        </p>
      )}
      <FoundCounts counts={reply.counts} />
    </section>
  )
}

export function QueryDock() {
  const { t } = useTranslation()
  return (
    <aside className="dock query-dock" aria-label={t('query.tool')} data-testid="query-dock">
      <Group justify="space-between" wrap="nowrap">
        <Text component="h2" fw={600} size="lg">
          {t('query.tool')}
        </Text>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('query.close')}
          onClick={closeQueryTool}
          data-testid="close-query"
        >
          <IconX size={18} />
        </ActionIcon>
      </Group>
      <ShapeForm />
      <WhatToCount />
      <Found />
    </aside>
  )
}
