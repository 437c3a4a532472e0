// Giving whole grids away: click them in or out, choose who gets them, say yes.
import { BROWSE, type Give, type Input, type Step, stay } from './mode.ts'

export const startGive = (grid: string | null): Give => ({
  mode: 'give',
  grids: grid ? [grid] : [],
  to: null,
  choosing: false,
})

function choose(mode: Give, grid: string): Give {
  const { grids, to } = mode
  const without = grids.filter(id => id !== grid)
  if (mode.choosing) return { ...mode, grids: without, to: grid, choosing: false }
  if (grids.includes(grid)) return { ...mode, grids: without }
  return { ...mode, grids: [...grids, grid], to: to === grid ? null : to }
}

export function stepGive(mode: Give, input: Input): Step<Give> {
  const { grids, to, choosing } = mode
  switch (input.on) {
    case 'grid':
      return input.grid ? stay(choose(mode, input.grid)) : stay(mode)
    case 'choose-parent':
      return stay({ ...mode, choosing: input.choosing && grids.length > 0 })
    case 'finish':
      if (grids.length > 0 && to) return { mode, intent: { do: 'save' } }
      return stay({ ...mode, choosing: grids.length > 0 })
    case 'back':
      if (choosing || to) return stay({ ...mode, choosing: false, to: null })
      return stay({ ...mode, grids: grids.slice(0, -1) })
    case 'escape':
      if (grids.length === 0 && !to) return { mode: BROWSE, intent: null }
      return stay(startGive(null))
    default:
      return stay(mode)
  }
}
