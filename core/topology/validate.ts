// soon
import type { Coverage } from './coverage.ts'
import type { Fault } from './plans.ts'
export const validate = (_coverage: Coverage, _options: { complete: boolean }): Fault[] => {
  throw new Error('soon')
}
