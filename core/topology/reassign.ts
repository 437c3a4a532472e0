// Draws the outlines of leaves anew once pieces of ground have found their owners; borders between equal owners go.
import { orient } from './exact.ts'
import type { Position, Refusal, Shape } from './model.ts'
import type { PieceBorder, Pieces } from './pieces.ts'
import type { Points } from './points.ts'
import { OUTSIDE, type Region, segmentsAt } from './region.ts'
import { sortShape, startAtLeast } from './shape.ts'
import { traceFaces } from './trace.ts'

/** The number of the nth new leaf that a drawing makes; numbers from 0 are leaves of the region. */
export const newcomer = (n: number): number => -2 - n

/**
 * The shapes of all leaves whose outline changes, by number; an empty shape where all ground is given away.
 * `owner[p]` is the leaf that piece p belongs to from now on. Vertices that only a vanished border needed go when they
 * lie exactly straight between two loaded leaves.
 */
export const reassign = (
  region: Region,
  points: Points,
  { pieces, borders, traced }: Pieces,
  owner: readonly number[],
): Map<number, Shape> | Refusal => {
  const touched = new Set<number>(traced.keys())
  pieces.forEach(({ leaf }, p) => {
    if (owner[p] === leaf) return
    touched.add(leaf)
    touched.add(owner[p]!)
  })
  const ownerOn = (piece: number, leaf: number): number => (piece >= 0 ? owner[piece]! : leaf)
  const walks = new Map<number, { from: number[]; to: number[] }>()
  for (const one of touched) walks.set(one, { from: [], to: [] })
  const vanished: PieceBorder[] = []
  for (const border of borders) {
    const left = ownerOn(border.left, border.leftLeaf)
    const right = ownerOn(border.right, border.rightLeaf)
    if (left === right) {
      vanished.push(border)
      continue
    }
    const leftWalk = walks.get(left)
    leftWalk?.from.push(border.a)
    leftWalk?.to.push(border.b)
    const rightWalk = walks.get(right)
    rightWalk?.from.push(border.b)
    rightWalk?.to.push(border.a)
  }

  const inPlay = new Set(pieces.map(piece => piece.leaf))
  const shapes = new Map<number, Shape>()
  for (const [one, { from, to }] of walks) {
    const beyond = one >= 0 && !inPlay.has(one) ? traced.get(one) : undefined
    const faces = beyond ?? (from.length === 0 ? [] : traceFaces(points, from, to)?.faces)
    if (!faces) {
      const place: Position = [points.x(from[0]!), points.y(from[0]!)]
      return { refused: 'too-narrow', place, ...(one >= 0 ? { grid: region.leaves[one]!.id } : {}) }
    }
    shapes.set(one, sortShape(faces))
  }
  for (const { vertex, sides } of straightVertices(region, points, borders, vanished, ownerOn))
    for (const side of sides)
      shapes.set(
        side,
        withoutVertex(shapes.get(side) ?? region.leaves[side]!.shape, points.x(vertex), points.y(vertex)),
      )
  return shapes
}

/** Ends of vanished borders that now lie exactly straight in the border of two leaves. */
function* straightVertices(
  region: Region,
  points: Points,
  borders: readonly PieceBorder[],
  vanished: readonly PieceBorder[],
  ownerOn: (piece: number, leaf: number) => number,
): Generator<{ vertex: number; sides: readonly number[] }> {
  const around = new Map<number, { end: number; low: number; high: number }[]>()
  for (const { a, b } of vanished) {
    around.set(a, [])
    around.set(b, [])
  }
  if (around.size === 0) return
  for (const { a, b, left, right, leftLeaf, rightLeaf } of borders) {
    const atA = around.get(a)
    const atB = around.get(b)
    if (!atA && !atB) continue
    const one = ownerOn(left, leftLeaf)
    const other = ownerOn(right, rightLeaf)
    if (one === other) continue
    const sides = { low: Math.min(one, other), high: Math.max(one, other) }
    atA?.push({ end: b, ...sides })
    atB?.push({ end: a, ...sides })
  }
  for (const [vertex, spokes] of around) {
    const [p, q] = spokes
    if (!p || !q || spokes.length > 2 || p.low !== q.low || p.high !== q.high) continue
    if (p.low === OUTSIDE || p.high === OUTSIDE || p.end === q.end) continue
    const x = points.x(vertex)
    const y = points.y(vertex)
    const [px, py, qx, qy] = [points.x(p.end), points.y(p.end), points.x(q.end), points.y(q.end)]
    if (orient(px, py, x, y, qx, qy) !== 0) continue
    if ((x - px) * (qx - x) < 0 || (y - py) * (qy - y) < 0) continue
    if (vertex < region.points.size && othersEndAt(region, vertex, borders)) continue
    yield { vertex, sides: [p.low, p.high] }
  }
}

/** Does a segment end here that lies between two leaves out of play? */
const othersEndAt = (region: Region, vertex: number, borders: readonly PieceBorder[]): boolean => {
  const known = borders.reduce((count, { a, b }) => count + (a === vertex || b === vertex ? 1 : 0), 0)
  return segmentsAt(region, vertex).length > known
}

const withoutVertex = (shape: Shape, x: number, y: number): Shape =>
  sortShape(
    shape.map(face =>
      face.map(ring => {
        for (let i = 0; i < ring.length; i += 2)
          if (ring[i] === x && ring[i + 1] === y)
            return startAtLeast([...ring.slice(0, i), ...ring.slice(i + 2)])
        return ring
      }),
    ),
  )
