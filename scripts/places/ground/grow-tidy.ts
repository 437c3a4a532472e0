// Makes every region one connected piece without holes that never touches itself in a corner.
import { flood, OUTSIDE, type Raster } from './grow-raster.ts'

const NOBODY = -2
const ROUNDS = 60

/**
 * Changes labels in place; a cell only goes to a region of its own group. `seeds[label]` is a cell that the region keeps.
 * Groups themselves must be tidy.
 */
export function tidy(labels: Int32Array, group: Int32Array, seeds: readonly number[], raster: Raster) {
  const kept = new Set(seeds)
  for (let round = 0; round < ROUNDS; round++) {
    let changes = joinStrays(labels, group, seeds, raster)
    changes += openCorners(labels, group, kept, raster, round)
    if (changes === 0) changes = openEnclaves(labels, seeds, raster)
    if (changes === 0) return
  }
  throw new Error('Regions do not come apart from each other: the raster is too coarse for them.')
}

/**
 * Gives tongues that are narrower than 2 × reach + 1 cells to what lies around them, in place. A region that is narrow
 * all over stays.
 */
export function broaden(
  labels: Int32Array,
  group: Int32Array,
  seeds: readonly number[],
  reach: number,
  raster: Raster,
) {
  const { width } = raster
  const rows = spread(labels, width, reach)
  const core = spread(rows, 1, reach)
  const wide = new Set<number>()
  for (let at = 0; at < labels.length; at++) if (core[at]! >= 0) wide.add(core[at]!)
  const kept = new Uint8Array(labels.length)
  for (let at = 0; at < labels.length; at++)
    if (core[at]! >= 0)
      for (let row = -reach; row <= reach; row++)
        kept.fill(1, at + row * width - reach, at + row * width + reach + 1)
  for (const seed of seeds) kept[seed] = 1
  for (let at = 0; at < labels.length; at++)
    if (labels[at] !== OUTSIDE && !kept[at] && wide.has(labels[at]!)) labels[at] = NOBODY
  settle(labels, group, width)
}

/** A cell's label where all within reach along a line have it, else NOBODY. */
function spread(labels: Int32Array, step: number, reach: number): Int32Array {
  return labels.map((label, at) => {
    if (label < 0) return NOBODY
    for (let k = 1; k <= reach; k++)
      if (labels[at - k * step] !== label || labels[at + k * step] !== label) return NOBODY
    return label
  })
}

/** Cells without a region join the one beside them that most of their sides meet, from the outside in. */
function settle(labels: Int32Array, group: Int32Array, width: number) {
  let open: number[] = []
  labels.forEach((label, at) => {
    if (label === NOBODY) open.push(at)
  })
  while (open.length > 0) {
    const settled: [at: number, label: number][] = []
    const left: number[] = []
    for (const at of open) {
      const met = [at - 1, at + 1, at - width, at + width]
        .filter(next => labels[next]! >= 0 && group[next] === group[at])
        .map(next => labels[next]!)
      const label = met.find((one, i) => met.indexOf(one) < i) ?? met[0]
      if (label === undefined) left.push(at)
      else settled.push([at, label])
    }
    if (settled.length === 0) throw new Error('A part of a group holds no region.')
    for (const [at, label] of settled) labels[at] = label
    open = left
  }
}

/** Pieces that do not hang together with the seed go to their neighbours. */
function joinStrays(labels: Int32Array, group: Int32Array, seeds: readonly number[], raster: Raster): number {
  const main = new Uint8Array(labels.length)
  seeds.forEach((seed, label) => {
    labels[seed] = label
  })
  seeds.forEach((seed, label) => {
    flood(seed, raster, at => labels[at] === label, main)
  })
  let count = 0
  for (let at = 0; at < labels.length; at++)
    if (labels[at] !== OUTSIDE && !main[at]) {
      labels[at] = NOBODY
      count++
    }
  if (count > 0) settle(labels, group, raster.width)
  return count
}

/** Two cells of a region that meet in a corner only: one of the four cells there changes hands. */
function openCorners(
  labels: Int32Array,
  group: Int32Array,
  kept: ReadonlySet<number>,
  { width }: Raster,
  round: number,
): number {
  let changes = 0
  const mates = (at: number) => {
    let count = 0
    for (const next of [at - 1, at + 1, at - width, at + width]) if (labels[next] === labels[at]) count++
    return count
  }
  const open = (a: number, b: number, c: number, d: number) => {
    const label = labels[a]!
    if (label === OUTSIDE || label !== labels[d] || label === labels[b] || label === labels[c]) return
    const moves: [at: number, to: number][] = []
    for (const [at, from] of [
      [b, a],
      [c, a],
      [a, b],
      [a, c],
      [d, b],
      [d, c],
    ] as const)
      if (group[at] === group[from] && !kept.has(at)) moves.push([at, labels[from]!])
    moves.sort((p, q) => mates(p[0]) - mates(q[0]))
    const move = moves[round % 3 === 2 ? moves.length - 1 : 0]
    if (!move) return
    labels[move[0]] = move[1]
    changes++
  }
  for (let at = 0; at + width + 1 < labels.length; at++) {
    open(at, at + 1, at + width, at + width + 1)
    open(at + 1, at, at + width + 1, at + width)
  }
  return changes
}

/** Regions that another one surrounds get a way out to the rest of the world. */
function openEnclaves(labels: Int32Array, seeds: readonly number[], raster: Raster): number {
  const { width } = raster
  const world = seeds.length
  const neighbours = Array.from({ length: world + 1 }, () => new Set<number>())
  for (let at = 0; at + width < labels.length; at++)
    for (const next of [at + 1, at + width]) {
      const a = labels[at] === OUTSIDE ? world : labels[at]!
      const b = labels[next] === OUTSIDE ? world : labels[next]!
      if (a !== b) {
        neighbours[a]!.add(b)
        neighbours[b]!.add(a)
      }
    }
  for (let label = 0; label < world; label++) {
    const free = new Set([world])
    for (const region of free) for (const next of neighbours[region]!) if (next !== label) free.add(next)
    if (free.size === world) continue
    const caught = [...neighbours[label]!].filter(region => !free.has(region))
    if (caught.length === 0) continue
    dig(labels, label, caught[0]!, free, seeds[label]!, raster)
    return 1
  }
  return 0
}

/** Gives `caught` the shortest way, three cells wide, through `around` to a free region, else to the outline. */
function dig(
  labels: Int32Array,
  around: number,
  caught: number,
  free: ReadonlySet<number>,
  seed: number,
  raster: Raster,
) {
  const { width } = raster
  const sides = (at: number) => [at - 1, at + 1, at - width, at + width]
  const before = new Map<number, number>()
  const queue: number[] = []
  for (let at = width; at < labels.length - width; at++)
    if (labels[at] === around && at !== seed && sides(at).some(next => labels[next] === caught)) {
      before.set(at, -1)
      queue.push(at)
    }
  for (const at of queue)
    for (const next of sides(at))
      if (labels[next] === around && next !== seed && !before.has(next)) {
        before.set(next, at)
        queue.push(next)
      }
  const end =
    queue.find(at => sides(at).some(next => free.has(labels[next]!))) ??
    queue.find(at => sides(at).some(next => labels[next] === OUTSIDE))
  if (end === undefined) return
  for (let step = end; step >= 0; step = before.get(step)!)
    for (const near of [0, -1, 1, -width, width])
      if (labels[step + near] === around && step + near !== seed) labels[step + near] = caught
}
