// Drawing a spatial query: a polygon closed at its first corner, a circle by centre and edge, a line, or one point.
import type { Place } from '../../core/contract/geometry.ts'
import { BROWSE, type DrawnShape, type DrawQuery, type Input, isNear, type Step, stay } from './mode.ts'

export const startDrawQuery = (shape: DrawnShape): DrawQuery => ({
  mode: 'draw-query',
  shape,
  points: [],
  cursor: null,
})

/** So many points complete a shape at once. */
const COMPLETE: Partial<Record<DrawnShape, number>> = { circle: 2, nearest: 1 }
/** From so many points on a shape can be finished. */
export const LEAST_POINTS: Record<DrawnShape, number> = { polygon: 3, circle: 2, corridor: 2, nearest: 1 }

const ask = ({ shape }: DrawQuery, points: readonly Place[]): Step<DrawQuery> => ({
  mode: BROWSE,
  intent: { do: 'ask', shape, points },
})

function addPoint(mode: DrawQuery, at: Place, reach: Place): Step<DrawQuery> {
  const { shape, points } = mode
  const [first] = points
  const last = points.at(-1)
  if (last && isNear(last, at, reach)) return stay(mode)
  if (shape === 'polygon' && first && points.length >= LEAST_POINTS.polygon && isNear(first, at, reach)) {
    return ask(mode, points)
  }
  const added = [...points, at]
  return added.length === COMPLETE[shape] ? ask(mode, added) : stay({ ...mode, points: added, cursor: null })
}

export function stepDrawQuery(mode: DrawQuery, input: Input): Step<DrawQuery> {
  const { shape, points } = mode
  switch (input.on) {
    case 'move':
      return stay({ ...mode, cursor: input.at })
    case 'point':
      return addPoint(mode, input.at, input.reach)
    case 'finish':
      return points.length >= LEAST_POINTS[shape] ? ask(mode, points) : stay(mode)
    case 'back':
      return stay({ ...mode, points: points.slice(0, -1) })
    case 'escape':
      return points.length > 0 ? stay({ ...mode, points: [], cursor: null }) : { mode: BROWSE, intent: null }
    default:
      return stay(mode)
  }
}
