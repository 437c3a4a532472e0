// The page: one map, the dock of the open workspace on the left, a grid's card on the right, and what goes between them.
import { useMediaQuery } from '@mantine/hooks'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Place } from '../../core/contract/geometry.ts'
import { useDesk } from '../analyst/desk.ts'
import { pointOverIncidents } from '../analyst/point-at.ts'
import { useAreas, useLayers, usePlan, usePlans } from '../api/queries.ts'
import { DropAnywhere } from '../imports/DropAnywhere.tsx'
import { useImportDesk, useIsImporting } from '../imports/desk.ts'
import { ImportDock } from '../imports/ImportDock.tsx'
import { TenRows } from '../imports/TenRows.tsx'
import { GridCardPanel } from '../leader/GridCardPanel.tsx'
import { unionOf } from '../map/boxes.ts'
import { MapView } from '../map/MapView.tsx'
import type { MapPointer, View } from '../map/scene.ts'
import { borderMode, targetsOf } from '../planner/border-edits.ts'
import { pointAt } from '../planner/point-at.ts'
import { useIsQuerying } from '../query/on-map.ts'
import { QueryDock } from '../query/QueryDock.tsx'
import { RowsPanel } from '../query/RowsPanel.tsx'
import { pointAtRow, setQueryTool } from '../query/tool.ts'
import { onKey } from './hotkeys.ts'
import { LayerPanel } from './LayerPanel.tsx'
import { MapFrame } from './MapFrame.tsx'
import { writeCount } from './numbers.ts'
import { type PageState, usePage } from './state.ts'
import { TopBar } from './TopBar.tsx'
import { useScene } from './use-scene.ts'
import { WORKSPACES } from './workspaces.tsx'

const FIRST_VIEW: View = { lng: 104, lat: 35.5, zoom: 3.6 }

/** The line below the map, and the time panel over it. */
const FOOT_PIXELS = 26
const ROWS_PIXELS = 282
const TIME_PIXELS = 160

/** The second click of a double click that ended a drawing is not a click on the map. */
const STILL_DRAWING_MS = 400
let drawnAt = Number.NEGATIVE_INFINITY

function drawFrom(pointer: MapPointer): void {
  const { input } = usePage.getState()
  if (pointer.on === 'leave') input({ on: 'move', at: null })
  else if (pointer.on === 'move') input({ on: 'move', at: pointer.at })
  else {
    const reach: Place = [pointer.perPixel[0] * 8, pointer.perPixel[1] * 8]
    const intent = input(pointer.on === 'double' ? { on: 'finish' } : { on: 'point', at: pointer.at, reach })
    if (intent?.do === 'ask') drawnAt = performance.now()
  }
}

function readMapPointer(pointer: MapPointer): void {
  const { mode, work, input, set, chooseGrid, hovered, fault, found } = usePage.getState()
  const change: Partial<PageState> = { pointer: pointer.on === 'leave' ? null : pointer.at }
  const under = pointer.on === 'leave' ? null : (pointer.grid?.id ?? null)
  const border = borderMode(mode)
  const isChoosing = border
    ? targetsOf(border) === null
    : ['browse', 'merge', 'give', 'details'].includes(mode.mode)
  if (isChoosing) {
    if (under !== hovered) change.hovered = under
  }
  set(change)
  if (border) {
    pointAt(pointer)
    return
  }
  if (pointer.on === 'press' || pointer.on === 'release') return
  if (mode.mode === 'draw-area' || mode.mode === 'draw-query' || mode.mode === 'report') {
    drawFrom(pointer)
    return
  }
  if (pointer.on === 'move') pointAtRow(pointer.row)
  const choose = () => chooseGrid(under, pointer.on === 'leave' ? null : pointer.grid)
  const isOverIncidents = work === 'analyse' && mode.mode === 'browse'
  if (isOverIncidents && pointer.on !== 'click') pointOverIncidents(pointer, choose)
  if (pointer.on !== 'click' || performance.now() - drawnAt < STILL_DRAWING_MS) return
  if (pointer.row) {
    setQueryTool({ row: pointer.row })
    return
  }
  if (fault || found) set({ fault: null, found: null })
  if (isOverIncidents) pointOverIncidents(pointer, choose)
  else if (mode.mode === 'browse') choose()
  else input({ on: 'grid', grid: under })
}

