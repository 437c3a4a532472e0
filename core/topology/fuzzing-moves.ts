// Random operations other than splits and merges, at any level, most of them unpleasant.
import { boundsOf, type Coverage } from './coverage.ts'
import { randomLine } from './fuzzing-lines.ts'
import { type Change, GRID_KINDS, type Grid, type Position, type Refusal } from './model.ts'
import { applyParts } from './operations/apply-parts.ts'
import { carve } from './operations/carve.ts'
import { deleteVertex, insertVertex, moveVertex } from './operations/move-vertex.ts'
import { relabel } from './operations/relabel.ts'
import { reparent } from './operations/reparent.ts'
import { reshape } from './operations/reshape.ts'
import { simplify } from './operations/simplify.ts'
import { split } from './operations/split.ts'
import { transferArea, transferGrids } from './operations/transfer.ts'
import type { Box, GroundPlan } from './plans.ts'
import { boxesMeet, interiorPoint } from './shape.ts'

export interface Move {
  readonly what: string
  readonly run: (coverage: Coverage) => GroundPlan | Change | Refusal
  /** What a caller must load for it. */
  readonly targets: readonly Grid[]
  readonly boxes: readonly Box[]
}

export const randomMove = (random: () => number, coverage: Coverage, cell: number): Move | null => {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const grids = [...coverage.grids()]
  const whole = (value: number) => Math.round(value)
  const move = (
    what: string,
    request: object,
    run: Move['run'],
    targets: readonly Grid[],
    boxes: readonly Box[] = [],
  ): Move => ({ what: `${what} ${JSON.stringify(request)}`, run, targets, boxes })
  const near = (grid: Grid, fits: (other: Grid) => boolean): Grid | undefined =>
    pick(
      grids.filter(other => other !== grid && fits(other) && boxesMeet(boundsOf(other), boundsOf(grid), 1)),
    )
  const one = pick(grids)
  const ring = pick(one.shape.flat())
  const at = 2 * Math.floor((random() * ring.length) / 2)
  const vertex: Position = [ring[at]!, ring[at + 1]!]
  const next: Position = [ring[(at + 2) % ring.length]!, ring[(at + 3) % ring.length]!]
  const shaken = ([x, y]: Position, by: number): Position => [
    whole(x + (random() * 2 - 1) * by),
    whole(y + (random() * 2 - 1) * by),
  ]
  const boxOf = (...places: Position[]): Box => [
    Math.min(...places.map(([x]) => x)),
    Math.min(...places.map(([, y]) => y)),
    Math.max(...places.map(([x]) => x)),
    Math.max(...places.map(([, y]) => y)),
  ]
  const loop = (): Position[] => {
    const centre = random() < 0.5 ? vertex : interiorPoint(one.shape)
    const radius = random() * cell * pick([0.05, 0.3, 0.8])
    const corners = Array.from({ length: 3 + Math.floor(random() * 6) }, (_, i) => {
      const turn = (i * 2 * Math.PI) / 8 + random() * 0.5
      return [whole(centre[0] + radius * Math.cos(turn)), whole(centre[1] + radius * Math.sin(turn))] as const
    })
    if (random() < 0.3) corners[0] = vertex
    return [...corners, corners[0]!]
  }
  const dice = random()
  if (dice < 0.28) {
    const other = near(one, grid => grid.level === one.level)
    if (!other) return null
    const line =
      random() < 0.6 ? bulge(random, one, other, cell) : randomLine(random, pick([one, other]), cell)
    if (!line) return null
    const grids = [one.id, other.id] as const
    return move('reshape', { grids, line }, c => reshape(c, { grids, line }), [one, other])
  }
  if (dice < 0.5) {
    const to =
      random() < 0.15
        ? shaken(pick([next, interiorPoint(one.shape)]), 2)
        : shaken(vertex, cell * pick([0.0003, 0.01, 0.1, 0.4]))
    const request = { from: vertex, to }
    return move('move-vertex', request, c => moveVertex(c, request), [], [boxOf(vertex, to)])
  }
  if (dice < 0.58) {
    const t = random()
    const place: Position = [
      whole(vertex[0] + (next[0] - vertex[0]) * t),
      whole(vertex[1] + (next[1] - vertex[1]) * t),
    ]
    const request = { at: place, to: shaken(place, cell * pick([0, 0.001, 0.05, 0.2])) }
    return move('insert-vertex', request, c => insertVertex(c, request), [], [boxOf(place, request.to)])
  }
  if (dice < 0.66)
    return move('delete-vertex', { at: vertex }, c => deleteVertex(c, { at: vertex }), [], [boxOf(vertex)])
  if (dice < 0.78) {
    const other = near(one, grid => grid.level === one.level)
    if (!other) return null
    const request = { from: one.id, to: other.id, line: loop() }
    return move(
      'transfer-area',
      request,
      c => transferArea(c, request),
      [one, other],
      [boxOf(...request.line)],
    )
  }
  if (dice < 0.84) {
    const other = near(one, () => true)
    if (!other) return null
    const request = { grids: [one.id], to: other.id }
    return move('transfer-grids', request, c => transferGrids(c, request), [one, other])
  }
  if (dice < 0.88) {
    const under = random() < 0.5 ? null : pick([one, ...coverage.ancestorsOf(one.id)])
    const request = { line: loop(), kind: pick(GRID_KINDS), parent: under?.id ?? null }
    return move('carve', request, c => carve(c, request), under ? [under] : [], [boxOf(...request.line)])
  }
  if (dice < 0.92) {
    const parent = pick(grids.filter(grid => grid.level === one.level - 1 && !grid.leaf))
    if (!parent) return null
    const request = { grid: one.id, parent: parent.id }
    return move('reparent', request, c => reparent(c, request), [one, parent])
  }
  if (random() < 0.3) {
    const cut = split(coverage, { grid: one.id, line: randomLine(random, one, cell) })
    const parts = 'refused' in cut ? [one.shape] : [cut.left, cut.right]
    return move('apply-parts', { parent: one.id, parts }, c => applyParts(c, { parent: one.id, parts }), [
      one,
    ])
  }
  if (random() < 0.6) {
    const other = near(one, grid => grid.level === one.level)
    if (!other) return null
    const request = {
      grids: [one.id, other.id] as const,
      tolerance: cell * pick([0.01, 0.1, 0.5]),
      smooth: random() < 0.5,
    }
    return move('simplify', request, c => simplify(c, request), [one, other])
  }
  const label = { grid: one.id, name: `n${Math.floor(random() * 9)}`, kind: pick(GRID_KINDS) }
  return move('relabel', label, c => relabel(c, [label]), [one])
}

