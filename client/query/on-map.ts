// What the map shows of a spatial query: the server's own shape, the listed rows, or the circle that is being drawn.
import { useMemo } from 'react'
import type { Place } from '../../core/contract/geometry.ts'
import { usePage } from '../app/state.ts'
import type { QueryOnMap } from '../map/scene.ts'
import { useCounts, useRows } from './ask.ts'
import { circleAround, metresBetween } from './circle.ts'
import { canQuery, useQueryTool } from './tool.ts'

const NO_POINTS: QueryOnMap['points'] = []

/** Of a circle that is being drawn: its centre and where the pointer is. */
export function useDrawnRadius(): { center: Place; metres: number } | null {
  const mode = usePage(state => state.mode)
  return useMemo(() => {
    if (mode.mode !== 'draw-query' || mode.shape !== 'circle') return null
    const [center] = mode.points
    return center && mode.cursor ? { center, metres: metresBetween(center, mode.cursor) } : null
  }, [mode])
}

/** The tool is open in a workspace that has it. */
export function useIsQuerying(): boolean {
  const isHere = canQuery(usePage(state => state.work))
  return useQueryTool(tool => tool.open) && isHere
}

export function useQueryOnMap(): QueryOnMap | null {
  const isDrawing = usePage(state => state.mode.mode === 'draw-query')
  const query = usePage(state => state.query)
  const counts = useCounts().data
  const rows = useRows().data?.table
  const row = useQueryTool(tool => tool.hovered ?? tool.row)
  const isOpen = useIsQuerying()
  const isListed = useQueryTool(tool => tool.table !== null)
  const drawn = useDrawnRadius()
  const points = useMemo(
    () =>
      isListed && rows ? rows.rows.flatMap(({ id, place }) => (place ? [{ id, at: place }] : [])) : NO_POINTS,
    [isListed, rows],
  )
  return useMemo(() => {
    if (isDrawing) {
      return drawn
        ? { shape: circleAround(drawn.center, drawn.metres), origin: null, points: NO_POINTS, chosen: null }
        : null
    }
    if (!isOpen || !query) return null
    const origin = query.kind === 'nearest' ? query.point : null
    return { shape: counts?.shape.geometry ?? null, origin, points, chosen: row }
  }, [isDrawing, drawn, isOpen, query, counts, points, row])
}
