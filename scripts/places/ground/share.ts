// Shares ground out: cuts the heaviest patches until there are enough, then joins neighbours to the wanted number.
import type { Position } from '../../../core/topology/index.ts'
import type { Face, Line, Random, Use } from '../place.ts'
import { bisect, type Manner, sample } from './bisect.ts'
import { areaOf } from './face.ts'
import type { Network } from './network.ts'

/** A face with what is known of it. */
export interface Patch {
  readonly face: Face
  /** Settled already, so not to be cut by grids. */
  readonly use: Use | null
  readonly name: string | null
  /** What the grids are balanced by. */
  readonly weight: number
  /** Where the ground is cut this way; see the builder of the ground. */
  readonly sort: 'streets' | 'land'
}

export interface Cutting {
  readonly network: Network
  readonly random: Random
  manner(patch: Patch): Manner
}

export const weigh = (face: Face, density: (position: Position) => number): number =>
  sample(face, density).reduce((sum, { weight }) => sum + weight, 0)

/** Cuts a patch in two; null where it cannot be cut. */
export function halve(patch: Patch, share: number, cutting: Cutting): [Patch, Patch] | null {
  const manner = cutting.manner(patch)
  const halves = bisect(patch.face, share, manner, cutting.network, cutting.random)
  if (!halves) return null
  const part = (face: Face): Patch => ({ ...patch, face, weight: weigh(face, manner.density) })
  return [part(halves.halves[0]), part(halves.halves[1])]
}

/** Heavier than this many shares, a patch is cut. */
const HEAVY = 1.45

/** Groups of neighbouring patches, exactly so many, of about the same weight. */
export function shareOut(patches: readonly Patch[], parts: number, cutting: Cutting): Patch[][] {
  const pool = [...patches]
  const stuck = new Set<Patch>()
  const total = pool.reduce((sum, { weight }) => sum + weight, 0)
  const target = total / parts
  for (;;) {
    if (parts === 1) break
    const cuttable = pool.filter(patch => patch.use === null && !stuck.has(patch))
    const heaviest = cuttable.reduce<Patch | null>(
      (most, patch) => (most && most.weight >= patch.weight ? most : patch),
      null,
    )
    const enough = pool.filter(patch => patch.use === null).length >= parts
    if (!heaviest || (enough && heaviest.weight <= target * HEAVY)) break
    const wanted = Math.max(2, Math.round(heaviest.weight / target))
    const halves = halve(heaviest, Math.floor(wanted / 2) / wanted, cutting)
    if (!halves) stuck.add(heaviest)
    else pool.splice(pool.indexOf(heaviest), 1, ...halves)
  }
  if (pool.length < parts) throw new Error(`Ground that cannot be cut into ${parts} parts.`)
  return join(pool, parts)
}

/** How unwelcome a line is inside a grid. */
function barrier(line: Line | null): number {
  if (!line) return 0
  if (line.kind === 'water') return line.halfWidth > 15 ? 1 : 0.3
  return line.halfWidth > 12 ? 0.8 : line.halfWidth > 5 ? 0.4 : 0.1
}

interface Group {
  patches: Patch[]
  weight: number
  area: number
  /** Has ground to live on. */
  lived: boolean
  /** Shared border in vertices by neighbour, and how much of it is open. */
  readonly beside: Map<Group, { length: number; open: number }>
}

const keyOf = (a: Position, b: Position): string =>
  a[0] < b[0] || (a[0] === b[0] && a[1] < b[1])
    ? `${a[0]},${a[1]},${b[0]},${b[1]}`
    : `${b[0]},${b[1]},${a[0]},${a[1]}`

function groupsOf(patches: readonly Patch[]): Group[] {
  const groups = patches.map(
    (patch): Group => ({
      patches: [patch],
      weight: patch.weight,
      area: areaOf(patch.face),
      lived: patch.use === null,
      beside: new Map(),
    }),
  )
  const owner = new Map<string, Group>()
  for (const group of groups) {
    const { ring, along } = group.patches[0]!.face
    ring.forEach((a, i) => {
      const key = keyOf(a, ring[(i + 1) % ring.length]!)
      const other = owner.get(key)
      if (!other) owner.set(key, group)
      else {
        const open = 1 - barrier(along[i]!)
        for (const [one, two] of [
          [group, other],
          [other, group],
        ] as const) {
          const shared = one.beside.get(two) ?? { length: 0, open: 0 }
          one.beside.set(two, { length: shared.length + 1, open: shared.open + open })
        }
      }
    })
  }
  return groups
}

