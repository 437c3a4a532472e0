// The shape of a spatial query: drawn on the map, or written as coordinates and numbers.
import { Button, Group, NumberInput, SegmentedControl, Text, Textarea } from '@mantine/core'
import { IconCrosshair, IconPencil } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import { useGrids } from '../api/queries.ts'
import { writeLength } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { LEAST_POINTS } from '../modes/draw-query.ts'
import type { DrawnShape } from '../modes/mode.ts'
import { ask, askGrid, drawShape, stopDrawing } from './acts.ts'
import { ASKED_KINDS, type AskedNumbers, askedFrom, placesOf, readPlaces, writePlaces } from './asked.ts'
import { useDrawnRadius } from './on-map.ts'
import { setQueryTool, useQueryTool } from './tool.ts'

const NUMBER_OF: Partial<Record<DrawnShape, keyof AskedNumbers>> = {
  circle: 'radius',
  corridor: 'width',
  nearest: 'n',
}
/** Two clicks on the same place are told apart by the map; a button always means another point. */
const NO_REACH: [number, number] = [0, 0]

/** While drawing: what to do next, and the same by buttons for whoever has no mouse. */
function Drawing({ shape }: { shape: DrawnShape }) {
  const { t } = useTranslation()
  const { view, input, points, language } = usePage(
    useShallow(state => ({
      view: state.view,
      input: state.input,
      points: state.mode.mode === 'draw-query' ? state.mode.points.length : 0,
      language: state.language,
    })),
  )
  const radius = useDrawnRadius()
  return (
    <div className="query-drawing" data-testid="query-drawing">
      <Text size="sm">{t(`query.drawing.${shape}`)}</Text>
      <Text size="xs" c="dimmed">
        {radius ? t('query.radiusNow', { n: writeLength(radius.metres, language) }) : t('query.keys')}
      </Text>
      <Group gap={6}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconCrosshair size={14} />}
          disabled={!view}
          onClick={() => view && input({ on: 'point', at: [view.lng, view.lat], reach: NO_REACH })}
          data-testid="query-add-here"
        >
          {t('query.addHere')}
        </Button>
        {(shape === 'polygon' || shape === 'corridor') && (
          <Button
            size="compact-sm"
            disabled={points < LEAST_POINTS[shape]}
            onClick={() => input({ on: 'finish' })}
            data-testid="query-finish"
          >
            {t('query.finish')}
          </Button>
        )}
        <Button size="compact-sm" variant="default" onClick={stopDrawing} data-testid="query-stop">
          {t('query.cancel')}
        </Button>
      </Group>
    </div>
  )
}

function WrittenShape({ shape }: { shape: DrawnShape }) {
  const { t } = useTranslation()
  const query = usePage(state => state.query)
  const numbers = useQueryTool(useShallow(({ radius, width, n }) => ({ radius, width, n })))
  const [text, setText] = useState('')
  const [trouble, setTrouble] = useState<string | null>(null)
  const [number, setNumber] = useState<number | string>('')
  const name = NUMBER_OF[shape]

  // What was drawn, or came with a link, can be read and changed here.
  useEffect(() => {
    setTrouble(null)
    if (query?.kind !== shape) return
    setText(writePlaces(placesOf(query)))
    if (query.kind === 'circle') setQueryTool({ radius: query.metres })
    if (query.kind === 'corridor') setQueryTool({ width: query.metres })
    if (query.kind === 'nearest') setQueryTool({ n: query.n })
  }, [query, shape])
  useEffect(() => {
    if (name) setNumber(numbers[name])
  }, [name, numbers])

  const submit = () => {
    const places = readPlaces(text)
    if (!places) return setTrouble(t('query.badPlaces'))
    if (name && typeof number !== 'number') return setTrouble(t('query.number'))
    const set = name ? { ...numbers, [name]: number } : numbers
    const asked = askedFrom(shape, places, set)
    if (!asked) return setTrouble(t(`query.fewPlaces.${shape}`))
    setTrouble(null)
    setQueryTool(set)
    ask(asked)
  }
  return (
    <form
      className="query-written"
      onSubmit={event => {
        event.preventDefault()
        submit()
      }}
    >
      <Button
        variant={query?.kind === shape ? 'default' : 'filled'}
        leftSection={<IconPencil size={16} />}
        onClick={() => drawShape(shape)}
        data-testid="query-draw"
      >
        {t('query.draw')}
      </Button>
      <Textarea
        size="xs"
        autosize
        minRows={1}
        maxRows={3}
        label={t(`query.places.${shape}`)}
        placeholder={t('query.placesWhy')}
        value={text}
        onChange={event => setText(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault()
            submit()
          }
        }}
        error={trouble}
        data-testid="query-places"
      />
      <Group gap={8} align="flex-end" wrap="nowrap">
        {name && (
          <NumberInput
            className="grow"
            size="xs"
            label={t(`query.${name}`)}
            value={number}
            onChange={setNumber}
            allowNegative={false}
            decimalScale={name === 'n' ? 0 : 1}
            thousandSeparator=","
            data-testid="query-number"
          />
        )}
        <Button size="xs" variant="default" type="submit" data-testid="query-ask">
          {t('query.ask')}
        </Button>
      </Group>
    </form>
  )
}

function SelectedGrid() {
  const { t } = useTranslation()
  const { plan, grid } = usePage(
    useShallow(({ plan, grid, query }) => ({
      plan,
      grid: grid ?? (query?.kind === 'grid' ? query.grid : null),
    })),
  )
  const found = useGrids(plan).data?.grids.find(one => one.id === grid)
  if (!grid) return <p className="quiet">{t('query.noGrid')}</p>
  return (
    <Button onClick={() => askGrid(grid)} data-testid="query-grid">
      {t('query.askGrid', { name: found?.name || found?.code || grid })}
    </Button>
  )
}

export function ShapeForm() {
  const { t } = useTranslation()
  const kind = useQueryTool(tool => tool.kind)
  const drawing = usePage(state => (state.mode.mode === 'draw-query' ? state.mode.shape : null))
  return (
    <section className="query-shape">
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t('query.shape')}
        value={kind}
        onChange={value => {
          const chosen = ASKED_KINDS.find(one => one === value)
          if (drawing) stopDrawing()
          if (chosen) setQueryTool({ kind: chosen })
        }}
        data={ASKED_KINDS.map(one => ({ value: one, label: t(`query.kind.${one}`) }))}
        data-testid="query-kind"
      />
      {drawing ? <Drawing shape={drawing} /> : null}
      {!drawing && (kind === 'grid' ? <SelectedGrid /> : <WrittenShape key={kind} shape={kind} />)}
    </section>
  )
}
