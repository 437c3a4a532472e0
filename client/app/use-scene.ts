// Makes the scene: the one value from which the map is drawn, out of everything the page knows.
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useIncidentScene } from '../analyst/use-incident-scene.ts'
import { useGridCard, useGrids, useLayers, usePlan } from '../api/queries.ts'
import { useIsImporting } from '../imports/desk.ts'
import { useFileOnMap } from '../imports/on-map.ts'
import type { Scene, SideOnMap } from '../map/scene.ts'
import { outlineOf } from '../modes/draw-area.ts'
import type { Mode } from '../modes/mode.ts'
import { isRing } from '../modes/redraw.ts'
import { borderMode, isDone, targetsOf } from '../planner/border-edits.ts'
import { useBorderSession } from '../planner/border-session.ts'
import { useRefusal } from '../planner/use-refusal.ts'
import { useIsQuerying, useQueryOnMap } from '../query/on-map.ts'
import type { SideAnswer } from '../workers/messages.ts'
import { writeCount } from './numbers.ts'
import { usePage } from './state.ts'
import { useShownLevel } from './use-level.ts'
import { useMeasured } from './use-measured.ts'

const NONE: readonly string[] = []
const NO_PLACES: Scene['vertices'] = []
const NO_SIDES: Scene['sides'] = []

function draftOf(mode: Mode): Scene['draft'] {
  if (mode.mode === 'cut') return { points: mode.points, cursor: mode.done ? null : mode.cursor, ring: false }
  if (mode.mode === 'reshape' || mode.mode === 'transfer' || mode.mode === 'carve') {
    const { points, cursor, done } = mode
    return { points, cursor: done ? null : cursor, ring: done && isRing(mode) }
  }
  if (mode.mode === 'push') {
    const { held, to } = mode
    return held && { points: to ? [held.at, to] : [held.at], cursor: null, ring: false }
  }
  if (mode.mode === 'vertex') {
    const { held, to, remove } = mode
    if (!held) return null
    return { points: remove ? [held.at] : to ? [held.at, to] : [held.at], cursor: null, ring: false }
  }
  if (mode.mode === 'draw-area') {
    return { points: mode.points, cursor: mode.done ? null : mode.cursor, ring: mode.done }
  }
  if (mode.mode === 'draw-query') return { points: mode.points, cursor: mode.cursor, ring: false }
  return null
}

const pickedIn = (mode: Mode): readonly string[] => {
  if (mode.mode === 'give') return mode.to ? [...mode.grids, mode.to] : mode.grids
  if ('grids' in mode) return mode.grids
  if (mode.mode === 'details') return [mode.grid, mode.parent].filter(id => id !== null)
  return NONE
}