export function App() {
  const { t } = useTranslation()
  const {
    language,
    work,
    plan: planId,
    area,
    view,
    aim,
    zoom,
    grid,
    mode,
    set,
    lookAt,
    choosePlan,
  } = usePage()
  const scene = useScene()
  const catalogue = useLayers()
  const plan = usePlan(planId)
  const narrow = useMediaQuery('(max-width: 760px)', matchMedia('(max-width: 760px)').matches)
  const [dockOpen, setDockOpen] = useState(true)
  const [layersOpen, setLayersOpen] = useState(false)

  useEffect(() => {
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])

  // One panel on each side: a grid that is chosen takes the place of the layer list.
  useEffect(() => {
    if (grid) setLayersOpen(false)
  }, [grid])

  // An address that says nothing opens what is in force, or was worked on last.
  const { data: plans, isError: arePlansLost } = usePlans()
  const opened = useRef(planId !== null || area !== null)
  useEffect(() => {
    if (opened.current || !plans) return
    opened.current = true
    const first = plans.find(one => one.state === 'published') ?? plans[0]
    if (!first) return
    const { grid: named } = usePage.getState()
    choosePlan(first.id, first.area)
    if (named) set({ grid: named })
  }, [plans, choosePlan, set])

  // Without a view in the address: look at the plan, at the areas, or at everything there is.
  const areas = useAreas().data
  const everything = useMemo(
    () => (areas ? (unionOf(areas.map(one => one.bbox)) ?? catalogue.data?.bbox ?? null) : null),
    [areas, catalogue.data],
  )
  const box = planId ? plan.data?.bbox : plans && everything
  // Asked of the address, once: the map tells of a view of its own as soon as it has a size.
  const [isPlaced, setPlaced] = useState(view !== null)
  useEffect(() => {
    if (isPlaced || !box || usePage.getState().plan !== planId) return
    setPlaced(true)
    lookAt(box, 'at-once')
  }, [isPlaced, box, planId, lookAt])
  // Until then no tiles are drawn: they would be of somewhere else.
  const isNowhere = plan.isError || arePlansLost || (planId === null && plans !== undefined && box === null)
  const placedScene = useMemo(
    () => (isPlaced || isNowhere ? scene : { ...scene, catalogue: null }),
    [isPlaced, isNowhere, scene],
  )

  const count = useCallback(
    (persons: number) => t('countPeople', { n: writeCount(persons, language) }),
    [t, language],
  )
  const hasCard = grid !== null && mode.mode === 'browse' && planId !== null
  const { Over } = WORKSPACES[work]
  const hasIncidents = useDesk(desk => desk.picked !== null) && work === 'analyse'
  const hasSide = hasCard || hasIncidents || mode.mode === 'report'
  const isImporting = useIsImporting()
  const hasRows = useImportDesk(desk => desk.stage.at === 'settle') && isImporting && !narrow
  const foot = hasRows ? ROWS_PIXELS : Over ? TIME_PIXELS : FOOT_PIXELS
  const covered = useMemo(
    () => ({
      right: hasSide && !narrow ? 376 : 0,
      bottom: hasSide && narrow ? Math.round(innerHeight * 0.55) : foot,
    }),
    [hasSide, narrow, foot],
  )
  const isEditing = borderMode(mode) !== null || ['merge', 'give', 'details'].includes(mode.mode)
  const isQuerying = useIsQuerying() && !isImporting
  const dockShown = (dockOpen || isQuerying || isImporting) && !(narrow && (hasSide || layersOpen))

  return (
    <div
      className="page"
      data-dock={dockShown ? 'open' : 'closed'}
      data-mode={mode.mode}
      data-edit={isEditing || undefined}
      data-work={work}
    >
      <TopBar dockOpen={dockOpen} onDock={() => setDockOpen(open => !open)} />
      <main className="work">
        {dockShown && (isImporting ? <ImportDock /> : isQuerying ? <QueryDock /> : WORKSPACES[work].dock)}
        <section className="map-area">
          <MapView
            scene={placedScene}
            view={view ?? FIRST_VIEW}
            aim={aim}
            zoom={zoom}
            covered={covered}
            count={count}
            label={t('map.label')}
            onPointer={readMapPointer}
            onView={next => set({ view: next })}
          />
          <MapFrame
            layersOpen={layersOpen}
            onLayers={() => setLayersOpen(open => !open)}
            box={box ?? everything}
          />
          {layersOpen && (
            <LayerPanel
              colours={WORKSPACES[work].edits && planId !== null}
              onClose={() => setLayersOpen(false)}
            />
          )}
          {isQuerying && <RowsPanel />}
          {hasRows && <TenRows />}
          {Over && <Over sideTaken={layersOpen || hasCard} footTaken={isQuerying || isImporting} />}
          {hasCard && !layersOpen && <GridCardPanel edits={WORKSPACES[work].edits} />}
        </section>
      </main>
      <DropAnywhere />
    </div>
  )
}
