// Reads CSV row by row (RFC 4180, any line end; comma, semicolon, tab or bar) from text that arrives in pieces.

/** The delimiter that stands most often in the first line. */
export function delimiterOf(firstLine: string): string {
  const counts = [',', ';', '\t', '|'].map(mark => [firstLine.split(mark).length, mark] as const)
  return counts.reduce((best, next) => (next[0] > best[0] ? next : best))[1]
}

export class UnclosedQuote extends Error {
  readonly row: number
  constructor(row: number) {
    super(`row ${row} has a quoted value that never ends`)
    this.name = 'UnclosedQuote'
    this.row = row
  }
}

export function* csvRows(pieces: Iterable<string>, delimiter = ','): Generator<string[], void, undefined> {
  let text = ''
  let rows = 0
  let row: string[] = []
  let at = 0
  const source = pieces[Symbol.iterator]()
  let ended = false
  const grow = (): boolean => {
    const next = source.next()
    if (next.done) {
      ended = true
      return false
    }
    text = text.slice(at) + next.value
    at = 0
    return true
  }

  for (;;) {
    if (at >= text.length && (ended || !grow())) break
    let value: string
    if (text[at] === '"') {
      // A quote at the very end of a piece may be half of an escaped one, so one character more is always at hand.
      let from = 1
      let escaped = false
      for (;;) {
        const quote = text.indexOf('"', at + from)
        if (quote < 0 || quote + 1 >= text.length) {
          if (quote < 0) from = text.length - at
          else from = quote - at
          if (grow()) continue
          if (quote < 0) throw new UnclosedQuote(rows + 1)
          from = quote - at + 1
          break
        }
        if (text[quote + 1] !== '"') {
          from = quote - at + 1
          break
        }
        escaped = true
        from = quote - at + 2
      }
      value = text.slice(at + 1, at + from - 1)
      if (escaped) value = value.replaceAll('""', '"')
      at += from
    } else {
      let end = at
      for (;;) {
        while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end++
        if (end < text.length) break
        const read = end - at
        if (!grow()) break
        end = at + read
      }
      value = text.slice(at, end)
      at = end
    }
    row.push(value)
    if (at >= text.length && (ended || !grow())) break
    if (text[at] === delimiter) {
      at++
      // A delimiter at the very end is followed by one more, empty value.
      if (at >= text.length && (ended || !grow())) {
        row.push('')
        break
      }
      continue
    }
    if (text[at] === '\r') {
      at++
      if (at >= text.length && !ended) grow()
    }
    if (text[at] === '\n') at++
    rows++
    yield row
    row = []
  }
  if (row.length > 1 || (row.length === 1 && row[0] !== '')) yield row
}

/** A cell as it is written. */
export const csvCell = (cell: string): string =>
  /[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell

/** With a mark, so that a spreadsheet opens it right. */
export const csvTable = (rows: readonly (readonly string[])[]): string =>
  `\ufeff${rows.map(row => `${row.map(csvCell).join(',')}\r\n`).join('')}`
