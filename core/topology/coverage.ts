// A coverage: the loaded grids of all levels with what finds them, as a value that edits replace cheaply.
import type { Change, Grid } from './model.ts'

export interface Coverage {
  readonly size: number
  grid(id: string): Grid | undefined
  grids(): Iterable<Grid>
  childrenOf(id: string): readonly Grid[]
}
export const coverageOf = (_grids: readonly Grid[]): Coverage => {
  throw new Error('soon')
}
export const applyChange = (_coverage: Coverage, _change: Change): Coverage => {
  throw new Error('soon')
}
export const invert = (change: Change): Change => ({ before: change.after, after: change.before })
