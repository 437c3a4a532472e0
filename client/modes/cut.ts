// Cutting: choose a grid, click points, finish, say yes. The line is the clicked points and, while drawing, the cursor.
import type { Place } from '../../core/contract/geometry.ts'
import { BROWSE, type Cut, type Input, isNear, nudged, type Step, stay } from './mode.ts'

export const startCut = (grid: string | null, points: readonly Place[] = [], roads = false): Cut => ({
  mode: 'cut',
  grid,
  roads,
  points,
  cursor: null,
  done: false,
})

/** The line as it stands: the clicked points and, while drawing, the cursor. */
export const lineOf = ({ points, cursor, done }: Cut): readonly Place[] =>
  cursor && !done && points.length > 0 ? [...points, cursor] : points

function addPoint(mode: Cut, at: Place, reach: Place): Cut {
  const { points } = mode
  const last = points.at(-1)
  if (last && isNear(last, at, reach)) return mode
  const first = points[0]
  if (!mode.roads && first && points.length > 2 && isNear(first, at, reach)) {
    return { ...mode, points: [...points, first], cursor: null, done: true }
  }
  return { ...mode, points: [...points, at], cursor: null }
}

export function stepCut(mode: Cut, input: Input): Step<Cut> {
  switch (input.on) {
    case 'move':
      return mode.done || mode.grid === null ? stay(mode) : stay({ ...mode, cursor: input.at })
    case 'grid':
      return mode.grid === null && input.grid
        ? { mode: { ...mode, grid: input.grid }, intent: { do: 'select', grid: input.grid } }
        : stay(mode)
    case 'point':
      return mode.done || mode.grid === null ? stay(mode) : stay(addPoint(mode, input.at, input.reach))
    case 'finish':
      if (mode.done) return { mode, intent: { do: 'save' } }
      return mode.points.length > 1 ? stay({ ...mode, cursor: null, done: true }) : stay(mode)
    case 'back':
      return stay({ ...mode, points: mode.points.slice(0, -1), done: false })
    case 'escape':
      return mode.points.length > 0
        ? stay({ ...mode, points: [], cursor: null, done: false })
        : { mode: BROWSE, intent: null }
    case 'roads':
      return stay({ ...mode, roads: input.roads })
    case 'nudge':
      return stay({ ...mode, points: nudged(mode.points, input.by) })
    default:
      return stay(mode)
  }
}
