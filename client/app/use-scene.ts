// Makes the scene: the one value from which the map is drawn, out of everything the page knows.
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useIncidentScene } from '../analyst/use-incident-scene.ts'
import { useGridCard, useLayers, usePlan } from '../api/queries.ts'
import type { Scene } from '../map/scene.ts'
import { lineOf } from '../modes/cut.ts'
import { outlineOf } from '../modes/draw-area.ts'
import type { Mode } from '../modes/mode.ts'
import { useCutSession } from '../planner/cut-session.ts'
import { useRefusal } from '../planner/use-refusal.ts'
import { useIsQuerying, useQueryOnMap } from '../query/on-map.ts'
import { writeCount } from './numbers.ts'
import { usePage } from './state.ts'
import { useShownLevel } from './use-level.ts'
import { useMeasured } from './use-measured.ts'

const NONE: readonly string[] = []

function draftOf(mode: Mode): Scene['draft'] {
  if (mode.mode === 'cut') return { points: mode.points, cursor: mode.done ? null : mode.cursor, ring: false }
  if (mode.mode === 'draw-area') {
    return { points: mode.points, cursor: mode.done ? null : mode.cursor, ring: mode.done }
  }
  if (mode.mode === 'draw-query') return { points: mode.points, cursor: mode.cursor, ring: false }
  return null
}

export function useScene(): Scene {
  const { t } = useTranslation()
  const { theme, language, layers, level: chosenLevel, grid, hovered, mode, outline, fault } = usePage()
  const planId = usePage(state => state.plan)
  const catalogue = useLayers().data ?? null
  const planData = usePlan(planId).data
  const { outcome, snapped } = useCutSession()
  const refusal = useRefusal()
  const { incidents: analysed, pin } = useIncidentScene()

  const level = useShownLevel()
  const measured = useMeasured()
  // Colours are shown together with their legend, which makes way for the query.
  const isQuerying = useIsQuerying()
  const incidents = isQuerying ? null : analysed
  const colouring =
    mode.mode === 'browse' && !isQuerying && measured?.grids.length ? measured.colouring : null

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
  const drawing = ['cut', 'draw-area', 'draw-query', 'report'].includes(mode.mode)
  const query = useQueryOnMap()
  const found = usePage(state => state.found)
  const sides = useMemo((): Scene['sides'] => {
    if (mode.mode !== 'cut' || !outcome || !('sides' in outcome)) return null
    const write = (name: 'left' | 'right') => {
      const side = outcome.sides[name]
      const people = t('countPeople', { n: writeCount(side.persons, language) })
      return { geometry: side.geometry, at: side.at, text: `${t(`cut.${name}`)}\n${people}` }
    }
    return { left: write('left'), right: write('right') }
  }, [mode.mode, outcome, t, language])
  const draft = useMemo(() => draftOf(mode), [mode])
  const drawnOutline = useMemo(() => (mode.mode === 'draw-area' ? outlineOf(mode) : outline), [mode, outline])
  const callout = useMemo(
    () => (refusal?.place ? { at: refusal.place, text: refusal.text } : fault),
    [refusal, fault],
  )
  const snap = useMemo(
    () =>
      snapped?.kind && mode.mode === 'cut' && !mode.done && lineOf(mode)
        ? { at: snapped.at, kind: snapped.kind }
        : null,
    [snapped, mode],
  )

  return useMemo(
    () => ({
      theme,
      language,
      catalogue,
      plan,
      layers,
      chosenLevel,
      level,
      colouring,
      selected,
      selectedOutline,
      cutting: mode.mode === 'cut' ? mode.grid : null,
      hovered,
      picked: mode.mode === 'merge' ? mode.grids : NONE,
      sides,
      draft,
      snap,
      outline: drawnOutline,
      callout,
      incidents,
      pin,
      query,
      found,
      drawing,
    }),
    [
      theme,
      language,
      catalogue,
      plan,
      layers,
      chosenLevel,
      level,
      colouring,
      selected,
      selectedOutline,
      mode,
      hovered,
      sides,
      draft,
      snap,
      drawnOutline,
      callout,
      incidents,
      pin,
      query,
      found,
      drawing,
    ],
  )
}
