// Splits a grid, with all its descendants, along a drawn line.

import { traceShape } from '../chains.ts'
import { boundsOf, type Coverage } from '../coverage.ts'
import { covers } from '../covers.ts'
import { selfMeetings, snapLine, withoutSpikes } from '../line.ts'
import { isRefusal, type Polygon, type Position, type Refusal, type Shape } from '../model.ts'
import { type Noded, nodeLine } from '../node.ts'
import type { Bent, Box, Part, Piece, Side, SplitPlan } from '../plans.ts'
import { Points } from '../points.ts'
import { leavesUnder, OUTSIDE, type Region, regionAround, segmentBox } from '../region.ts'
import { shapeArea2, sortShape } from '../shape.ts'
import { type CutSegment, type Snapped, snapRound } from '../snap.ts'
import { type Division, divide } from './divide.ts'
import { type BorderChange, bendAncestors } from './outlines.ts'

export { commitSplit } from './commit-split.ts'

/** Points of a line within this many steps (8 cm) of a border vertex go through it; in tiny grids a thousandth of them. */
const SNAP_RADIUS = 8

/**
 * Divides a grid along an open line across it or a closed line (first position = last) inside it. The line is in lattice
 * positions; what lies outside the grid is ignored, loose ends are trimmed. The coverage must hold what `Coverage` says.
 *
 * Refuses with `unknown-grid`, `locked` (the grid or a descendant that would be divided), `bad-geometry`, `misses-grid`,
 * `touches-only`, `no-effect` (at the loose end), `self-crossing`, `too-narrow`.
 */
export const split = (
  coverage: Coverage,
  request: { grid: string; line: readonly Position[] },
): SplitPlan | Refusal => {
  const target = coverage.grid(request.grid)
  if (!target) return { refused: 'unknown-grid', place: null, grid: request.grid }
  const drawn = latticeLine(request.line)
  if (isRefusal(drawn)) return drawn
  if (target.locked) return { refused: 'locked', place: drawn[0]!, grid: target.id }
  if (drawn.length < 2) return { refused: 'no-effect', place: drawn[0]! }

  const further: Box[] = []
  for (;;) {
    const region = regionAround(coverage, [target.id], further)
    if (region.broken) return { refused: 'bad-geometry', place: region.broken, grid: target.id }
    const inTarget = targetLeaves(coverage, region, target.id)
    const cut = cutRegion(region, inTarget, target.shape, drawn)
    if (isRefusal(cut)) return cut
    const unloaded = notInRegion(coverage, region, cut.snapped)
    if (unloaded) {
      further.push(unloaded)
      continue
    }
    return planOf(coverage, region, inTarget, target.id, cut)
  }
}

const latticeLine = (line: readonly Position[]): Position[] | Refusal => {
  const bad: Refusal = { refused: 'bad-geometry', place: null }
  if (!Array.isArray(line) || line.length < 2) return bad
  const positions: Position[] = []
  for (const position of line as readonly unknown[]) {
    if (!Array.isArray(position)) return bad
    const [x, y] = position as unknown[]
    if (typeof x !== 'number' || typeof y !== 'number') return bad
    if (!(Math.abs(x) <= 1.8e9 && Math.abs(y) <= 0.9e9)) return bad
    positions.push([Math.round(x) + 0, Math.round(y) + 0])
  }
  return withoutSpikes(positions)
}

const targetLeaves = (coverage: Coverage, region: Region, grid: string): Uint8Array => {
  const flags = new Uint8Array(region.leaves.length)
  for (const leaf of leavesUnder(coverage, grid)) flags[region.numberOf.get(leaf.id)!] = 1
  return flags
}

interface Cut {
  readonly snapped: Snapped
  readonly division: Division
  readonly chains: readonly (readonly CutSegment[])[]
}

