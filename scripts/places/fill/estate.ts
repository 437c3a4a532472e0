// Estates 小区: parallel rows of slab blocks or towers facing south, with a gate, a drive and lanes to every entrance.
import { Bands, rowsAcross, type Span } from './bands.ts'
import { gateOf } from './estate-gate.ts'
import { driveIn, gatehouse, kindergarten, laneBehind, lawns } from './estate-grounds.ts'
import { type EstateStyle, type Slot, styleOf } from './estate-style.ts'
import { isRoad } from './fronts.ts'
import { anyHome } from './home.ts'
import { type Axes, distanceOfSegments, type Outline } from './plane.ts'
import { openLawns } from './room.ts'
import { THRESHOLD, towerOutline } from './shapes.ts'
import type { Stand } from './stand.ts'
import { streetShops } from './street-shops.ts'

const FARTHEST_FROM_SOUTH = (25 * Math.PI) / 180
/** From the edge's clearance to a wall, and from the drive's middle to a gable. */
const SETBACK = 3
const BESIDE_DRIVE = 7.5
/** How much nearer rows may come where one more then fits. */
const SQUEEZE = 0.28

export function fillEstate(stand: Stand): void {
  const { ground, random, block } = stand
  stand.cover('residential')
  const turned = Math.max(-FARTHEST_FROM_SOUTH, Math.min(FARTHEST_FROM_SOUTH, ground.direction))
  const axes = ground.axes(turned)
  const bands = new Bands(ground, axes)
  const [width, height] = [bands.high[0] - bands.low[0], bands.high[1] - bands.low[1]]
  const style = styleOf(block.density, random, Math.min(width, height))
  const gate = gateOf(bands, style.tower ? 2 * style.length + 40 : 104)
  if (height > 90) streetShops(stand, gate)
  const need = { shortest: style.shortest, margin: SETBACK }
  const ys = rowsAcross(bands, style.depth, style.between, need, SQUEEZE)
  const middle = gate && driveIn(stand, axes, gate, ys, style) ? gate.x : null
  const slots = slotsOf(bands, style, ys, middle)
  const before = stand.buildings.length
  const nursery = ground.area > 35_000 && slots.length >= 8 ? kindergarten(stand, axes, style, slots) : -1
  let number = 0
  const street = stand.streetAt(middle === null ? ground.heart.at : gate!.at)
  slots.forEach((slot, i) => {
    if (i !== nursery && raise(stand, axes, style, slot, number + 1, street)) number++
  })
  if (stand.buildings.slice(before).every(({ homesPerFloor }) => homesPerFloor === 0)) anyHome(stand)
  if (gate && middle !== null) gatehouse(stand, axes, gate, style)
  for (const row of ys) {
    const own = slots.filter(({ y }) => y === row)
    if (own.length > 0) laneBehind(stand, bands, style, own, middle)
  }
  lawns(stand, axes, style, slots)
  openLawns(stand, bands, 3)
}

/** Each row is divided evenly on both sides of the drive, so in a square block columns line up from row to row. */
function slotsOf(bands: Bands, style: EstateStyle, ys: readonly number[], middle: number | null): Slot[] {
  const { shortest, depth, tower } = style
  return ys.flatMap((y, row) => {
    const slots: Slot[] = []
    for (const [from, to] of bands.spans(y, y + depth, { shortest, margin: SETBACK })) {
      const sides: readonly Span[] =
        middle === null || to < middle || from > middle
          ? [[from, to]]
          : [
              [from, middle - BESIDE_DRIVE],
              [middle + BESIDE_DRIVE, to],
            ]
      for (const [west, east] of sides) {
        if (east - west < shortest) continue
        const { length, unit, gap, count } = style.columns(east - west)
        const units = Math.round(length / unit)
        // Towers stand in the gaps of the row before where that costs none.
        const spare = east - west - count * length - (count - 1) * gap
        const shift = tower && row % 2 === 1 ? spare : tower ? 0 : spare / 2
        for (let i = 0; i < count; i++) slots.push({ x: west + shift + i * (length + gap), y, length, units })
      }
    }
    return slots
  })
}

function raise(
  stand: Stand,
  axes: Axes,
  style: EstateStyle,
  slot: Slot,
  number: number,
  street: string,
): boolean {
  const { random } = stand
  const { x, y, length, units } = slot
  const { depth, tower } = style
  const outline = tower ? towerOutline(axes, x, y, length, depth) : axes.rectangle(x, y, length, depth)
  const doors = Array.from({ length: units }, (_, i) =>
    axes.world(x + ((i + 0.5) * length) / units, y + depth - THRESHOLD),
  )
  const shops = !tower && besideStreet(stand, outline) && random.next() < 0.6
  return stand.build({
    outline,
    doors,
    heart: axes.world(x + length / 2, y + depth / 2),
    kind: 'apartments',
    storeys: tower ? style.storeys + random.whole(-2, 2) : style.storeys,
    built: style.built,
    homesPerFloor: style.homesPerFloor,
    name: `${number}栋`,
    street,
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
