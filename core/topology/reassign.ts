// Draws the outlines of leaves anew once pieces of ground have found their owners; borders between equal owners go.
import { orient } from './exact.ts'
import type { Position, Refusal, Shape } from './model.ts'
import type { Borders, Pieces } from './pieces.ts'
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
  const isTouched = new Uint8Array(region.leaves.length)
  for (const one of touched) {
    walks.set(one, { from: [], to: [] })
    if (one >= 0) isTouched[one] = 1
  }
  const walk = (one: number, from: number, to: number) => {
    if (one >= 0 && isTouched[one] === 0) return
    const course = walks.get(one)
    course?.from.push(from)
    course?.to.push(to)
  }
  const vanished: number[] = []
  for (let i = 0; i < borders.count; i++) {
    const left = ownerOn(borders.left[i]!, borders.leftLeaf[i]!)
    const right = ownerOn(borders.right[i]!, borders.rightLeaf[i]!)
    if (left === right) {
      vanished.push(i)
      continue
    }
    walk(left, borders.a[i]!, borders.b[i]!)
    walk(right, borders.b[i]!, borders.a[i]!)
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
  borders: Borders,
  vanished: readonly number[],
  ownerOn: (piece: number, leaf: number) => number,
): Generator<{ vertex: number; sides: readonly number[] }> {
  const around = new Map<number, { end: number; low: number; high: number }[]>()
  const isEnd = new Uint8Array(vanished.length > 0 ? points.size : 0)
  const atEnd = (vertex: number) => {
    if (isEnd[vertex] === 1) return
    around.set(vertex, [])
    isEnd[vertex] = 1
  }
  for (const i of vanished) {
    atEnd(borders.a[i]!)
    atEnd(borders.b[i]!)
  }
  if (around.size === 0) return
  for (let i = 0; i < borders.count; i++) {
    const a = borders.a[i]!
    const b = borders.b[i]!
    if (isEnd[a] === 0 && isEnd[b] === 0) continue
    const one = ownerOn(borders.left[i]!, borders.leftLeaf[i]!)
    const other = ownerOn(borders.right[i]!, borders.rightLeaf[i]!)
    if (one === other) continue
    const sides = { low: Math.min(one, other), high: Math.max(one, other) }
    around.get(a)?.push({ end: b, ...sides })
    around.get(b)?.push({ end: a, ...sides })
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
const othersEndAt = (region: Region, vertex: number, borders: Borders): boolean => {
  let known = 0
  for (let i = 0; i < borders.count; i++) if (borders.a[i] === vertex || borders.b[i] === vertex) known++
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
