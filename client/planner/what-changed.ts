// What an edit did, in names: neighbours whose border bent by a centimetre are not worth a word.
import type { EditSummary } from '../../core/contract/edits.ts'

type Named = EditSummary['before'][number]

export function whatChanged({ before, after }: EditSummary): { added: string[]; removed: string[] } {
  const names = (grids: readonly Named[], others: readonly Named[]) =>
    grids.filter(grid => !others.some(other => other.id === grid.id)).map(grid => grid.name || grid.code)
  return { added: names(after, before), removed: names(before, after) }
}
