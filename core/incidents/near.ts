// The incidents under a pointer: those of the window that pass the filters and lie within reach, newest first.
import type { Rows } from './rows.ts'

export interface Pointed {
  /** Lattice steps. */
  readonly x: number
  readonly y: number
  /** How far is near, to either side. */
  readonly reachX: number
  readonly reachY: number
}

export function rowsNear(
  { x: xs, y: ys }: { readonly x: Int32Array; readonly y: Int32Array },
  fails: Uint8Array,
  { first, end }: Rows,
  { x, y, reachX, reachY }: Pointed,
  most: number,
): number[] {
  const found: number[] = []
  for (let row = end - 1; row >= first && found.length < most; row--) {
    if (fails[row] !== 0) continue
    const right = (xs[row]! - x) / reachX
    const up = (ys[row]! - y) / reachY
    if (right * right + up * up <= 1) found.push(row)
  }
  return found
}
