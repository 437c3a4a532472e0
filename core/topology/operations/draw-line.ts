// Brings a drawn line onto the map of its target: checked, snapped, noded; still without touching a border.
import { selfMeetings, snapLine, withoutSpikes } from '../line.ts'
import type { Position, Refusal } from '../model.ts'
import { type Noded, nodeLine } from '../node.ts'
import type { Box } from '../plans.ts'
import { Points } from '../points.ts'
import type { Region } from '../region.ts'
import type { Snapped } from '../snap.ts'

/** Points of a line within this many steps (8 cm) of a border vertex go through it; in tiny grids a thousandth of them. */
const SNAP_RADIUS = 8

/** The positions on the lattice without repeats and spikes, or `bad-geometry`. */
export const latticeLine = (line: readonly Position[]): Position[] | Refusal => {
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

export interface DrawnLine {
  readonly points: Points
  readonly noded: Noded
}

/**
 * Refuses with `self-crossing` or `too-narrow` where the line meets itself on the target's ground (`onGround`), and with
 * `touches-only`.
 */
export const drawLine = (
  region: Region,
  inTarget: Uint8Array,
  target: { readonly box: Box; readonly onGround: (place: Position) => boolean },
  drawn: readonly Position[],
  points: Points = new Points(region.points),
): DrawnLine | Refusal => {
  const vertexInside = (place: Position) =>
    region.points.find(place[0], place[1]) < 0 && target.onGround(place)
  const crossing = selfMeetings(drawn).find(vertexInside)
  if (crossing) return { refused: 'self-crossing', place: crossing }
  const [minX, minY, maxX, maxY] = target.box
  const radius = Math.min(SNAP_RADIUS, Math.max(1, Math.hypot(maxX - minX, maxY - minY) / 1000))
  const line = snapLine(region, inTarget, drawn, radius)
  if (line.length < 2) return { refused: 'touches-only', place: line[0] ?? drawn[0]! }
  const crossed = selfMeetings(line).find(vertexInside)
  if (crossed) return { refused: 'too-narrow', place: crossed }
  return { points, noded: nodeLine(region, inTarget, line, points) }
}

/** The line as it lies on the map; stretches that follow one another are joined. */
export const drawnCut = ({ points, cutPaths }: Snapped): Position[][] => {
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
