// One pointer move in a plan of four ragged levels: the kernel's answer and the people of every grid it touches.
import {
  bounds,
  type Coverage,
  coverageOf,
  interiorPoint,
  isRefusal,
  LiveTally,
  moveVertex,
  type Position,
  reshape,
  split,
  transferArea,
} from '../../core/topology/index.ts'
import { percentile, rounded } from './benchmark.ts'
import { corner, raggedMap } from './ragged-map.ts'

const TARGETS = 8
const MOVES = 50

export interface PointerTimes {
  readonly p50: number
  readonly p95: number
  /** The first move at a place, which builds the map around it. */
  readonly first: number
  readonly refused: number
}

/** Milliseconds of the processor, of all threads: of the garbage collector too. */
function cpu(work: () => void): number {
  const from = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(from)
  return (user + system) / 1000
}

type Move = (nth: number) => boolean

/** What a pointer does at a target: each move a little further. Null where the target has no such place. */
type Gesture = (coverage: Coverage, live: LiveTally, id: string) => Move | null

/** @returns whether it was carried out */
const look = (live: LiveTally, plan: ReturnType<typeof reshape>): boolean => {
  if (isRefusal(plan)) return false
  const after = live.after(plan)
  for (const id of plan.shifted) after(id)
  return true
}

const cut: Gesture = (coverage, live, id) => {
  const [minX, minY, maxX, maxY] = bounds(coverage.grid(id)!.shape)
  const [width, height] = [maxX - minX, maxY - minY]
  return nth => {
    const line: Position[] = [
      [minX - 500, minY + Math.round(height * 0.3)],
      [Math.round(minX + width * 0.4), Math.round(minY + height * 0.55)],
      [maxX + 500, minY + Math.round(height * (0.35 + nth * 0.007))],
    ]
    const plan = split(coverage, { grid: id, line })
    if (isRefusal(plan)) return false
    live.split(plan)
    interiorPoint(plan.left)
    interiorPoint(plan.right)
    return true
  }
}

/** The eastern neighbour, in the map's own numbers. */
const eastOf = (coverage: Coverage, id: string): string | null => {
  const { level, shape } = coverage.grid(id)!
  const [minX, minY, maxX, maxY] = bounds(shape)
  const y = Math.round((minY + maxY) / 2)
  const box = [maxX - 200, y, maxX + 2000, y] as const
  for (const leaf of coverage.leavesNear(box, 0))
    for (const one of [leaf, ...coverage.ancestorsOf(leaf.id)])
      if (one.level === level && one.id !== id && bounds(one.shape)[0] > (minX + maxX) / 2) return one.id
  return null
}

const bulge: Gesture = (coverage, live, id) => {
  const other = eastOf(coverage, id)
  if (!other) return null
  const [, minY, maxX, maxY] = bounds(coverage.grid(id)!.shape)
  const at = (part: number): number => Math.round(minY + (maxY - minY) * part)
  const reach = Math.round((maxY - minY) * 0.25)
  return nth =>
    look(
      live,
      reshape(coverage, {
        grids: [id, other],
        line: [
          [maxX - 2 * reach, at(0.3)],
          [maxX + Math.round((reach * nth) / MOVES), at(0.4)],
          [maxX + Math.round((reach * nth) / MOVES), at(0.6)],
          [maxX - 2 * reach, at(0.7)],
        ],
      }),
    )
}

const transfer: Gesture = (coverage, live, id) => {
  const other = eastOf(coverage, id)
  if (!other) return null
  const [minX, minY, maxX, maxY] = bounds(coverage.grid(id)!.shape)
  const at = (part: number): number => Math.round(minY + (maxY - minY) * part)
  return nth => {
    const west = Math.round(maxX - (maxX - minX) * (0.2 + 0.008 * nth))
    const ring: Position[] = [
      [west, at(0.3)],
      [maxX + 900, at(0.28)],
      [maxX + 900, at(0.72)],
      [west + 77, at(0.7)],
    ]
    return look(live, transferArea(coverage, { from: id, to: other, line: [...ring, ring[0]!] }))
  }
}

/** The south-western corner of a grid, where borders of its level and all below meet. */
const drag: Gesture = (coverage, live, id) => {
  const [, i, j] = id.split('-').map(Number)
  const ring = coverage.grid(id)!.shape[0]![0]!
  const from = corner(i!, j!)
  for (let n = 0; n < ring.length; n += 2)
    if (ring[n] === from[0] && ring[n + 1] === from[1])
      return nth => look(live, moveVertex(coverage, { from, to: [from[0] + 4 * nth + 3, from[1] - 3 * nth] }))
  return null
}

const GESTURES: Readonly<Record<string, Gesture>> = { cut, reshape: bulge, vertex: drag, transfer }

/** Every gesture at every level: 4 is whatever leaf lies there. */
export function pointerTimes(count: number): { grids: number; times: Record<string, PointerTimes> } {
  const { grids, weights, inner } = raggedMap(count)
  const coverage = coverageOf(grids)
  const live = new LiveTally(coverage, weights)
  const times: Record<string, PointerTimes> = {}
  for (const [name, gesture] of Object.entries(GESTURES))
    for (const level of [1, 2, 3, 4] as const)
      times[`${name} ${level}`] = measure(coverage, live, inner.get(level)!, gesture)
  return { grids: grids.length, times }
}

function measure(
  coverage: Coverage,
  live: LiveTally,
  ids: readonly string[],
  gesture: Gesture,
): PointerTimes {
  const sample: number[] = []
  const firsts: number[] = []
  let refused = 0
  // The first targets only warm up.
  for (let target = -2; target < TARGETS; target++) {
    const move = gesture(coverage, live, ids[((target + 2) * 7919) % ids.length]!)
    if (!move) continue
    for (let nth = 0; nth < MOVES; nth++) {
      let done = false
      const took = cpu(() => {
        done = move(nth)
      })
      if (!done) refused++
      else if (target >= 0) (nth === 0 ? firsts : sample).push(took)
    }
  }
  return {
    p50: rounded(percentile(sample, 0.5)),
    p95: rounded(percentile(sample, 0.95)),
    first: rounded(percentile(firsts, 0.5)),
    refused,
  }
}
