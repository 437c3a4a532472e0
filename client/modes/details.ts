// The details of one grid: a click looks at another grid, or, when asked for, chooses the parent it shall have.
import { BROWSE, type Details, type Input, type Step, stay } from './mode.ts'

export const startDetails = (grid: string | null): Details => ({
  mode: 'details',
  grid,
  choosing: false,
  parent: null,
})

export function stepDetails(mode: Details, input: Input): Step<Details> {
  switch (input.on) {
    case 'grid':
      if (!input.grid) return stay(mode)
      return mode.choosing
        ? stay({ ...mode, parent: input.grid, choosing: false })
        : { mode: startDetails(input.grid), intent: { do: 'select', grid: input.grid } }
    case 'choose-parent':
      return stay({ ...mode, choosing: input.choosing })
    case 'back':
      return stay({ ...mode, choosing: false, parent: null })
    case 'escape':
      return mode.choosing || mode.parent
        ? stay({ ...mode, choosing: false, parent: null })
        : { mode: BROWSE, intent: null }
    default:
      return stay(mode)
  }
}
