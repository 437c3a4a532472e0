// The incidents of a window of time: found by two binary searches, because columns are in order of time.

/** Epoch seconds, half-open: from ≤ reported < to. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** Rows of the columns, the last left out. */
export interface Rows {
  readonly first: number
  readonly end: number
}

/** The first row that is not before an instant. */
export function firstRow(time: Float64Array, instant: number): number {
  let low = 0
  let high = time.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (time[middle]! < instant) low = middle + 1
    else high = middle
  }
  return low
}

export function rowsIn(time: Float64Array, { from, to }: Span): Rows {
  const first = firstRow(time, from)
  return { first, end: Math.max(first, firstRow(time, to)) }
}