/** Nodes, trims, rounds and traces; chains that divide nothing are dropped before any border is touched for them. */
const cutRegion = (
  region: Region,
  inTarget: Uint8Array,
  shape: Shape,
  drawn: readonly Position[],
): Cut | Refusal => {
  const vertexInside = (place: Position) => covers(shape, place) && region.points.find(place[0], place[1]) < 0
  const crossing = selfMeetings(drawn).find(vertexInside)
  if (crossing) return { refused: 'self-crossing', place: crossing }
  const [minX, minY, maxX, maxY] = shapeBox(shape)
  const radius = Math.min(SNAP_RADIUS, Math.max(1, Math.hypot(maxX - minX, maxY - minY) / 1000))
  const line = snapLine(region, inTarget, drawn, radius)
  if (line.length < 2) return { refused: 'touches-only', place: line[0] ?? drawn[0]! }
  const crossed = selfMeetings(line).find(vertexInside)
  if (crossed) return { refused: 'too-narrow', place: crossed }
  const points = new Points(region.points)
  const noded = nodeLine(region, inTarget, line, points)
  let chains = noded.chains
  while (chains.length > 0) {
    const snapped = snapRound(region, points, chains.flat())
    if (isRefusal(snapped)) return snapped
    const division = divide(region, inTarget, snapped)
    if (isRefusal(division)) return division
    if (!('idle' in division)) return { snapped, division, chains }
    if (division.idle.size === 0) break
    const { idle } = division
    chains = chains.filter(chain => !idle.has(chain[0]!.chain))
  }
  return nothingDivided(noded, drawn, points)
}

const nothingDivided = (noded: Noded, drawn: readonly Position[], points: Points): Refusal => {
  if (noded.loose) return { refused: 'no-effect', place: noded.loose }
  const end = noded.chains.at(-1)?.at(-1)?.to
  if (end !== undefined) return { refused: 'no-effect', place: [points.x(end), points.y(end)] }
  if (noded.met) return { refused: 'touches-only', place: noded.met }
  return { refused: 'misses-grid', place: drawn[0]! }
}

const shapeBox = (shape: Shape): Box => boundsOf({ shape } as Parameters<typeof boundsOf>[0])

/** The box of a changed segment beyond which the coverage knows a leaf that the region does not. */
const notInRegion = (coverage: Coverage, region: Region, snapped: Snapped): Box | null => {
  for (const s of snapped.removed) {
    if (region.left[s] !== OUTSIDE && region.right[s] !== OUTSIDE) continue
    const box = segmentBox(region, s)
    if (coverage.leavesNear(box, 1).some(leaf => !region.numberOf.has(leaf.id))) return box
  }
  return null
}

const planOf = (
  coverage: Coverage,
  region: Region,
  inTarget: Uint8Array,
  target: string,
  { snapped, division }: Cut,
): SplitPlan | Refusal => {
  const { points, removed, added } = snapped
  const { traced, pieces } = division
  const changes = borderChanges(region, snapped)
  const descendants = coverage.descendantsOf(target)
  const own = new Set([target, ...descendants.map(grid => grid.id)])

  const bent: Bent[] = []
  let before = 0n
  let after = 0n
  for (const [leaf, faces] of traced) {
    const grid = region.leaves[leaf]!
    const shape = sortShape(faces)
    before += shapeArea2(grid.shape)
    after += shapeArea2(shape)
    if (inTarget[leaf] !== 1) bent.push({ grid: grid.id, before: grid.shape, after: shape })
  }
  const [first] = snapped.cutPaths
  const place: Position | null = first ? [points.x(first[0]!), points.y(first[0]!)] : null
  if (before !== after && !snapped.outerRingBent) return { refused: 'too-narrow', place }

  const ancestors = bendAncestors(coverage, region, points, changes, own)
  if (isRefusal(ancestors)) return ancestors
  bent.push(...ancestors)

  const parts: Part[] = []
  const targetPieces = groupShapes(points, division)
  if (!targetPieces) return { refused: 'too-narrow', place }
  const sideShape = (side: Side) =>
    sortShape(targetPieces.filter(piece => piece.side === side).map(piece => piece.shape))
  const left = sideShape('left')
  const right = sideShape('right')
  const whole = coverage.grid(target)!
  parts.push({ grid: target, level: whole.level, left, right })
  const unbent = bendAncestors(coverage, region, points, changes, new Set())
  if (isRefusal(unbent)) return unbent
  const bentWithin = new Map(unbent.map(({ grid, after: shape }) => [grid, shape]))
  const piecesOf: number[][] = region.leaves.map(() => [])
  pieces.forEach((piece, i) => {
    piecesOf[piece.leaf]!.push(i)
  })
  for (const grid of descendants) {
    const leaves = leavesUnder(coverage, grid.id).map(leaf => region.numberOf.get(leaf.id)!)
    const here = leaves.flatMap(leaf => piecesOf[leaf]!)
    const sides = new Set(here.map(i => pieces[i]!.side))
    const shapes: Record<Side, Shape | null> = { left: null, right: null }
    for (const side of sides) {
      const kept = here.filter(i => pieces[i]!.side === side)
      if (grid.leaf)
        // An untouched leaf with exclaves can still fall to both sides.
        shapes[side] =
          sides.size === 1 && !traced.has(leaves[0]!) ? grid.shape : sortShape(kept.map(i => pieces[i]!.face))
      else if (sides.size === 1) shapes[side] = bentWithin.get(grid.id) ?? grid.shape
      else {
        const flags = new Array<boolean>(pieces.length).fill(false)
        for (const i of kept) flags[i] = true
        shapes[side] = outlineOf(points, division, flags)
      }
      if (!shapes[side]) return { refused: 'too-narrow', place, grid: grid.id }
    }
    if (sides.size === 2 && grid.locked) return { refused: 'locked', place, grid: grid.id }
    parts.push({ grid: grid.id, level: grid.level, left: shapes.left, right: shapes.right })
  }

  return {
    kind: 'split',
    grid: target,
    pieces: targetPieces,
    left,
    right,
    parts,
    bent,
    cut: drawnCut(snapped),
    outerRingBent: snapped.outerRingBent,
    drift: snapped.drift,
    touchedBox: touchedBox(region, removed, added, points, whole.shape),
  }
}

