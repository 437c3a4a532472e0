// The grounds of an estate: drive and gatehouse, lanes behind the rows, kindergarten, lawns and a pond.
import type { Bands } from './bands.ts'
import type { Gate } from './estate-gate.ts'
import type { EstateStyle, Slot } from './estate-style.ts'
import { type Axes, distance, type Point } from './plane.ts'
import { laneToStreet } from './rows.ts'
import { blobOutline, THRESHOLD } from './shapes.ts'
import { DRIVE_METRES, type Stand } from './stand.ts'

/** From the back of a row to the middle of the lane behind it, and half the lane. */
const LANE = 4
const LANE_HALF = 2

export function driveIn(
  stand: Stand,
  axes: Axes,
  gate: Gate,
  ys: readonly number[],
  style: EstateStyle,
): boolean {
  if (ys.length === 0) return false
  const [south, north] = gate.chord
  const inwards = gate.side === 'south' ? 1 : -1
  const last = (inwards > 0 ? ys[0]! : ys.at(-1)!) + style.depth + LANE
  const start = axes.world(gate.x, inwards > 0 ? south : north)
  const end = axes.world(gate.x, Math.min(Math.max(last, south + 8), north - 8))
  if (distance(start, end) < 12 || !stand.path('service', [start, end], DRIVE_METRES)) return false
  return true
}

/** Beside the drive, just inside the gate. */
export function gatehouse(
  stand: Stand,
  axes: Axes,
  { x, side, chord, clear }: Gate,
  style: EstateStyle,
): void {
  const y = side === 'south' ? chord[0] + clear + 1.5 : chord[1] - clear - 6
  for (const west of [x + 3.2, x - 6.2])
    if (
      stand.build({
        outline: axes.rectangle(west, y, 3, 4.5),
        heart: axes.world(west + 1.5, y + 2.2),
        doors: [axes.world(west < x ? west + 3 - THRESHOLD : west + THRESHOLD, y + 2.2)],
        kind: 'gatehouse',
        storeys: 1,
        built: style.built,
        name: '门卫室',
      })
    )
      return
}

/** To all entrances of a row: from the drive, or from a street at its end. */
export function laneBehind(
  stand: Stand,
  bands: Bands,
  style: EstateStyle,
  row: readonly Slot[],
  middle: number | null,
): void {
  const { axes } = bands
  const y = row[0]!.y + style.depth + LANE
  const doors = (slots: readonly Slot[]): [number, number] => [
    Math.min(...slots.map(({ x, length, units }) => x + length / units / 2)),
    Math.max(...slots.map(({ x, length, units }) => x + length - length / units / 2)),
  ]
  if (middle === null) {
    const [from, to] = doors(row)
    laneToStreet(stand, bands, [from - 3, to + 3], y, 'service', LANE_HALF, 45)
    return
  }
  for (const east of [true, false]) {
    const side = row.filter(({ x }) => x > middle === east)
    if (side.length === 0) continue
    const [from, to] = doors(side)
    stand.path('service', [axes.world(middle, y), axes.world(east ? to : from, y)], LANE_HALF)
  }
}

/** Takes the slot nearest to the middle of the estate; −1 where it does not fit. */
export function kindergarten(stand: Stand, axes: Axes, style: EstateStyle, slots: readonly Slot[]): number {
  const centre = stand.ground.heart.at
  const far = (slot: Slot) => distance(axes.world(slot.x + slot.length / 2, slot.y), centre)
  const index = slots.reduce((best, slot, i) => (far(slot) < far(slots[best]!) ? i : best), 0)
  const { x, y, length } = slots[index]!
  const width = Math.min(length, 36)
  const built = stand.build({
    outline: axes.rectangle(x, y, width, style.depth),
    heart: axes.world(x + width / 2, y + style.depth / 2),
    doors: [axes.world(x + width / 2, y + THRESHOLD)],
    kind: 'kindergarten',
    use: 'school',
    storeys: 3,
    built: style.built,
    name: `${stand.block.name ?? ''}幼儿园`,
  })
  if (!built) return -1
  const deep = Math.min(14, style.between - 8)
  const yard = axes.rectangle(x, y - deep, width, deep - 2)
  if (stand.ground.within(yard, 3) && stand.ground.free(yard, 1)) stand.green('playground', yard)
  return index
}

/** South of every building, and a pond in one of the larger ones. */
export function lawns(stand: Stand, axes: Axes, style: EstateStyle, slots: readonly Slot[]): void {
  const { ground, random } = stand
  let pond = ground.area > 25_000 && random.next() < 0.5
  const deep = Math.min(style.between - LANE - LANE_HALF - 3, 26)
  for (const { x, y, length } of slots)
    for (const depth of [deep, deep * 0.7, deep * 0.4]) {
      const lawn = axes.rectangle(x + 1, y - 2 - depth, length - 2, depth)
      if (depth < 3 || !ground.within(lawn, 3.5) || !ground.free(lawn, 0.6)) continue
      if (!stand.green('grass', lawn)) continue
      if (pond && depth > 11 && length > 24) {
        const at: Point = axes.world(x + length / 2, y - 2 - depth / 2)
        const reach = (angle: number) => {
          const along = Math.cos(angle - axes.angle) / (length * 0.36)
          const across = Math.sin(angle - axes.angle) / (depth * 0.36)
          return 1 / Math.hypot(along, across)
        }
        pond = !stand.pond(blobOutline(at, reach, random))
      }
      break
    }
}
