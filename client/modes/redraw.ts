// Drawing a new border between grids: choose the grids, click the line or the outline, finish, say yes.
import type { Place } from '../../core/contract/geometry.ts'
import { BROWSE, type Input, isNear, nudged, type Redraw, type Step, stay } from './mode.ts'

export const startRedraw = (
  what: Redraw['mode'],
  grids: readonly string[],
  points: readonly Place[] = [],
): Redraw => ({ mode: what, grids, points, cursor: null, done: false, gridKind: 'special' })

/** So many grids must be chosen before anything is drawn. */
const NEEDED: Record<Redraw['mode'], number> = { reshape: 2, transfer: 2, carve: 0 }
export const isChosen = ({ mode, grids }: Redraw): boolean => grids.length >= NEEDED[mode]

export const isRing = ({ mode }: Redraw): boolean => mode !== 'reshape'
/** From so many points on there is something to be judged. */
export const leastPoints = (mode: Redraw): number => (isRing(mode) ? 3 : 2)

/** The line as it is sent: an outline ends where it begins. */
export function drawnLine(mode: Redraw, points: readonly Place[] = mode.points): readonly Place[] {
  const [first] = points
  return isRing(mode) && first && points.length > 2 ? [...points, first] : points
}

/** Carve: the parent. Else: one after the other, a second click takes it out again. */
function choose(mode: Redraw, grid: string): Redraw {
  if (mode.mode === 'carve') return { ...mode, grids: mode.grids[0] === grid ? [] : [grid] }
  if (mode.grids.includes(grid)) return { ...mode, grids: mode.grids.filter(id => id !== grid) }
  return isChosen(mode) ? mode : { ...mode, grids: [...mode.grids, grid] }
}

function addPoint(mode: Redraw, at: Place, reach: Place): Redraw {
  const { points } = mode
  const [first] = points
  const last = points.at(-1)
  if (last && isNear(last, at, reach)) return mode
  if (isRing(mode) && first && points.length > 2 && isNear(first, at, reach)) {
    return { ...mode, cursor: null, done: true }
  }
  return { ...mode, points: [...points, at], cursor: null }
}

export function stepRedraw(mode: Redraw, input: Input): Step<Redraw> {
  const { points, grids } = mode
  switch (input.on) {
    case 'grid':
      return input.grid ? stay(choose(mode, input.grid)) : stay(mode)
    case 'move':
      return mode.done || !isChosen(mode) ? stay(mode) : stay({ ...mode, cursor: input.at })
    case 'point':
      return mode.done || !isChosen(mode) ? stay(mode) : stay(addPoint(mode, input.at, input.reach))
    case 'nudge':
      return stay({ ...mode, points: nudged(points, input.by) })
    case 'finish':
      if (mode.done) return { mode, intent: { do: 'save' } }
      return points.length >= leastPoints(mode) ? stay({ ...mode, cursor: null, done: true }) : stay(mode)
    case 'back':
      if (mode.done && isRing(mode)) return stay({ ...mode, done: false })
      if (points.length > 0) return stay({ ...mode, points: points.slice(0, -1), done: false })
      return stay({ ...mode, grids: grids.slice(0, -1) })
    case 'escape':
      return points.length > 0
        ? stay({ ...mode, points: [], cursor: null, done: false })
        : { mode: BROWSE, intent: null }
    default:
      return stay(mode)
  }
}
