// Judges a coverage without trusting the operations: crossings, overlaps, gaps, missing vertices, outlines of parents.
import { Chain } from './chains.ts'
import { findContacts } from './contacts.ts'
import type { Coverage } from './coverage.ts'
import { edgeCounts } from './covers.ts'
import type { Grid, Polygon, Position, Ring } from './model.ts'
import type { Fault, FaultCode } from './plans.ts'
import { buildRegion, OUTSIDE, type Region } from './region.ts'
import { disagreement, type Spoke } from './rotation.ts'
import { DisjointSets } from './sets.ts'
import { compareRings, startAtLeast, turnOf } from './shape.ts'
import { ringInside } from './trace.ts'

/**
 * Everything wrong with a coverage; an empty list means it is sound. `complete`: the whole plan is loaded, so children
 * must tile their parents exactly; otherwise only what is loaded is judged.
 */
export const validate = (coverage: Coverage, options: { complete: boolean }): Fault[] => {
  const faults: Fault[] = []
  const grids = [...coverage.grids()]
  const sound = new Set<Grid>()
  for (const grid of grids) {
    const own = [...shapeFaults(grid)]
    if (own.length === 0) sound.add(grid)
    faults.push(...own, ...treeFaults(coverage, grid, options.complete))
  }
  const leaves = grids.filter(grid => grid.leaf && sound.has(grid))
  const region = buildRegion(leaves)
  faults.push(...doubleClaims(leaves, region))
  faults.push(...contactFaults(region))
  if (faults.length > 0) return faults
  faults.push(...labelFaults(region))
  faults.push(...islandFaults(coverage, region))
  for (const grid of grids) if (!grid.leaf && options.complete) faults.push(...tileFaults(coverage, grid))
  return faults
}

const fault = (code: FaultCode, grids: readonly string[], place: Position | null): Fault => ({
  fault: code,
  grids,
  place,
})

function* treeFaults(coverage: Coverage, grid: Grid, complete: boolean): Generator<Fault> {
  const children = coverage.childrenOf(grid.id)
  const ring = grid.shape[0]?.[0]
  const place: Position | null = ring ? [ring[0]!, ring[1]!] : null
  if (grid.leaf && children.length > 0) yield fault('leaf-with-children', [grid.id], place)
  if (!grid.leaf && children.length === 0 && complete) yield fault('no-children', [grid.id], place)
  if (grid.parent === null) return
  const parent = coverage.grid(grid.parent)
  if (parent ? parent.level !== grid.level - 1 : complete) yield fault('bad-parent', [grid.id], place)
}

function* shapeFaults(grid: Grid): Generator<Fault> {
  if (grid.shape.length === 0) yield fault('bad-ring', [grid.id], null)
  for (const face of grid.shape) {
    if (face.length === 0) yield fault('bad-ring', [grid.id], null)
    for (let r = 0; r < face.length; r++) {
      const ring = face[r]!
      const place = badRing(ring, r > 0)
      if (place) {
        yield fault('bad-ring', [grid.id], place)
        return
      }
    }
  }
  for (let f = 1; f < grid.shape.length; f++) {
    const ring = grid.shape[f]![0]!
    if (compareRings(grid.shape[f - 1]![0]!, ring) >= 0)
      yield fault('bad-ring', [grid.id], [ring[0]!, ring[1]!])
  }
  yield* nestingFaults(grid)
}

/** A position where a ring breaks its form, or null. */
const badRing = (ring: Ring, hole: boolean): Position | null => {
  const first: Position = [ring[0] ?? 0, ring[1] ?? 0]
  if (ring.length < 6 || ring.length % 2 === 1) return first
  const seen = new Set<string>()
  for (let i = 0; i < ring.length; i += 2) {
    const x = ring[i]!
    const y = ring[i + 1]!
    if (!Number.isInteger(x) || !Number.isInteger(y) || Math.abs(x) > 1.8e9 || Math.abs(y) > 0.9e9)
      return [x, y]
    const key = `${x},${y}`
    if (seen.has(key)) return [x, y]
    seen.add(key)
  }
  const canonical = startAtLeast(ring)
  if (compareRings(canonical, ring) !== 0) return first
  const turn = turnOf(ring)
  return turn === 0 || turn > 0 === hole ? first : null
}

function* nestingFaults(grid: Grid): Generator<Fault> {
  const { shape } = grid
  const inFace = (ring: Ring, face: Polygon) =>
    ringInside(ring, face[0]!) && !face.slice(1).some(hole => ringInside(ring, hole))
  for (const face of shape)
    for (const hole of face.slice(1))
      if (
        !ringInside(hole, face[0]!) ||
        face.slice(1).some(other => other !== hole && ringInside(hole, other))
      )
        yield fault('bad-nesting', [grid.id], [hole[0]!, hole[1]!])
  if (shape.length > 400) return
  for (const face of shape)
    for (const other of shape)
      if (face !== other && inFace(face[0]!, other))
        yield fault('bad-nesting', [grid.id], [face[0]![0]!, face[0]![1]!])
}

