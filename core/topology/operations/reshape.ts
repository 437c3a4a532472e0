// Gives a stretch of the border between two grids a new course.
import { boundsOf, type Coverage } from '../coverage.ts'
import { covers } from '../covers.ts'
import { type Grid, isRefusal, type Position, type Refusal } from '../model.ts'
import type { Run } from '../node.ts'
import { type Borders, type Pieces, tracePieces } from '../pieces.ts'
import type { Box, GroundPlan } from '../plans.ts'
import { type Points, pairKey } from '../points.ts'
import type { Region } from '../region.ts'
import { interiorPoint, shapeArea2 } from '../shape.ts'
import { type CutSegment, type Snapped, snapRound } from '../snap.ts'
import { colourPieces } from './colour-pieces.ts'
import { drawLine, latticeLine } from './draw-line.ts'
import { leavesOf, onRegion } from './on-region.ts'
import { planGiven } from './plan-given.ts'

/**
 * The line runs from the shared border of two grids of one level, over their ground, back to that border; what lies
 * before the first and after the last meeting is ignored. Ground between the old stretch and the line changes hands at
 * every level: whole descendants move, parts join the leaf beyond. A border that is a ring is changed on the side that
 * moves less ground.
 *
 * Refuses with `unknown-grid`, `different-depths` (levels), `not-adjacent`, `bad-geometry`, `misses-grid`,
 * `touches-only` (fewer than two meetings), `no-effect`, `leaves-area` (over a third grid), `self-crossing`,
 * `too-narrow`, `would-empty`, `locked`.
 */
export const reshape = (
  coverage: Coverage,
  request: { grids: readonly [string, string]; line: readonly Position[] },
): GroundPlan | Refusal => {
  const pair: Grid[] = []
  for (const id of request.grids) {
    const grid = coverage.grid(id)
    if (!grid) return { refused: 'unknown-grid', place: null, grid: id }
    pair.push(grid)
  }
  const [one, other] = pair as [Grid, Grid]
  const drawn = latticeLine(request.line)
  if (isRefusal(drawn)) return drawn
  const [start] = drawn
  if (!start || drawn.length < 2) return { refused: 'no-effect', place: start ?? null }
  if (one.level !== other.level || one === other) return { refused: 'different-depths', place: start }
  const ids = [one.id, other.id]
  const found = onRegion(coverage, ids, region => {
    const ofOne = leavesOf(coverage, region, [one.id])
    const both = leavesOf(coverage, region, ids)
    return drawStretch(region, pair, ofOne, both, drawn)
  })
  if (isRefusal(found)) return found

  const { region, snapped, pieces, flips } = found
  const ofOne = leavesOf(coverage, region, [one.id])
  const to = pieces.pieces.map(({ leaf }, p) => (flips[p] ? (ofOne[leaf] === 1 ? other.id : one.id) : null))
  return planGiven(coverage, region, snapped, pieces, to, 'reshape', ids)
}

interface Stretch {
  readonly snapped: Snapped
  readonly pieces: Pieces
  readonly flips: readonly boolean[]
  readonly removed: ReadonlySet<number>
}

const drawStretch = (
  region: Region,
  pair: readonly Grid[],
  ofOne: Uint8Array,
  both: Uint8Array,
  drawn: readonly Position[],
): Stretch | Refusal => {
  const ground = { box: boxOf(pair), onGround: (at: Position) => pair.some(grid => covers(grid.shape, at)) }
  const fitted = drawLine(region, both, ground, drawn)
  if (isRefusal(fitted)) return fitted
  const { points, noded } = fitted
  if (!noded.met) return { refused: 'misses-grid', place: drawn[0]! }
  if (!neighbours(region, ofOne, both)) return { refused: 'not-adjacent', place: noded.met }

  let runs = noded.runs
  for (;;) {
    const cuts = runs.flatMap(run => (run.kind === 'cut' ? run.segments : []))
    if (cuts.length === 0) return { refused: nothingCut(runs), place: noded.met }
    const snapped = snapRound(region, points, { cuts, moved: [], gone: [] })
    if (isRefusal(snapped)) return snapped
    const pieces = tracePieces(region, both, snapped)
    if (isRefusal(pieces)) return pieces
    const shared = sharedBorders(pieces.borders, ofOne)
    const onShared = new Set<number>()
    for (const i of shared) onShared.add(pieces.borders.a[i]!).add(pieces.borders.b[i]!)
    const first = runs.findIndex(({ segments }) => onShared.has(segments[0]!.from))
    const last = runs.findLastIndex(({ segments }) => onShared.has(segments.at(-1)!.to))
    if (first < 0 || last < first) return { refused: 'touches-only', place: noded.met }
    const kept = runs.slice(first, last + 1)
    const away = kept.find(run => run.kind === 'away')
    if (away) {
      const { from } = away.segments[0]!
      return { refused: 'leaves-area', place: [points.x(from), points.y(from)] }
    }
    if (kept.length < runs.length) {
      runs = kept
      continue
    }
    const flips = flipsOf(
      points,
      pieces,
      shared,
      kept.flatMap(run => run.segments),
    )
    return isRefusal(flips) ? flips : { snapped, pieces, flips, removed: snapped.removed }
  }
}

