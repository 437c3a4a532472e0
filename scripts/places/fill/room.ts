// Where on a block a rectangle of a given size still has room, and rows of halls as large as they fit.
import { Bands } from './bands.ts'
import { type Gate, gateOf } from './estate-gate.ts'
import { frontsOf, isRoad } from './fronts.ts'
import type { Axes, Outline, Point } from './plane.ts'
import { THRESHOLD } from './shapes.ts'
import type { Design, Stand } from './stand.ts'

/** Bands along the longest street of a block, the street in the south; along its walls where no street is. */
export function bandsFromStreet(stand: Stand): Bands {
  const { ground } = stand
  const front = frontsOf(ground, isRoad, 12)[0] ?? frontsOf(ground, () => true, 5)[0]
  return new Bands(ground, front?.axes ?? ground.axes(ground.direction))
}

/** A drive from the street straight inwards, `share` of the way across; null where there is no room for one. */
export function driveIn(
  stand: Stand,
  bands: Bands,
  share: number,
  halfWidth: number,
  narrowest = 30,
): Gate | null {
  const gate = gateOf(bands, narrowest)
  if (!gate) return null
  const [south, north] = gate.chord
  const length = (north - south) * share
  const [from, to] = gate.side === 'south' ? [south, south + length] : [north, north - length]
  if (length < 10 || north - south < 40) return null
  return stand.path('service', [bands.axes.world(gate.x, from), bands.axes.world(gate.x, to)], halfWidth)
    ? gate
    : null
}

export interface Wish {
  readonly width: number
  readonly depth: number
  /** Beyond what the edges ask for, and to other buildings. */
  readonly margin: number
  readonly gap: number
  /** Where to look first. */
  readonly side: 'south' | 'north'
  /** Where in the room found: 0 west, 1 east. */
  readonly share?: number
}

/** South-west corner of a place for a rectangle, local. */
export function roomFor(bands: Bands, wish: Wish): Point | null {
  const { width, depth, margin, gap, side, share = 0.5 } = wish
  const low = bands.low[1]
  const steps = Math.floor((bands.high[1] - depth - low) / 2)
  for (let i = 0; i <= steps; i++) {
    const y = low + (side === 'south' ? i : steps - i) * 2
    const spans = bands.spans(y, y + depth, { shortest: width, margin, gap })
    if (spans.length === 0) continue
    const [from, to] = spans.reduce((best, span) => (span[1] - span[0] > best[1] - best[0] ? span : best))
    return [from + (to - from - width) * share, y]
  }
  return null
}

export type Looks = Pick<Design, 'kind' | 'storeys' | 'built'> &
  Partial<Pick<Design, 'name' | 'homesPerFloor' | 'use'>>

/** A rectangular building with its door in the middle of the southern wall. */
export function raise(
  stand: Stand,
  axes: Axes,
  [x, y]: Point,
  width: number,
  depth: number,
  looks: Looks,
): boolean {
  return stand.build({
    ...looks,
    outline: axes.rectangle(x, y, width, depth),
    heart: axes.world(x + width / 2, y + depth / 2),
    doors: [axes.world(x + width / 2, y + THRESHOLD)],
  })
}

/** Finds room and builds there. */
export function raiseSomewhere(stand: Stand, bands: Bands, wish: Wish, looks: Looks): Point | null {
  const at = roomFor(bands, wish)
  return at && raise(stand, bands.axes, at, wish.width, wish.depth, looks) ? at : null
}

export interface HallRows {
  readonly from: number
  readonly depths: readonly number[]
  readonly lengths: readonly [number, number]
  readonly gap: number
  readonly between: number
  readonly margin: number
  readonly most: number
}

/** Rows of halls northwards from `from`: each row is as deep as it can be, its pieces equally long. */
export function hallRows(
  stand: Stand,
  bands: Bands,
  rows: HallRows,
  looks: (number: number) => Looks,
): number {
  const { random } = stand
  let built = 0
  let y = rows.from
  while (y + rows.depths.at(-1)! < bands.high[1] && built < rows.most) {
    const before = built
    let used = 3
    for (const depth of rows.depths) {
      const spans = bands.spans(y, y + depth, {
        shortest: rows.lengths[0],
        margin: rows.margin,
        gap: rows.gap,
      })
      if (spans.length === 0) continue
      for (const [from, to] of spans) {
        const wanted = rows.lengths[0] + random.next() * (rows.lengths[1] - rows.lengths[0])
        const count = Math.max(1, Math.round((to - from + rows.gap) / (wanted + rows.gap)))
        const length = Math.min(rows.lengths[1], (to - from + rows.gap) / count - rows.gap)
        if (length < rows.lengths[0] * 0.8) continue
        for (let i = 0; i < count && built < rows.most; i++) {
          const at: Point = [from + (i * (to - from + rows.gap)) / count, y]
          if (raise(stand, bands.axes, at, length, depth, looks(built + 1))) built++
        }
      }
      if (built > before) used = depth + rows.between
      break
    }
    y += used
  }
  return built
}

export function lawn(stand: Stand, kind: string, outline: Outline): boolean {
  return stand.ground.within(outline, 2.5) && stand.ground.free(outline, 0.6) && stand.green(kind, outline)
}

const PATCHES = [
  [46, 24],
  [30, 15],
  [17, 9],
] as const

/** Lawns on what is left of the grounds, the largest first; nothing is built there afterwards. */
export function openLawns(stand: Stand, bands: Bands, most: number): void {
  let left = most
  for (const [width, depth] of PATCHES)
    while (left > 0) {
      const at = roomFor(bands, { width, depth, margin: 3, gap: 4, side: 'south', share: left % 2 })
      if (!at) break
      left--
      const outline = bands.axes.rectangle(at[0], at[1], width, depth)
      lawn(stand, 'grass', outline)
      stand.ground.take(outline, 2)
    }
}
