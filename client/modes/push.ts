// Pushing a border: choose two neighbours, take hold of their border, let it go further on, say yes.
import { BROWSE, type Input, isNear, type Push, type Step, shifted, stay, toggledPair } from './mode.ts'

export const startPush = (grids: readonly string[]): Push => ({
  mode: 'push',
  grids,
  held: null,
  to: null,
  done: false,
})

export const hasPair = ({ grids }: { grids: readonly string[] }): boolean => grids.length === 2

const released = (mode: Push): Push => ({ ...mode, held: null, to: null, done: false })

export function stepPush(mode: Push, input: Input): Step<Push> {
  const { held, to } = mode
  switch (input.on) {
    case 'grid':
      return input.grid && !held ? stay({ ...mode, grids: toggledPair(mode.grids, input.grid) }) : stay(mode)
    case 'grab':
      return hasPair(mode)
        ? stay({ ...released(mode), held: { at: input.at, what: input.what } })
        : stay(mode)
    case 'move':
      return held && !mode.done ? stay({ ...mode, to: input.at }) : stay(mode)
    case 'point':
      // Let go where it was, it stays in the hand.
      return held && !isNear(held.at, input.at, input.reach)
        ? stay({ ...mode, to: input.at, done: true })
        : stay(mode)
    case 'nudge':
      return held ? stay({ ...mode, to: shifted(to ?? held.at, input.by), done: true }) : stay(mode)
    case 'finish':
      if (mode.done) return { mode, intent: { do: 'save' } }
      return held && to ? stay({ ...mode, done: true }) : stay(mode)
    case 'back':
      return stay(held ? released(mode) : { ...mode, grids: mode.grids.slice(0, -1) })
    case 'escape':
      return held ? stay(released(mode)) : { mode: BROWSE, intent: null }
    default:
      return stay(mode)
  }
}
