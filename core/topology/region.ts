// The planar map of a few leaves and what surrounds them: every segment once, with the leaf and face on either side.
import Flatbush from 'flatbush'
import { boundsOf, type Coverage } from './coverage.ts'
import type { Grid, Polygon, Position } from './model.ts'
import type { Box } from './plans.ts'
import { Points, pairKey } from './points.ts'

/** No loaded leaf on this side. */
export const OUTSIDE = -1

/** How far around a target neighbours are loaded, in steps: bends reach a step or two, snapped ends about eight. */
const MARGIN = 50

/** A connected piece of one leaf. */
export interface LeafPiece {
  readonly leaf: number
  readonly face: Polygon
}

export interface Region {
  readonly leaves: readonly Grid[]
  /** The number of a leaf by its id. */
  readonly numberOf: ReadonlyMap<string, number>
  readonly points: Points
  /** Segments run from a to b, a < b; left and right are leaf numbers or OUTSIDE. */
  readonly a: readonly number[]
  readonly b: readonly number[]
  readonly left: readonly number[]
  readonly right: readonly number[]
  readonly leftFace: readonly number[]
  readonly rightFace: readonly number[]
  readonly segmentOf: ReadonlyMap<number, number>
  readonly segmentsOf: readonly (readonly number[])[]
  /** Faces (polygons of leaves) are numbered through: those of leaf l start at firstFace[l]. */
  readonly firstFace: readonly number[]
  readonly faces: readonly LeafPiece[]
  readonly index: Flatbush
  /** Where two leaves claim the same side of a segment; an edit of such a map is refused. */
  readonly broken: Position | null
}

export const buildRegion = (leaves: readonly Grid[]): Region => {
  let positions = 0
  for (const leaf of leaves)
    for (const face of leaf.shape) for (const ring of face) positions += ring.length / 2
  const points = new Points(undefined, positions)
  const a: number[] = []
  const b: number[] = []
  const left: number[] = []
  const right: number[] = []
  const leftFace: number[] = []
  const rightFace: number[] = []
  const segmentOf = new Map<number, number>()
  const segmentsOf: number[][] = []
  const firstFace: number[] = []
  const numberOf = new Map<string, number>()
  const faces: LeafPiece[] = []
  let broken: Position | null = null
  leaves.forEach((leaf, number) => {
    numberOf.set(leaf.id, number)
    firstFace.push(faces.length)
    const own: number[] = []
    segmentsOf.push(own)
    for (const face of leaf.shape) {
      for (const ring of face) {
        let from = points.add(ring[ring.length - 2]!, ring[ring.length - 1]!)
        for (let i = 0; i < ring.length; i += 2) {
          const to = points.add(ring[i]!, ring[i + 1]!)
          const low = Math.min(from, to)
          const high = Math.max(from, to)
          const key = pairKey(low, high)
          let segment = segmentOf.get(key)
          if (segment === undefined) {
            segment = a.length
            segmentOf.set(key, segment)
            a.push(low)
            b.push(high)
            left.push(OUTSIDE)
            right.push(OUTSIDE)
            leftFace.push(OUTSIDE)
            rightFace.push(OUTSIDE)
          }
          const [side, sideFace] = from === low ? [left, leftFace] : [right, rightFace]
          if (side[segment] !== OUTSIDE) broken ??= [ring[i]!, ring[i + 1]!]
          side[segment] = number
          sideFace[segment] = faces.length
          own.push(segment)
          from = to
        }
      }
      faces.push({ leaf: number, face })
    }
  })
  const index = new Flatbush(Math.max(1, a.length), 16, Int32Array)
  for (let s = 0; s < a.length; s++) {
    const ax = points.x(a[s]!)
    const ay = points.y(a[s]!)
    const bx = points.x(b[s]!)
    const by = points.y(b[s]!)
    index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))
  }
  if (a.length === 0) index.add(0, 0, 0, 0)
  index.finish()
  return {
    leaves,
    numberOf,
    points,
    a,
    b,
    left,
    right,
    leftFace,
    rightFace,
    segmentOf,
    segmentsOf,
    firstFace,
    faces,
    index,
    broken,
  }
}

