// For tests: rows of settled villages by column name, and their points.
import type { Position } from '../../../core/topology/index.ts'
import type { Cell, TableRows } from '../place.ts'

export type Row = Readonly<Record<string, Cell>>

export const rowsOf = (table: string, of: readonly { readonly rows: readonly TableRows[] }[]): Row[] =>
  of.flatMap(({ rows }) =>
    rows
      .filter(list => list.table === table)
      .flatMap(list =>
        list.rows.map(row => Object.fromEntries(list.columns.map((column, i) => [column, row[i]!]))),
      ),
  )

/** Of a point in hexadecimal EWKB. */
export const positionOf = (hex: Cell): Position => {
  const bytes = Buffer.from(String(hex), 'hex')
  return [Math.round(bytes.readDoubleLE(9) * 1e7), Math.round(bytes.readDoubleLE(17) * 1e7)]
}

export const countBy = <T>(list: readonly T[], key: (of: T) => string): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const of of list) counts.set(key(of), (counts.get(key(of)) ?? 0) + 1)
  return counts
}
