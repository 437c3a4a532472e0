// Borders of the plain run along roads between blocks: whole blocks go to the region that holds most of them.
import { flood, OUTSIDE, type Raster } from './grow-raster.ts'

export interface Blocks {
  readonly raster: Raster
  /** Block of every cell; OUTSIDE where there are none. */
  readonly blocks: Int32Array
  /** Cells that part blocks: rivers. */
  readonly parting: Uint8Array
}

/** Changes labels in place, inside groups. A block with the seeds of several regions stays divided as it is. */
export function takeWholeBlocks(
  labels: Int32Array,
  group: Int32Array,
  seeds: readonly (readonly number[])[],
  { raster, blocks, parting }: Blocks,
) {
  const seedOf = new Map<number, number>()
  seeds.forEach((cells, label) => {
    for (const at of cells) seedOf.set(at, label)
  })
  const seen = new Uint8Array(labels.length)
  for (let at = 0; at < labels.length; at++) {
    if (blocks[at] === OUTSIDE || seen[at] || parting[at] || labels[at] === OUTSIDE) continue
    const belongs = (next: number) =>
      blocks[next] === blocks[at] && !parting[next] && group[next] === group[at]
    const cells = flood(at, raster, belongs, seen)
    const held = new Map<number, number>()
    const seeded = new Set<number>()
    for (const cell of cells) {
      held.set(labels[cell]!, (held.get(labels[cell]!) ?? 0) + 1)
      const seed = seedOf.get(cell)
      if (seed !== undefined) seeded.add(seed)
    }
    if (seeded.size > 1) continue
    const [only] = seeded
    const most = only ?? [...held].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]![0]
    for (const cell of cells) labels[cell] = most
  }
}
