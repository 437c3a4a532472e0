// Kernel density: counts in cells, spread by a bell of seven cells each way, as incidents per km² per day.
//
// The bell is three boxes of three cells one after the other: 1 3 6 7 6 3 1 of 27, once along rows and once along columns.
// It is smooth, ends at the radius, and keeps every incident: the sum over the ground stays the number of incidents.
import type { Raster } from './raster.ts'

const REACH = 3
const WHOLE = 27 * 27

/** What one answer after another can use again. */
export interface Workspace {
  readonly counts: Uint32Array
  readonly along: Uint32Array
  readonly touched: Uint8Array
}
export const workspaceFor = ({ columns, rows }: Raster): Workspace => ({
  counts: new Uint32Array(columns * rows),
  along: new Uint32Array(columns * rows),
  touched: new Uint8Array(rows),
})

/** @param work its `counts` are the incidents of each cell; cells at the edge hold none */
export function densityOf(raster: Raster, work: Workspace, days: number): Float32Array {
  const { columns, rows, squareKilometres } = raster
  const { counts, along, touched } = work
  for (let row = 0; row < rows; row++) {
    const from = row * columns
    const end = from + columns
    let any = 0
    for (let at = from; at < end; at++) any |= counts[at]!
    if (any === 0) {
      // What an earlier answer left here.
      if (touched[row] !== 0) along.fill(0, from, end)
      touched[row] = 0
      continue
    }
    touched[row] = 1
    for (let at = from + REACH; at < end - REACH; at++) {
      along[at] =
        7 * counts[at]! +
        6 * (counts[at - 1]! + counts[at + 1]!) +
        3 * (counts[at - 2]! + counts[at + 2]!) +
        counts[at - 3]! +
        counts[at + 3]!
    }
  }
  const density = new Float32Array(columns * rows)
  const [one, two, three] = [columns, 2 * columns, 3 * columns]
  for (let row = REACH; row < rows - REACH; row++) {
    let any = 0
    for (let other = row - REACH; other <= row + REACH; other++) any |= touched[other]!
    if (any === 0) continue
    const scale = 1 / (WHOLE * squareKilometres[row]! * days)
    const end = (row + 1) * columns
    for (let at = row * columns; at < end; at++) {
      const sum =
        7 * along[at]! +
        6 * (along[at - one]! + along[at + one]!) +
        3 * (along[at - two]! + along[at + two]!) +
        along[at - three]! +
        along[at + three]!
      if (sum !== 0) density[at] = sum * scale
    }
  }
  return density
}

/** Where the classes of the legend begin, in incidents per km² per day. The same for every place, window and zoom. */
export const HEAT_BREAKS = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20] as const

/** -1: below the first class, nothing is drawn. */
export const heatClass = (density: number): number => HEAT_BREAKS.findLastIndex(start => density >= start)