export function useScene(): Scene {
  const { t } = useTranslation()
  const {
    theme,
    language,
    layers,
    named,
    level: chosenLevel,
    grid,
    hovered,
    mode,
    outline,
    fault,
  } = usePage()
  const planId = usePage(state => state.plan)
  const catalogue = useLayers().data ?? null
  const planData = usePlan(planId).data
  const { outcome, snapped, vertices, loaded } = useBorderSession()
  const refusal = useRefusal()
  const { incidents: analysed, pin } = useIncidentScene()

  const level = useShownLevel()
  const measured = useMeasured()
  // Colours are shown together with their legend, which makes way for the query.
  const isQuerying = useIsQuerying()
  const isImporting = useIsImporting()
  const incidents = isQuerying || isImporting ? null : analysed
  const colouring =
    mode.mode === 'browse' && !isQuerying && !isImporting && measured?.grids.length
      ? measured.colouring
      : null

  const revision = planData?.revision
  const selected = mode.mode === 'browse' ? grid : null
  const card = useGridCard(planId, selected, revision).data
  const selectedOutline = useMemo(
    () => (card ? { geometry: card.geometry, level: card.level } : null),
    [card],
  )
  const plan = useMemo(
    () => (planId && revision !== undefined ? { id: planId, revision } : null),
    [planId, revision],
  )
  const border = borderMode(mode)
  const drawing =
    ['draw-area', 'draw-query', 'report'].includes(mode.mode) ||
    (border !== null && targetsOf(border) !== null)
  const query = useQueryOnMap()
  const file = useFileOnMap()
  const found = usePage(state => state.found)
  const list = useGrids(planId).data?.grids
  const nameOf = useCallback(
    (id: string) => list?.find(one => one.id === id)?.name || t(id === 'rest' ? 'border.rest' : 'border.new'),
    [list, t],
  )
  const sides = useMemo((): Scene['sides'] => {
    if (!outcome || 'refused' in outcome) return NO_SIDES
    const write = (side: SideOnMap['side'], name: string, { persons, geometry, at }: SideAnswer) => {
      const people = t('countPeople', { n: writeCount(persons, language) })
      return { side, geometry, at, text: name ? `${name}\n${people}` : people }
    }
    if ('sides' in outcome) {
      return (['left', 'right'] as const).map(side => write(side, t(`cut.${side}`), outcome.sides[side]))
    }
    // Of two grids the first has the first colour; a carved grid has it, too.
    const shown = outcome.moved.filter(one => one.side !== null)
    const isFirst = (id: string, index: number) =>
      'grids' in mode && mode.mode !== 'carve' ? mode.grids[0] === id : index % 2 === 0
    return shown.flatMap(({ grid: id, side }, index) =>
      side ? [write(isFirst(id, index) ? 'left' : 'right', nameOf(id), side)] : [],
    )
  }, [mode, outcome, t, language, nameOf])
  const unnamed = useMemo(() => {
    if (mode.mode === 'cut') return mode.grid ? [mode.grid] : NONE
    const moved = outcome && 'moved' in outcome ? outcome.moved : []
    return moved.length > 0 ? moved.flatMap(one => (one.side ? [one.grid] : [])) : NONE
  }, [mode, outcome])
  const course = mode.mode === 'cut' && mode.roads ? outcome?.course : undefined
  const draft = useMemo(() => {
    const drawn = draftOf(mode)
    return drawn && course ? { ...drawn, course } : drawn
  }, [mode, course])
  const drawnOutline = useMemo(() => (mode.mode === 'draw-area' ? outlineOf(mode) : outline), [mode, outline])
  const callout = useMemo(
    () => (refusal?.place ? { at: refusal.place, text: refusal.text } : fault),
    [refusal, fault],
  )
  const snap = useMemo(
    () => (snapped?.kind && border && !isDone(border) ? { at: snapped.at, kind: snapped.kind } : null),
    [snapped, border],
  )
  const grabs = mode.mode === 'vertex' || mode.mode === 'push'
  const canGrab = grabs && mode.held === null && (snapped?.kind === 'vertex' || snapped?.kind === 'border')
  const handles = mode.mode === 'vertex' && loaded ? vertices : NO_PLACES

  return useMemo(
    () => ({
      theme,
      language,
      catalogue,
      plan,
      layers,
      named,
      chosenLevel,
      level,
      colouring,
      selected,
      selectedOutline,
      cutting: mode.mode === 'cut' ? mode.grid : null,
      hovered,
      unnamed,
      picked: sides.length > 0 ? NONE : pickedIn(mode),
      sides,
      draft,
      snap,
      vertices: handles,
      canGrab,
      outline: drawnOutline,
      callout,
      incidents,
      pin,
      query,
      file,
      found,
      drawing,
    }),
    [
      theme,
      language,
      catalogue,
      plan,
      layers,
      named,
      chosenLevel,
      level,
      colouring,
      selected,
      selectedOutline,
      mode,
      hovered,
      unnamed,
      sides,
      draft,
      snap,
      handles,
      canGrab,
      drawnOutline,
      callout,
      incidents,
      pin,
      query,
      file,
      found,
      drawing,
    ],
  )
}
