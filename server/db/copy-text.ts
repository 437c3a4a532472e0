// Rows as PostgreSQL's COPY reads them, in text format: a line per row, tabs between, \N for null.

/** Text, numbers and booleans as they are; instants and dates in ISO form; geometries as hexadecimal EWKB; JSON as text. */
export type Cell = string | number | boolean | null

const SPECIAL = /[\\\t\n\r]/
const EVERY_SPECIAL = /[\\\t\n\r]/g
const WRITTEN: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

export function copyField(cell: Cell): string {
  if (cell === null) return '\\N'
  if (typeof cell === 'string')
    return SPECIAL.test(cell) ? cell.replace(EVERY_SPECIAL, found => WRITTEN[found]!) : cell
  if (typeof cell === 'boolean') return cell ? 't' : 'f'
  return String(cell)
}

/** Pieces of about `length` characters, each of whole rows, so that each can be copied alone. */
export function* copyText(
  columns: number,
  rows: readonly (readonly Cell[])[],
  length: number,
): Generator<string> {
  let piece = ''
  for (const row of rows) {
    if (row.length !== columns) throw new TypeError(`A row of ${row.length} cells for ${columns} columns.`)
    let line = copyField(row[0]!)
    for (let i = 1; i < columns; i++) line += `\t${copyField(row[i]!)}`
    piece += `${line}\n`
    if (piece.length >= length) {
      yield piece
      piece = ''
    }
  }
  if (piece) yield piece
}
