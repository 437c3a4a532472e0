// Merging: click neighbours in or out, choose who survives, say yes.
import { BROWSE, type Input, type Merge, type Step, stay } from './mode.ts'

export const startMerge = (grid: string | null): Merge => ({
  mode: 'merge',
  grids: grid ? [grid] : [],
  keep: null,
})

function toggle(mode: Merge, grid: string): Merge {
  const grids = mode.grids.includes(grid) ? mode.grids.filter(id => id !== grid) : [...mode.grids, grid]
  return { ...mode, grids, keep: mode.keep && grids.includes(mode.keep) ? mode.keep : null }
}

export function stepMerge(mode: Merge, input: Input): Step<Merge> {
  switch (input.on) {
    case 'grid':
      return input.grid ? stay(toggle(mode, input.grid)) : stay(mode)
    case 'keep':
      return mode.grids.includes(input.grid) ? stay({ ...mode, keep: input.grid }) : stay(mode)
    case 'back':
      return stay({ ...mode, grids: mode.grids.slice(0, -1), keep: null })
    case 'finish':
      return mode.grids.length > 1 ? { mode, intent: { do: 'save' } } : stay(mode)
    case 'escape':
      return mode.grids.length > 0 ? stay({ ...mode, grids: [], keep: null }) : { mode: BROWSE, intent: null }
    default:
      return stay(mode)
  }
}
