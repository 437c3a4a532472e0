// Drawing an area: click its corners, close it at the first one, then name it.
import type { MultiPolygon } from '../../core/contract/geometry.ts'
import { BROWSE, type DrawArea, type Input, isNear, type Step, stay } from './mode.ts'

export const startDrawArea = (): DrawArea => ({ mode: 'draw-area', points: [], cursor: null, done: false })

/** The outline so far, from three corners on. */
export function outlineOf({ points, cursor, done }: DrawArea): MultiPolygon | null {
  const corners = cursor && !done ? [...points, cursor] : points
  const first = corners[0]
  if (!first || corners.length < 3) return null
  return { type: 'MultiPolygon', coordinates: [[[...corners, first]]] }
}

export function stepDrawArea(mode: DrawArea, input: Input): Step<DrawArea> {
  const { points } = mode
  switch (input.on) {
    case 'move':
      return mode.done ? stay(mode) : stay({ ...mode, cursor: input.at })
    case 'point': {
      if (mode.done) return stay(mode)
      const last = points.at(-1)
      if (last && isNear(last, input.at, input.reach)) return stay(mode)
      const first = points[0]
      if (first && points.length > 2 && isNear(first, input.at, input.reach)) {
        return stay({ ...mode, cursor: null, done: true })
      }
      return stay({ ...mode, points: [...points, input.at], cursor: null })
    }
    case 'finish':
      if (mode.done) return { mode, intent: { do: 'save' } }
      return points.length > 2 ? stay({ ...mode, cursor: null, done: true }) : stay(mode)
    case 'back':
      return mode.done ? stay({ ...mode, done: false }) : stay({ ...mode, points: points.slice(0, -1) })
    case 'escape':
      return points.length > 0
        ? stay({ ...mode, points: [], cursor: null, done: false })
        : { mode: BROWSE, intent: null }
    default:
      return stay(mode)
  }
}