const borderChanges = (region: Region, { removed, added }: Snapped): BorderChange[] => {
  const changes: BorderChange[] = []
  for (const s of removed)
    changes.push({
      a: region.a[s]!,
      b: region.b[s]!,
      left: region.left[s]!,
      right: region.right[s]!,
      sign: -1,
    })
  for (const { a, b, left, right } of added) if (left !== right) changes.push({ a, b, left, right, sign: 1 })
  return changes
}

/** The outline of the pieces that are kept. */
const outlineOf = (points: Points, division: Division, kept: readonly boolean[]): Shape | null => {
  const from: number[] = []
  const to: number[] = []
  for (const { a, b, left, right } of division.borders) {
    const inLeft = left >= 0 && kept[left]!
    const inRight = right >= 0 && kept[right]!
    if (inLeft === inRight) continue
    from.push(inLeft ? a : b)
    to.push(inLeft ? b : a)
  }
  return traceShape(points, from, to)
}

/** The target's own pieces, each with its side. */
const groupShapes = (points: Points, division: Division): Piece[] | null => {
  const { pieces } = division
  const leaves = new Set(pieces.map(piece => piece.leaf))
  if (leaves.size === 1) return sortPieces(pieces.map(({ side, face }) => ({ side, shape: face })))
  const found: Piece[] = []
  const groups = new Map(pieces.map(piece => [piece.group, piece.side]))
  for (const [group, side] of groups) {
    const shape = outlineOf(
      points,
      division,
      pieces.map(piece => piece.group === group),
    )
    if (!shape) return null
    for (const face of shape) found.push({ side, shape: face })
  }
  return sortPieces(found)
}

const sortPieces = (pieces: readonly Piece[]): Piece[] => {
  const order = sortShape(pieces.map(piece => piece.shape))
  const sideOf = new Map<Polygon, Side>()
  const canonical = new Map(order.map(face => [face[0]!, face]))
  for (const piece of pieces) sideOf.set(canonical.get(piece.shape[0]!)!, piece.side)
  return order.map(shape => ({ side: sideOf.get(shape)!, shape }))
}

/** The line as it lies on the map; stretches that follow one another are joined. */
const drawnCut = ({ points, cutPaths }: Snapped): Position[][] => {
  const lines: number[][] = []
  for (const path of cutPaths) {
    const line = lines.at(-1)
    if (line && line.at(-1) === path[0]) line.push(...path.slice(1))
    else if (path.length > 1) lines.push([...path])
  }
  const [first] = lines
  const last = lines.at(-1)
  if (first && last && first !== last && last.at(-1) === first[0]) {
    first.unshift(...last.slice(0, -1))
    lines.pop()
  }
  return lines.map(line => line.map(vertex => [points.x(vertex), points.y(vertex)] as const))
}

const touchedBox = (
  region: Region,
  removed: ReadonlySet<number>,
  added: Snapped['added'],
  points: Points,
  shape: Shape,
): Box => {
  let [minX, minY, maxX, maxY] = shapeBox(shape)
  const reach = (x: number, y: number) => {
    minX = Math.min(minX, x)
    minY = Math.min(minY, y)
    maxX = Math.max(maxX, x)
    maxY = Math.max(maxY, y)
  }
  for (const s of removed) {
    const [x, y, farX, farY] = segmentBox(region, s)
    reach(x, y)
    reach(farX, farY)
  }
  for (const { a, b } of added) {
    reach(points.x(a), points.y(a))
    reach(points.x(b), points.y(b))
  }
  return [minX, minY, maxX, maxY]
}