/** A new course for a stretch of the border that two grids share, through one of them or both. */
const bulge = (random: () => number, one: Grid, other: Grid, cell: number): Position[] | null => {
  const theirs = new Set<string>()
  for (const ring of other.shape.flat())
    for (let i = 0; i < ring.length; i += 2) theirs.add(`${ring[i]},${ring[i + 1]}`)
  const shared = one.shape
    .flat()
    .flatMap(ring => ring.flatMap((x, i): Position[] => (i % 2 === 0 ? [[x, ring[i + 1]!]] : [])))
    .filter(([x, y]) => theirs.has(`${x},${y}`))
  if (shared.length < 2) return null
  const from = Math.floor(random() * shared.length)
  const to = random() < 0.7 ? (from + 1) % shared.length : Math.floor(random() * shared.length)
  const [p, q] = [shared[from]!, shared[to]!]
  const count = 1 + Math.floor(random() * 3)
  const side = random() < 0.8 ? cell * 0.2 : 6
  const line: Position[] = [p]
  for (let i = 1; i <= count; i++) {
    const t = i / (count + 1)
    line.push([
      Math.round(p[0] + (q[0] - p[0]) * t + (random() * 2 - 1) * side),
      Math.round(p[1] + (q[1] - p[1]) * t + (random() * 2 - 1) * side),
    ])
  }
  line.push(q)
  return line
}
