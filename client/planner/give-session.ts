// Whole grids on their way to another one: what the server promises, and the saving of it.
import type { EditPreview } from '../../core/contract/edits.ts'
import type { GridSummary } from '../../core/contract/grids.ts'
import { usePage } from '../app/state.ts'
import { BROWSE, type Give } from '../modes/mode.ts'
import type { MovedGrid } from '../workers/messages.ts'
import { type Change, saveChange } from './details-session.ts'

export const changeOf = ({ grids, to }: Give): Change | null =>
  grids.length > 0 && to ? { kind: 'transfer-grids', grids: [...grids], to } : null

/** What grids win and lose; those that keep their people are not worth a line. */
export function movedIn(
  { grids, removed }: EditPreview,
  known: ReadonlyMap<string, GridSummary>,
): MovedGrid[] {
  const less = (now: GridSummary | undefined, then: GridSummary | undefined) => ({
    persons: (now?.persons ?? 0) - (then?.persons ?? 0),
    households: (now?.households ?? 0) - (then?.households ?? 0),
    buildings: (now?.buildings ?? 0) - (then?.buildings ?? 0),
  })
  const changed = grids.flatMap((grid): MovedGrid[] => {
    const then = known.get(grid.id)
    const more = less(grid, then)
    if (then && more.persons === 0 && more.buildings === 0) return []
    return [{ grid: grid.id, level: grid.level, created: !then, gone: false, more, side: null }]
  })
  const gone = removed.flatMap((id): MovedGrid[] => {
    const then = known.get(id)
    if (!then) return []
    return [
      { grid: id, level: then.level, created: false, gone: true, more: less(undefined, then), side: null },
    ]
  })
  return [...changed, ...gone].sort((a, b) => a.level - b.level)
}

export async function saveGive(): Promise<void> {
  const { mode, begin, chooseGrid } = usePage.getState()
  const change = mode.mode === 'give' ? changeOf(mode) : null
  if (!change || !(await saveChange('give', change))) return
  chooseGrid(null)
  begin(BROWSE)
}
