// Estates 小区: parallel rows of slab blocks or towers facing south, a gate with a drive, lanes to every entrance, lawns.
import { Bands } from './bands.ts'
import { type Gate, gateOf } from './estate-gate.ts'
import { type EstateStyle, styleOf } from './estate-style.ts'
import { frontsOf, isRoad } from './fronts.ts'
import { anyHome } from './home.ts'
import { type Axes, distance, distanceOfSegments, type Outline, type Point } from './plane.ts'
import { blobOutline, THRESHOLD, towerOutline } from './shapes.ts'
import { DRIVE_METRES, type Stand } from './stand.ts'

const FARTHEST_FROM_SOUTH = (25 * Math.PI) / 180
/** From the edge's clearance to a wall, from the drive to a gable, from a wall to the lane behind it. */
const SETBACK = 3
const BESIDE_DRIVE = 6
const LANE = 4
const LANE_HALF = 2

/** Where a building may stand: local, as long as its units. */
interface Slot {
  readonly x: number
  readonly y: number
  readonly length: number
  readonly units: number
}

export function fillEstate(stand: Stand): void {
  const { ground, random, block } = stand
  stand.cover('residential')
  const turned = Math.max(-FARTHEST_FROM_SOUTH, Math.min(FARTHEST_FROM_SOUTH, ground.direction))
  const axes = ground.axes(turned)
  const bands = new Bands(ground, axes)
  const style = styleOf(
    block.density,
    random,
    Math.min(bands.high[0] - bands.low[0], bands.high[1] - bands.low[1]),
  )
  const gate = gateOf(bands, Math.min(60, style.length * 1.5))
  streetShops(stand, gate)
  const ys = rowsOf(bands, style)
  const middle = gate && driveIn(stand, axes, gate, ys, style) ? gate.x : null
  const slots = slotsOf(bands, style, ys, middle)
  const before = stand.buildings.length
  const nursery = ground.area > 35_000 && slots.length >= 8 ? kindergarten(stand, axes, style, slots) : -1
  let number = 0
  slots.forEach((slot, i) => {
    if (i !== nursery && slab(stand, axes, style, slot, number + 1)) number++
  })
  for (const y of ys)
    lane(
      stand,
      axes,
      style,
      slots.filter(slot => slot.y === y),
      middle,
    )
  lawns(stand, axes, style, slots)
  if (stand.buildings.slice(before).every(({ homesPerFloor }) => homesPerFloor === 0)) anyHome(stand)
}

/** South walls of the rows, from north to south. */
function rowsOf(bands: Bands, { depth, between, shortest }: EstateStyle): number[] {
  const step = 2
  const room: [y: number, metres: number][] = []
  for (let y = bands.low[1]; y + depth <= bands.high[1]; y += step) {
    const spans = bands.spans(y, y + depth, shortest, SETBACK)
    room.push([y, spans.reduce((sum, [from, to]) => sum + to - from, 0)])
  }
  const most = Math.max(0, ...room.map(([, metres]) => metres))
  if (most === 0) return []
  const useful = room.filter(([, metres]) => metres >= most * 0.4).map(([y]) => y)
  const lowest = useful[0]!
  const height = useful.at(-1)! - lowest
  const count = Math.floor(height / (depth + between)) + 1
  const pitch = count > 1 ? Math.min(height / (count - 1), (depth + between) * 1.3) : 0
  return Array.from({ length: count }, (_, i) => lowest + (count - 1 - i) * pitch)
}

