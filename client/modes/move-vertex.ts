// Moving a border vertex: choose a grid, take hold of a vertex or of a border, let it go elsewhere, say yes.
import type { Place } from '../../core/contract/geometry.ts'
import { BROWSE, type Input, isNear, type MoveVertex, type Step, shifted, stay } from './mode.ts'

export const startVertex = (grid: string | null): MoveVertex => ({
  mode: 'vertex',
  grid,
  held: null,
  to: null,
  done: false,
  remove: false,
})

const released = (mode: MoveVertex): MoveVertex => ({
  ...mode,
  held: null,
  to: null,
  done: false,
  remove: false,
})

/** Let go where it was, it stays in the hand. */
function drop(mode: MoveVertex, at: Place, reach: Place): MoveVertex {
  if (!mode.held || mode.remove || isNear(mode.held.at, at, reach)) return mode
  return { ...mode, to: at, done: true }
}

export function stepVertex(mode: MoveVertex, input: Input): Step<MoveVertex> {
  const { held } = mode
  switch (input.on) {
    case 'grid':
      return mode.grid === null && input.grid ? stay({ ...mode, grid: input.grid }) : stay(mode)
    case 'grab':
      return mode.grid === null
        ? stay(mode)
        : stay({ ...released(mode), held: { at: input.at, what: input.what } })
    case 'move':
      return held && !mode.done ? stay({ ...mode, to: input.at }) : stay(mode)
    case 'point':
      return stay(drop(mode, input.at, input.reach))
    case 'nudge':
      return held && !mode.remove
        ? stay({ ...mode, to: shifted(mode.to ?? held.at, input.by), done: true })
        : stay(mode)
    case 'remove':
      return held?.what === 'vertex' ? stay({ ...mode, to: null, remove: true, done: true }) : stay(mode)
    case 'finish':
      if (mode.done) return { mode, intent: { do: 'save' } }
      return held && mode.to ? stay({ ...mode, done: true }) : stay(mode)
    case 'back':
      return held ? stay(released(mode)) : stay({ ...mode, grid: null })
    case 'escape':
      return held ? stay(released(mode)) : { mode: BROWSE, intent: null }
    default:
      return stay(mode)
  }
}
