// The borders of a county's map on the lattice: what each parts, where it runs, and what runs along it.
import type { Position } from '../../../core/topology/index.ts'
import type { Frame, Line } from '../place.ts'
import { outlines, type Part, traceArcs } from './grow-arcs.ts'
import { cellAt, type Metres, OUTSIDE } from './grow-raster.ts'
import { smoothArcs } from './grow-smooth.ts'
import type { Terrain } from './huairou-terrain.ts'

export interface Border {
  readonly left: number
  readonly right: number
  readonly path: readonly Position[]
  /** The same in metres of the place's frame. */
  readonly course: readonly Metres[]
  readonly length: number
  /** Nodes at its ends, by number. */
  readonly from: number
  readonly to: number
  line: Line | null
}

/** Metres between vertices: in the plain, in the mountains, and in the city where strips are carved along streets. */
const PLAIN_STEP = 34
const MOUNTAIN_STEP = 52

export function bordersOf(labels: Int32Array, terrain: Terrain, frame: Frame): Border[] {
  const { raster } = terrain
  const step = (at: Metres) => {
    const cell = cellAt(raster, at)
    return MOUNTAIN_STEP + (PLAIN_STEP - MOUNTAIN_STEP) * (cell === OUTSIDE ? 0 : terrain.plain[cell]!)
  }
  const arcs = traceArcs(labels, raster)
  const paths = smoothArcs(arcs, raster, frame, step)
  return arcs.map(({ corners, left, right }, i) => {
    const path = paths[i]!
    const course = path.map(position => frame.metres(position))
    return {
      left,
      right,
      path,
      course,
      length: lengthOf(course),
      from: corners[0]!,
      to: corners.at(-1)!,
      line: null,
    }
  })
}

export const lengthOf = (course: readonly Metres[]): number =>
  course.reduce(
    (sum, [x, y], i) => (i === 0 ? 0 : sum + Math.hypot(x - course[i - 1]![0], y - course[i - 1]![1])),
    0,
  )

export const outlinesOf = (borders: readonly Border[], groupOf: (label: number) => number) =>
  outlines(borders, groupOf, border => [border.from, border.to])

/** Positions and lines of an outline, the first position not repeated. */
export function ringOf(parts: readonly Part<Border>[]): { ring: Position[]; along: (Line | null)[] } {
  const ring: Position[] = []
  const along: (Line | null)[] = []
  for (const { arc, forward } of parts) {
    const path = forward ? arc.path : arc.path.toReversed()
    for (let i = 0; i + 1 < path.length; i++) {
      ring.push(path[i]!)
      along.push(arc.line)
    }
  }
  return { ring, along }
}

/** Borders by the nodes at their ends. */
export function byNode(borders: readonly Border[]): Map<number, Border[]> {
  const at = new Map<number, Border[]>()
  for (const border of borders)
    for (const node of new Set([border.from, border.to])) {
      const list = at.get(node)
      if (list) list.push(border)
      else at.set(node, [border])
    }
  return at
}
