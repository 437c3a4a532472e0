// What an edit is called and what it did, in names: neighbours whose border bent by a centimetre are not worth a word.
import type { EditSummary } from '../../core/contract/edits.ts'
import { zh } from '../app/words.zh.ts'

type Named = EditSummary['before'][number]
type Kind = keyof typeof zh.edit.kind

const isKind = (kind: string): kind is Kind => kind in zh.edit.kind
export const kindKey = (kind: string): `edit.kind.${Kind}` => `edit.kind.${isKind(kind) ? kind : 'other'}`

/** Edits that change the grids themselves, so that their names say what was done. */
const OF_GRIDS = new Set([
  'rename',
  'recode',
  'change-kind',
  'lock',
  'renumber',
  'reshape',
  'push',
  'simplify',
  'transfer-area',
  'transfer-grids',
  'reparent',
])

export function whatChanged({ kind, before, after }: EditSummary): {
  added: string[]
  removed: string[]
  changed: string[]
} {
  const nameOf = (grid: Named) => grid.name || grid.code
  const names = (grids: readonly Named[], others: readonly Named[]) =>
    grids.filter(grid => !others.some(other => other.id === grid.id)).map(nameOf)
  return {
    added: names(after, before),
    removed: names(before, after),
    changed: OF_GRIDS.has(kind)
      ? after.filter(grid => before.some(other => other.id === grid.id)).map(nameOf)
      : [],
  }
}
