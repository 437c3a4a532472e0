// Simplifies or smooths the border that two grids share: both sides at once, nodes stay where they are.
import type { Coverage } from '../coverage.ts'
import { distanceToSegment } from '../exact.ts'
import { isRefusal, type Position, type Refusal } from '../model.ts'
import type { GroundPlan } from '../plans.ts'
import type { Points } from '../points.ts'
import type { Region } from '../region.ts'
import type { Drawing, MovedStretch } from '../snap.ts'
import { placeOf } from './ground-plan.ts'
import { planRedrawn } from './move-vertex.ts'
import { leavesOf } from './on-region.ts'

/** How often a tolerance that would make borders cross is halved before the edit is refused. */
const ATTEMPTS = 6

/**
 * `tolerance` is how far the border may move, in steps. Straightening takes out vertices (Douglas–Peucker); `smooth` cuts
 * corners first (Chaikin) and takes out little. Where the result would cross another border, half the tolerance is tried.
 *
 * Refuses with `unknown-grid`, `not-adjacent`, `no-effect` (the border is as simple already), `locked`, and with
 * `self-crossing` or `too-narrow` when no tolerance will do.
 */
export const simplify = (
  coverage: Coverage,
  request: { grids: readonly [string, string]; tolerance: number; smooth: boolean },
): GroundPlan | Refusal => {
  for (const id of request.grids)
    if (!coverage.grid(id)) return { refused: 'unknown-grid', place: null, grid: id }
  const [one, other] = request.grids
  const place = placeOf(coverage.grid(one)!.shape)!
  let refusal: Refusal = { refused: 'not-adjacent', place }
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const tolerance = request.tolerance / 2 ** attempt
    const plan = planRedrawn(coverage, {
      kind: 'simplify',
      place,
      grids: request.grids,
      around: [],
      draw: (region, points) => {
        const chains = sharedChains(
          region,
          leavesOf(coverage, region, [one]),
          leavesOf(coverage, region, [other]),
        )
        if (chains.length === 0) return { refused: 'not-adjacent', place }
        return redraw(region, points, chains, tolerance, request.smooth)
      },
    })
    if (!isRefusal(plan)) return plan
    refusal = plan
    if (plan.refused !== 'self-crossing' && plan.refused !== 'too-narrow') break
  }
  return refusal
}

/** A stretch of border between the same two leaves, from node to node or a ring: vertices, and the segments between. */
interface BorderChain {
  readonly vertices: number[]
  readonly segments: number[]
}

const sharedChains = (region: Region, ofOne: Uint8Array, ofOther: Uint8Array): BorderChain[] => {
  const { a, b, left, right } = region
  const around = new Map<number, number[]>()
  for (let s = 0; s < a.length; s++)
    for (const vertex of [a[s]!, b[s]!]) {
      const list = around.get(vertex)
      if (list) list.push(s)
      else around.set(vertex, [s])
    }
  const sides = (s: number) => [left[s]!, right[s]!]
  const isShared = (s: number) =>
    sides(s).some(leaf => ofOne[leaf] === 1) && sides(s).some(leaf => ofOther[leaf] === 1)
  const seen = new Set<number>()
  const chains: BorderChain[] = []
  for (let start = 0; start < a.length; start++) {
    if (seen.has(start) || !isShared(start)) continue
    seen.add(start)
    const chain: BorderChain = { vertices: [a[start]!, b[start]!], segments: [start] }
    const grow = (end: () => number, add: (vertex: number, segment: number) => void) => {
      for (;;) {
        const here = around.get(end())!
        const next = here.length === 2 ? here.find(s => !seen.has(s)) : undefined
        if (next === undefined) return
        seen.add(next)
        add(a[next] === end() ? b[next]! : a[next]!, next)
      }
    }
    grow(
      () => chain.vertices.at(-1)!,
      (vertex, segment) => {
        chain.vertices.push(vertex)
        chain.segments.push(segment)
      },
    )
    grow(
      () => chain.vertices[0]!,
      (vertex, segment) => {
        chain.vertices.unshift(vertex)
        chain.segments.unshift(segment)
      },
    )
    chains.push(chain)
  }
  return chains
}

const redraw = (
  region: Region,
  points: Points,
  chains: readonly BorderChain[],
  tolerance: number,
  smooth: boolean,
): Drawing | Refusal => {
  const moved: MovedStretch[] = []
  const gone: number[] = []
  const at = (vertex: number): Position => [points.x(vertex), points.y(vertex)]
  for (const { vertices, segments } of chains) {
    const old = vertices.map(at)
    const course = smooth
      ? straightened(cornersCut(old, tolerance), tolerance / 8)
      : straightened(old, tolerance)
    if (course.length === old.length && course.every(([x, y], i) => x === old[i]![0] && y === old[i]![1]))
      continue
    const path = course.map(([x, y]) => points.add(x, y))
    const [first] = segments
    moved.push({ segment: first!, path: region.a[first!] === vertices[0] ? path : path.reverse() })
    gone.push(...segments)
  }
  if (moved.length === 0) {
    const [chain] = chains
    return { refused: 'no-effect', place: at(chain!.vertices[0]!) }
  }
  return { cuts: [], moved, gone }
}

/** Douglas–Peucker; a ring is held at its first vertex and the one farthest from it. */
const straightened = (line: readonly Position[], tolerance: number): Position[] => {
  const last = line.length - 1
  const keep = new Set([0, last])
  const halve = (from: number, to: number) => {
    let farthest = -1
    let most = tolerance
    for (let i = from + 1; i < to; i++) {
      const away = distanceToSegment(...line[i]!, ...line[from]!, ...line[to]!)
      if (away > most) {
        most = away
        farthest = i
      }
    }
    if (farthest < 0) return
    keep.add(farthest)
    halve(from, farthest)
    halve(farthest, to)
  }
  if (line[0]![0] === line[last]![0] && line[0]![1] === line[last]![1]) {
    let middle = 1
    for (let i = 1; i < last; i++) if (apart(line[i]!, line[0]!) > apart(line[middle]!, line[0]!)) middle = i
    // A ring needs a third corner.
    const third = line.reduce((best, place, i) => {
      const away = (k: number) => distanceToSegment(...line[k]!, ...line[0]!, ...line[middle]!)
      return place && away(i) > away(best) ? i : best
    }, 0)
    keep.add(middle)
    if (third !== 0 && third !== last) keep.add(third)
    const fixed = [...keep].sort((p, q) => p - q)
    for (let i = 1; i < fixed.length; i++) halve(fixed[i - 1]!, fixed[i]!)
  } else halve(0, last)
  return line.filter((_, i) => keep.has(i))
}

const apart = (p: Position, q: Position): number => Math.hypot(p[0] - q[0], p[1] - q[1])

/** Every corner becomes two, no further from it than the tolerance allows; ends stay. */
const cornersCut = (line: readonly Position[], tolerance: number): Position[] => {
  const cut: Position[] = [line[0]!]
  for (let i = 1; i + 1 < line.length; i++) {
    const [before, corner, after] = [line[i - 1]!, line[i]!, line[i + 1]!]
    for (const other of [before, after]) {
      const reach = Math.min(1 / 4, tolerance / Math.max(1, apart(other, corner)))
      cut.push([
        Math.round(corner[0] + (other[0] - corner[0]) * reach),
        Math.round(corner[1] + (other[1] - corner[1]) * reach),
      ])
    }
  }
  cut.push(line.at(-1)!)
  return cut.filter((place, i) => i === 0 || place[0] !== cut[i - 1]![0] || place[1] !== cut[i - 1]![1])
}