function driveIn(stand: Stand, axes: Axes, gate: Gate, ys: readonly number[], style: EstateStyle): boolean {
  if (ys.length === 0) return false
  const lanes = ys.map(y => y + style.depth + LANE)
  const last = gate.side === 'south' ? lanes[0]! : lanes.at(-1)!
  const end = Math.min(Math.max(last, gate.chord[0] + 8), gate.chord[1] - 8)
  const start = axes.world(gate.x, gate.side === 'south' ? gate.chord[0] : gate.chord[1])
  const points = [start, axes.world(gate.x, end)]
  if (distance(points[0]!, points[1]!) < 12) return false
  if (!stand.path('service', points, DRIVE_METRES)) return false
  const inwards = gate.side === 'south' ? 1 : -1
  const y = (gate.side === 'south' ? gate.chord[0] : gate.chord[1]) + inwards * (gate.clear + 1.5)
  const corner = inwards > 0 ? y : y - 5
  stand.build({
    outline: axes.rectangle(gate.x + 4, corner, 4, 5),
    heart: axes.world(gate.x + 6, corner + 2.5),
    doors: [axes.world(gate.x + 4 + THRESHOLD, corner + 2.5)],
    kind: 'gatehouse',
    storeys: 1,
    built: style.built,
    name: '门卫室',
  })
  return true
}

/** Columns line up from row to row: they are counted from the drive, or from the west where there is none. */
function slotsOf(bands: Bands, style: EstateStyle, ys: readonly number[], middle: number | null): Slot[] {
  const rows = ys.map(y => ({ y, spans: bands.spans(y, y + style.depth, style.shortest, SETBACK) }))
  const west = Math.min(...rows.flatMap(({ spans }) => spans.map(([from]) => from)))
  const east = Math.max(...rows.flatMap(({ spans }) => spans.map(([, to]) => to)))
  const sides: readonly (readonly [from: number, to: number, growsWest: boolean])[] =
    middle === null
      ? [[west, east, false]]
      : [
          [west, middle - BESIDE_DRIVE, true],
          [middle + BESIDE_DRIVE, east, false],
        ]
  const slots: Slot[] = []
  rows.forEach(({ y, spans }, row) => {
    const placed: Slot[] = []
    for (const [from, to, growsWest] of sides) {
      if (to - from < style.shortest) continue
      const { length, unit, gap } = style.columns(to - from)
      const pitch = length + gap
      const shift = style.tower && row % 2 === 1 ? pitch / 2 : 0
      for (let k = -1; k * pitch < to - from; k++) {
        const start = growsWest ? to - length - k * pitch - shift : from + k * pitch + shift
        for (const span of spans) {
          const low = Math.max(span[0], start, from)
          const high = Math.min(span[1], start + length, to)
          const units = Math.min(Math.round(length / unit), Math.floor((high - low) / unit + 1e-6))
          if (units < 1 || (units < style.fewest && high - low < span[1] - span[0] - 1)) continue
          const x = low > start + 0.01 ? high - units * unit : low
          placed.push({ x, y, length: units * unit, units })
        }
      }
    }
    slots.push(...placed.sort((p, q) => p.x - q.x))
  })
  return slots
}

function slab(stand: Stand, axes: Axes, style: EstateStyle, slot: Slot, number: number): boolean {
  const { random } = stand
  const { x, y, length, units } = slot
  const { depth } = style
  const outline = style.tower ? towerOutline(axes, x, y, length, depth) : axes.rectangle(x, y, length, depth)
  const doors = Array.from({ length: units }, (_, i) =>
    axes.world(x + ((i + 0.5) * length) / units, y + depth - THRESHOLD),
  )
  const shops = !style.tower && random.next() < 0.6 && besideStreet(stand, outline)
  return stand.build({
    outline,
    doors,
    heart: axes.world(x + length / 2, y + depth / 2),
    kind: 'apartments',
    storeys: style.tower ? style.storeys + random.whole(-2, 2) : style.storeys,
    built: style.built,
    homesPerFloor: style.homesPerFloor,
    name: `${number}栋`,
    ...(shops ? { use: 'shops' as const } : {}),
  })
}

function besideStreet(stand: Stand, outline: Outline): boolean {
  return stand.ground.edges.some(edge => {
    if (!isRoad(edge)) return false
    for (let i = 0, j = outline.length - 1; i < outline.length; j = i++)
      if (distanceOfSegments(edge.a, edge.b, outline[j]!, outline[i]!) < edge.clear + 9) return true
    return false
  })
}

