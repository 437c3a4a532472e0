// Simplifying a border: choose two neighbours, say how far it may move, say yes.
import { BROWSE, type Input, type Simplify, type Step, stay, toggledPair } from './mode.ts'

const FIRST_METRES = 5

export const startSimplify = (grids: readonly string[]): Simplify => ({
  mode: 'simplify',
  grids,
  metres: FIRST_METRES,
  smooth: false,
})

export function stepSimplify(mode: Simplify, input: Input): Step<Simplify> {
  switch (input.on) {
    case 'grid':
      return input.grid ? stay({ ...mode, grids: toggledPair(mode.grids, input.grid) }) : stay(mode)
    case 'tolerance':
      return stay({ ...mode, metres: input.metres, smooth: input.smooth })
    case 'finish':
      return mode.grids.length === 2 ? { mode, intent: { do: 'save' } } : stay(mode)
    case 'back':
      return stay({ ...mode, grids: mode.grids.slice(0, -1) })
    case 'escape':
      return mode.grids.length > 0 ? stay({ ...mode, grids: [] }) : { mode: BROWSE, intent: null }
    default:
      return stay(mode)
  }
}
