// Reporting an incident: a click says where, another one says better; the form beside the map says what.
import { BROWSE, type Input, type Report, type Step, stay } from './mode.ts'

export const startReport = (): Report => ({ mode: 'report', at: null })

export function stepReport(mode: Report, input: Input): Step<Report> {
  switch (input.on) {
    case 'point':
      return stay({ ...mode, at: input.at })
    case 'finish':
      return mode.at ? { mode, intent: { do: 'save' } } : stay(mode)
    case 'back':
      return stay({ ...mode, at: null })
    case 'escape':
      return mode.at ? stay({ ...mode, at: null }) : { mode: BROWSE, intent: null }
    default:
      return stay(mode)
  }
}