/** A line that lies along borders only changes nothing; one that meets them in points touches only. */
const nothingCut = (runs: readonly Run[]): 'no-effect' | 'touches-only' =>
  runs.some(run => run.kind === 'rim') ? 'no-effect' : 'touches-only'

const boxOf = (pair: readonly Grid[]): Box => {
  const [p, q] = pair.map(boundsOf) as [Box, Box]
  return [Math.min(p[0], q[0]), Math.min(p[1], q[1]), Math.max(p[2], q[2]), Math.max(p[3], q[3])]
}

const neighbours = ({ left, right, a }: Region, ofOne: Uint8Array, both: Uint8Array): boolean => {
  for (let s = 0; s < a.length; s++) {
    const l = left[s]!
    const r = right[s]!
    if (l >= 0 && r >= 0 && both[l] === 1 && both[r] === 1 && ofOne[l] !== ofOne[r]) return true
  }
  return false
}

/** The borders at which the two grids face one another. */
const sharedBorders = ({ count, left, right, leftLeaf, rightLeaf }: Borders, ofOne: Uint8Array): number[] => {
  const shared: number[] = []
  for (let i = 0; i < count; i++)
    if (left[i]! >= 0 && right[i]! >= 0 && ofOne[leftLeaf[i]!] !== ofOne[rightLeaf[i]!]) shared.push(i)
  return shared
}

/** Which pieces lie between the drawn line and the stretch that it replaces. */
const flipsOf = (
  points: Points,
  { pieces, borders }: Pieces,
  shared: readonly number[],
  drawn: readonly CutSegment[],
): boolean[] | Refusal => {
  const from = drawn[0]!.from
  const to = drawn.at(-1)!.to
  const place: Position = [points.x(from), points.y(from)]
  const line = drawn.map(segment => segment.to)
  const options = stretches(borders, shared, from, to).map(path => ({
    path,
    loop: loopOf(points, [...line, ...path.slice(0, -1).reverse()]),
  }))
  if (options.length === 0) return { refused: 'not-adjacent', place }
  const size = (loop: number[]) => Math.abs(Number(shapeArea2([[loop]])))
  options.sort((p, q) => size(p.loop) - size(q.loop))
  const { path, loop } = options[0]!
  const steps = new Set<number>()
  for (let i = 1; i < path.length; i++) {
    const [u, w] = [path[i - 1]!, path[i]!]
    steps.add(u < w ? pairKey(u, w) : pairKey(w, u))
  }
  const onStretch = new Uint8Array(borders.count)
  for (const i of shared) {
    const [a, b] = [borders.a[i]!, borders.b[i]!]
    if (steps.has(a < b ? pairKey(a, b) : pairKey(b, a))) onStretch[i] = 1
  }
  const areas = pieces.map(({ face }) => shapeArea2([face]))
  const order = pieces.map((_, p) => p).sort((p, q) => (areas[p]! < areas[q]! ? 1 : -1))
  const flips = colourPieces(
    pieces.length,
    borders,
    border => borders.chain[border]! >= 0 !== (onStretch[border] === 1),
    order,
    piece => covers([[loop]], interiorPoint([pieces[piece]!.face])),
  )
  if (!flips) return { refused: 'too-narrow', place }
  if (!flips.includes(true)) return { refused: 'no-effect', place }
  return flips
}

const loopOf = (points: Points, vertices: readonly number[]): number[] =>
  vertices.flatMap(vertex => [points.x(vertex), points.y(vertex)])

/** The ways along a shared border from one vertex to another: one, or two where the border is a ring. */
const stretches = (borders: Borders, shared: readonly number[], from: number, to: number): number[][] => {
  if (from === to) return [[from]]
  const links = new Map<number, number[]>()
  const link = (u: number, w: number) => {
    const list = links.get(u)
    if (list) list.push(w)
    else links.set(u, [w])
  }
  const unlink = (u: number, w: number) => {
    const list = links.get(u)!
    list.splice(list.indexOf(w), 1)
  }
  for (const i of shared) {
    link(borders.a[i]!, borders.b[i]!)
    link(borders.b[i]!, borders.a[i]!)
  }
  const found: number[][] = []
  for (let attempt = 0; attempt < 2; attempt++) {
    const path = wayThrough(links, from, to)
    if (!path) break
    found.push(path)
    for (let i = 1; i < path.length; i++) {
      unlink(path[i - 1]!, path[i]!)
      unlink(path[i]!, path[i - 1]!)
    }
  }
  return found
}

const wayThrough = (
  links: ReadonlyMap<number, readonly number[]>,
  from: number,
  to: number,
): number[] | null => {
  const before = new Map<number, number>([[from, from]])
  const queue = [from]
  for (let i = 0; i < queue.length; i++) {
    const vertex = queue[i]!
    if (vertex === to) {
      const path = [to]
      while (path.at(-1) !== from) path.push(before.get(path.at(-1)!)!)
      return path.reverse()
    }
    for (const next of links.get(vertex) ?? [])
      if (!before.has(next)) {
        before.set(next, vertex)
        queue.push(next)
      }
  }
  return null
}