const leavesKnown = new WeakMap<Coverage, Map<string, readonly Grid[]>>()

/** A leaf itself, or the leaves below a grid; remembered per coverage. */
export const leavesUnder = (coverage: Coverage, id: string): readonly Grid[] => {
  let known = leavesKnown.get(coverage)
  if (!known) {
    known = new Map()
    leavesKnown.set(coverage, known)
  }
  const before = known.get(id)
  if (before) return before
  const grid = coverage.grid(id)
  const leaves = !grid
    ? []
    : grid.leaf
      ? [grid]
      : coverage.childrenOf(id).flatMap(child => leavesUnder(coverage, child.id))
  known.set(id, leaves)
  return leaves
}

interface Remembered {
  /** The leaves of grids and around them, with the map of just these, by the grids' ids. */
  readonly around: Map<string, { readonly leaves: ReadonlyMap<string, Grid>; region?: Region }>
  /** Maps by the ids of their leaves. */
  readonly regions: Map<string, Region>
}
const remembered = new WeakMap<Coverage, Remembered>()
const MOST_REMEMBERED = 8

/**
 * The map of some grids' leaves with all leaves around them. Remembered per coverage: a preview asks for the same one
 * on every pointer move, also where the place that is looked at besides moves on among the same leaves.
 */
export const regionAround = (coverage: Coverage, ids: readonly string[], further: readonly Box[]): Region => {
  let known = remembered.get(coverage)
  if (!known) {
    known = { around: new Map(), regions: new Map() }
    remembered.set(coverage, known)
  }
  const { around, regions } = known
  const asked = JSON.stringify(ids)
  let near = around.get(asked)
  if (!near) {
    near = { leaves: leavesAround(coverage, ids) }
    if (around.size >= MOST_REMEMBERED) around.clear()
    around.set(asked, near)
  }
  const { leaves } = near
  const beyond = further.flatMap(box => coverage.leavesNear(box, MARGIN)).filter(leaf => !leaves.has(leaf.id))
  if (beyond.length === 0) {
    near.region ??= regionOf(regions, leaves)
    return near.region
  }
  return regionOf(regions, new Map([...leaves, ...beyond.map(leaf => [leaf.id, leaf] as const)]))
}

const regionOf = (regions: Map<string, Region>, leaves: ReadonlyMap<string, Grid>): Region => {
  // In the order of ids, so that a part of the plan and the whole give the same edit.
  const sorted = [...leaves.values()].sort((p, q) => (p.id < q.id ? -1 : 1))
  const key = sorted.map(({ id }) => id).join()
  let region = regions.get(key)
  if (!region) {
    region = buildRegion(sorted)
    if (regions.size >= MOST_REMEMBERED) regions.clear()
    regions.set(key, region)
  }
  return region
}

const leavesAround = (coverage: Coverage, ids: readonly string[]): Map<string, Grid> => {
  const leaves = new Map<string, Grid>()
  for (const id of ids) {
    const grid = coverage.grid(id)
    if (!grid) continue
    for (const leaf of leavesUnder(coverage, id)) leaves.set(leaf.id, leaf)
    for (const leaf of coverage.leavesNear(boundsOf(grid), MARGIN)) leaves.set(leaf.id, leaf)
  }
  return leaves
}

/** The box of one segment. */
export const segmentBox = (region: Region, segment: number): Box => {
  const { points, a, b } = region
  const ax = points.x(a[segment]!)
  const ay = points.y(a[segment]!)
  const bx = points.x(b[segment]!)
  const by = points.y(b[segment]!)
  return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)]
}

/** The segments that end at a vertex. */
export const segmentsAt = (region: Region, vertex: number): number[] => {
  const found: number[] = []
  const x = region.points.x(vertex)
  const y = region.points.y(vertex)
  region.index.search(x, y, x, y, s => {
    if (s < region.a.length && (region.a[s] === vertex || region.b[s] === vertex)) found.push(s)
    return false
  })
  return found
}