function lane(
  stand: Stand,
  axes: Axes,
  style: EstateStyle,
  row: readonly Slot[],
  middle: number | null,
): void {
  if (row.length === 0) return
  const y = row[0]!.y + style.depth + LANE
  const ends = (slots: readonly Slot[]) => [
    Math.min(...slots.map(({ x, length, units }) => x + length / units / 2)),
    Math.max(...slots.map(({ x, length, units }) => x + length - length / units / 2)),
  ]
  if (middle === null) {
    const [from, to] = ends(row) as [number, number]
    if (to - from > 10) stand.path('service', [axes.world(from - 5, y), axes.world(to + 5, y)], LANE_HALF)
    return
  }
  for (const east of [true, false]) {
    const side = row.filter(({ x }) => x > middle === east)
    if (side.length === 0) continue
    const [from, to] = ends(side) as [number, number]
    stand.path('service', [axes.world(middle, y), axes.world(east ? to : from, y)], LANE_HALF)
  }
}

/** Takes the slot nearest to the middle of the estate; −1 where it does not fit. */
function kindergarten(stand: Stand, axes: Axes, style: EstateStyle, slots: readonly Slot[]): number {
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
  const yard = axes.rectangle(
    x,
    y - Math.min(14, style.between - 8),
    width,
    Math.min(14, style.between - 8) - 2,
  )
  if (stand.ground.free(yard, 1)) stand.green('playground', yard)
  return index
}

/** South of every building, and a pond in one of the larger ones. */
function lawns(stand: Stand, axes: Axes, style: EstateStyle, slots: readonly Slot[]): void {
  const { ground, random } = stand
  let pond = ground.area > 25_000 && random.next() < 0.5
  const deep = Math.min(style.between - LANE - LANE_HALF - 3, 26)
  for (const { x, y, length } of slots) {
    for (const depth of [deep, deep / 2]) {
      const lawn = axes.rectangle(x + 1, y - 2 - depth, length - 2, depth)
      if (depth < 3 || !ground.within(lawn, 3.5) || !ground.free(lawn, 0.6) || !stand.green('grass', lawn))
        continue
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
}

const MAIN = new Set<string>(['primary', 'secondary', 'tertiary'])

/** One or two storeys of shops along a main street, where the block is deep enough to spare it. */
function streetShops(stand: Stand, gate: Gate | null): void {
  const { ground, random, block } = stand
  if (ground.area < 12_000 || block.density > 0.9 || random.next() < 0.45) return
  const front = frontsOf(ground, edge => isRoad(edge) && MAIN.has(edge.line!.class), 60)[0]
  if (!front) return
  const depth = random.pick([8, 9, 10])
  const built = random.whole(1996, 2016)
  const gateAt = gate && front.axes.local(gate.at)[0]
  const y = front.from + 1.5
  for (const [from, to] of new Bands(ground, front.axes).spans(y, y + depth, 18)) {
    let x = Math.max(from, 0)
    while (x + 18 < Math.min(to, front.length)) {
      const bay = 4.2
      const width = Math.min(
        random.whole(5, 10) * bay,
        Math.floor((Math.min(to, front.length) - x) / bay) * bay,
      )
      if (gateAt !== null && gateAt > x - 11 && gateAt < x + width + 11 && width > 0) {
        const short = Math.floor((gateAt - 11 - x) / bay) * bay
        if (short >= 16) shopRow(stand, front.axes, x, y, short, depth, built)
        x = gateAt + 12
        continue
      }
      shopRow(stand, front.axes, x, y, width, depth, built)
      x += width + 5
    }
  }
}

function shopRow(
  stand: Stand,
  axes: Axes,
  x: number,
  y: number,
  width: number,
  depth: number,
  built: number,
): void {
  stand.build({
    outline: axes.rectangle(x, y, width, depth),
    heart: axes.world(x + width / 2, y + depth / 2),
    doors: [axes.world(x + width / 2, y + THRESHOLD)],
    kind: 'retail',
    use: 'shops',
    storeys: stand.random.whole(1, 2),
    built,
  })
}
