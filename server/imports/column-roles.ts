// What the columns of a file mean: guessed from the names people give them in Chinese and English, per layer.
import type { ImportLayer } from '../../core/contract/imports.ts'
import { ROLES, type Role } from './roles.ts'

/** As compared: one width, small letters, no blanks or marks, without a remark in brackets or a star. */
export function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[(（[【][^)）\]】]*[)）\]】]/g, '')
    .replace(/[\s_\-.:：*#·/\\]+/g, '')
    .replace(/(gcj0?2|wgs84?|bd0?9|cgcs2000)$/, '')
}

/** The datum that the name of a coordinate column gives away: longitude_gcj02. */
export function datumOfColumns(columns: readonly string[]): 'gcj02' | 'bd09' | undefined {
  for (const column of columns) {
    const found = /(gcj|bd)[-_ ]?0?(2|9)/i.exec(column.normalize('NFKC'))
    if (found) return found[1]!.toLowerCase() === 'bd' ? 'bd09' : 'gcj02'
  }
  return undefined
}

interface Named {
  readonly role: string
  /** Of the names of a role the earlier ones say it better. */
  readonly rank: number
}
const BY_NAME = new Map<ImportLayer, ReadonlyMap<string, Named>>()

function namesOf(layer: ImportLayer): ReadonlyMap<string, Named> {
  const known = BY_NAME.get(layer)
  if (known) return known
  const names = new Map<string, Named>()
  for (const { role, names: given } of ROLES[layer])
    for (const [rank, name] of [role, ...given].entries()) {
      const plain = plainName(name)
      if (!names.has(plain)) names.set(plain, { role, rank })
    }
  BY_NAME.set(layer, names)
  return names
}

/** Column → role, as somebody has said; an empty role: the column is not used. */
export type ChosenRoles = Readonly<Record<string, string>>

/**
 * The columns of one layer of a file. Rows of GeoJSON may each have other columns, so they are learned as they come;
 * a role is read from the best of its columns that has a value in the row.
 */
export class Columns {
  readonly #names: ReadonlyMap<string, Named>
  readonly #chosen: ChosenRoles
  readonly #seen = new Set<string>()
  readonly #of = new Map<string, { column: string; rank: number }[]>()

  constructor(layer: ImportLayer, chosen: ChosenRoles = {}) {
    this.#names = namesOf(layer)
    this.#chosen = chosen
  }

  /** The role of a column; null when its name says nothing. */
  roleOf(column: string): Named | null {
    const said = Object.hasOwn(this.#chosen, column) ? this.#chosen[column] : undefined
    if (said !== undefined) return said === '' ? null : { role: said, rank: -1 }
    return this.#names.get(plainName(column)) ?? null
  }

  /** To be called with each row before it is read. */
  meet(tags: Readonly<Record<string, string>>): void {
    for (const column in tags) if (!this.#seen.has(column)) this.#learn(column)
  }

  /** Not empty, without zero bytes and halves of characters: no database stores them. */
  text(tags: Readonly<Record<string, string>>, role: string): string | null {
    const columns = this.#of.get(role)
    if (columns === undefined) return null
    for (const { column } of columns) {
      const value = storable(tags[column] ?? '')
      if (value) return value
    }
    return null
  }

  #learn(column: string): void {
    this.#seen.add(column)
    const named = this.roleOf(column)
    if (named === null) return
    const columns = this.#of.get(named.role) ?? []
    columns.push({ column, rank: named.rank })
    columns.sort((a, b) => a.rank - b.rank)
    this.#of.set(named.role, columns)
  }
}

/** Of a character beyond the first 65,536 both halves are odd, until they are looked at together. */
const MAY_BE_ODD = /[\0\ud800-\udfff]/
export const storable = (text: string): string =>
  (MAY_BE_ODD.test(text) ? text.replace(/[\0\p{Cs}]/gu, '') : text).trim()

/** Column → role of a whole header; each role once, to the column that says it best. */
export function guessRoles(
  layer: ImportLayer,
  header: readonly string[],
  chosen: ChosenRoles = {},
): Map<string, string> {
  const columns = new Columns(layer, chosen)
  const best = new Map<string, { column: string; rank: number }>()
  for (const column of header) {
    const named = columns.roleOf(column)
    if (named === null) continue
    const other = best.get(named.role)
    if (other === undefined || named.rank < other.rank) best.set(named.role, { column, rank: named.rank })
  }
  return new Map([...best].map(([role, { column }]) => [column, role]))
}

export const rolesOf = (layer: ImportLayer): readonly Role[] => ROLES[layer]