/** Gives land that nobody lives on to a neighbour where somebody does, so that each gets about the same. */
function settleLand(groups: Group[], ground: number): void {
  for (;;) {
    let best: readonly [land: Group, home: Group] | null = null
    let least = Infinity
    for (const land of groups)
      if (!land.lived)
        for (const [home, { length, open }] of land.beside) {
          if (!home.lived) continue
          const score = (home.area + land.area) / ground - (0.3 * (length + open)) / Math.sqrt(length + 20)
          if (score >= least) continue
          least = score
          best = [land, home]
        }
    if (!best) return
    absorb(best[1], best[0])
    groups.splice(groups.indexOf(best[0]), 1)
  }
}

const before = (a: Group, b: Group): boolean => (a.lived === b.lived ? a.weight < b.weight : !a.lived)

/** Joins the lightest group, first those that nobody can live in, with the neighbour that suits it best, until there are as many as wanted. */
export function join(patches: readonly Patch[], parts: number): Patch[][] {
  const groups = groupsOf(patches)
  const target = groups.reduce((sum, { weight }) => sum + weight, 0) / parts || 1
  const ground = groups.reduce((sum, { area }) => sum + area, 0) / parts
  settleLand(groups, ground)
  const alone = new Set<Group>()
  while (groups.length - alone.size > 0 && groups.length > parts) {
    const lightest = groups
      .filter(group => !alone.has(group))
      .reduce((least, group) => (before(group, least) ? group : least))
    let best: Group | null = null
    let least = Infinity
    for (const [other, { length, open }] of lightest.beside) {
      const share = (2 * open - length / 2) / Math.sqrt(lightest.patches.length + 8)
      const score =
        (lightest.weight + other.weight) / target +
        (0.25 * (lightest.area + other.area)) / ground -
        share * 0.12
      if (score >= least) continue
      least = score
      best = other
    }
    if (!best) {
      alone.add(lightest)
      continue
    }
    absorb(best, lightest)
    groups.splice(groups.indexOf(lightest), 1)
  }
  if (groups.length !== parts) throw new Error(`Ground in pieces that do not make ${parts} parts.`)
  return groups.map(group => group.patches)
}

function absorb(into: Group, gone: Group): void {
  into.patches = [...into.patches, ...gone.patches]
  into.weight += gone.weight
  into.area += gone.area
  into.lived ||= gone.lived
  into.beside.delete(gone)
  for (const [other, shared] of gone.beside) {
    other.beside.delete(gone)
    if (other === into) continue
    const before = into.beside.get(other) ?? { length: 0, open: 0 }
    const sum = { length: before.length + shared.length, open: before.open + shared.open }
    into.beside.set(other, sum)
    other.beside.set(into, sum)
  }
}

/**
 * How many of `total` parts each of some weights gets. At least two where there are enough, else the heaviest get two or
 * more and the others none; a single part goes to the heaviest.
 */
export function apportion(total: number, weights: readonly number[], least: 1 | 2): number[] {
  const counts = weights.map(() => 0)
  if (total === 0) return counts
  const order = weights.map((_, i) => i).sort((a, b) => weights[b]! - weights[a]! || a - b)
  const getting = order.slice(0, Math.max(1, Math.min(order.length, Math.floor(total / least))))
  let left = total
  for (const i of getting) {
    counts[i] = Math.min(least, left)
    left -= counts[i]
  }
  for (; left > 0; left--) {
    let next = getting[0]!
    for (const i of getting)
      if (counts[i]! < 99 && weights[i]! * (counts[next]! + 0.5) > weights[next]! * (counts[i]! + 0.5))
        next = i
    counts[next]!++
  }
  return counts
}