/** Segments whose one side two leaves claim. */
function* doubleClaims(leaves: readonly Grid[], region: Region): Generator<Fault> {
  if (!region.broken) return
  const owners = new Map<string, string>()
  for (const leaf of leaves)
    for (const face of leaf.shape)
      for (const ring of face)
        for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
          const key = `${ring[j]},${ring[j + 1]},${ring[i]},${ring[i + 1]}`
          const owner = owners.get(key)
          if (owner === undefined) owners.set(key, leaf.id)
          else yield fault('overlap', [owner, leaf.id], [ring[i]!, ring[i + 1]!])
        }
}

const ownersOf = (region: Region, segments: readonly number[]): string[] => {
  const ids = new Set<string>()
  for (const s of segments)
    for (const leaf of [region.left[s]!, region.right[s]!])
      if (leaf !== OUTSIDE) ids.add(region.leaves[leaf]!.id)
  return [...ids]
}

const contactFaults = (region: Region): Fault[] => {
  const faults: Fault[] = []
  const { points } = region
  findContacts(points, region.a, region.b, ({ kind, segment, other }) => {
    const vertex = kind === 'crossing' ? region.a[other]! : other
    const code = {
      crossing: 'crossing',
      'vertex-on-segment': 'missing-vertex',
      'vertex-near-segment': 'too-near',
    }
    faults.push(
      fault(code[kind] as FaultCode, ownersOf(region, kind === 'crossing' ? [segment, other] : [segment]), [
        points.x(vertex),
        points.y(vertex),
      ]),
    )
  })
  return faults
}

/** Around every vertex, what lies between two neighbouring segments must be the same leaf seen from both. */
const labelFaults = (region: Region): Fault[] => {
  const faults: Fault[] = []
  const { points } = region
  const around: number[][] = Array.from({ length: points.size }, () => [])
  for (let s = 0; s < region.a.length; s++) {
    around[region.a[s]!]!.push(s)
    around[region.b[s]!]!.push(s)
  }
  around.forEach((segments, v) => {
    const spokes = segments.map((s): Spoke => {
      const out = region.a[s] === v
      return {
        segment: s,
        end: out ? region.b[s]! : region.a[s]!,
        left: out ? region.left[s]! : region.right[s]!,
        right: out ? region.right[s]! : region.left[s]!,
      }
    })
    const wrong = disagreement(points, v, spokes)
    if (wrong)
      faults.push(
        fault(
          'overlap',
          ownersOf(
            region,
            wrong.map(spoke => spoke.segment),
          ),
          [points.x(v), points.y(v)],
        ),
      )
  })
  return faults
}

/** Connected parts of the map with nothing outside must not lie inside a leaf of another part. */
const islandFaults = (coverage: Coverage, region: Region): Fault[] => {
  const faults: Fault[] = []
  const { points } = region
  const parts = new DisjointSets(points.size)
  for (let s = 0; s < region.a.length; s++) parts.join(region.a[s]!, region.b[s]!)
  const westmost = new Map<number, number>()
  for (let v = 0; v < points.size; v++) {
    const top = parts.root(v)
    const least = westmost.get(top)
    if (least === undefined || points.x(v) < points.x(least)) westmost.set(top, v)
  }
  if (westmost.size < 2) return faults
  for (const [top, v] of westmost) {
    const x = points.x(v)
    const y = points.y(v)
    for (const leaf of coverage.leavesNear([x, y, x, y], 0)) {
      const number = region.numberOf.get(leaf.id)
      if (number === undefined) continue
      let inside = false
      let foreign = true
      for (const s of region.segmentsOf[number]!) {
        const a = region.a[s]!
        const b = region.b[s]!
        if (parts.root(a) === top) foreign = false
        if (edgeCounts(points.x(a), points.y(a), points.x(b), points.y(b), x, y)) inside = !inside
      }
      if (inside && foreign) faults.push(fault('overlap', [leaf.id], [x, y]))
    }
  }
  return faults
}

/** The outline of a parent is the sum of its children's outlines, segment by segment. */
export function* tileFaults(coverage: Coverage, grid: Grid): Generator<Fault> {
  const chain = new Chain()
  for (const child of coverage.childrenOf(grid.id)) chain.addShape(child.shape, 1)
  chain.addShape(grid.shape, -1)
  if (chain.empty) return
  yield fault('outline-differs', [grid.id], chain.place())
}
