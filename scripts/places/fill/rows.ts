// Houses in a row: along the streets round a block, and along lanes through what is left inside.
import type { RoadClass } from '../place.ts'
import { Bands, rowsAcross, type Span } from './bands.ts'
import type { Front } from './fronts.ts'
import { isRoad } from './fronts.ts'
import { Axes, type Point } from './plane.ts'
import { PATH_METRES, type Stand } from './stand.ts'

export interface Lot {
  /** Houses look towards lower y. */
  readonly axes: Axes
  readonly x: number
  readonly y: number
  readonly width: number
  readonly depth: number
}

export interface RowStyle {
  /** Tried from the first to the last: shallow blocks get shallow houses. */
  readonly depths: readonly number[]
  readonly widths: readonly [number, number]
  readonly gaps: readonly [number, number]
  /** From what the street asks for to the front wall. */
  readonly setback: number
  /** Houses are widened until the row has no hole. */
  readonly closed: boolean
}

export function lotsAlong(stand: Stand, front: Front, style: RowStyle): Lot[] {
  const bands = new Bands(stand.ground, front.axes)
  const y = front.from + style.setback
  for (const depth of style.depths) {
    const lots = bands
      .spans(y, y + depth, { shortest: style.widths[0], gap: style.gaps[0] })
      .map(([from, to]): Span => [Math.max(from, 0), Math.min(to, front.length)])
      .flatMap(span => divide(stand, span, style))
      .map(([from, to]) => ({ axes: front.axes, x: from, y, width: to - from, depth }))
    if (lots.length > 0) return lots
  }
  return []
}

function divide(stand: Stand, [from, to]: Span, { widths, gaps, closed }: RowStyle): Span[] {
  const { random } = stand
  const between = (range: readonly [number, number]) => range[0] + random.next() * (range[1] - range[0])
  const pieces: Span[] = []
  let x = from
  while (x + widths[0] <= to) {
    const width = Math.min(between(widths), to - x)
    pieces.push([x, x + width])
    x += width + between(gaps)
  }
  if (!closed || pieces.length === 0) return pieces
  const end = pieces.at(-1)![1]
  const stretch = (to - from) / (end - from)
  // Gaps stay as they are; houses take the rest, up to a quarter more.
  if (stretch > 1.25) return pieces
  const gap = gaps[0]
  return pieces.map(([a, b], i) => {
    const start = from + (a - from) * stretch
    const next = pieces[i + 1]
    return [start, next ? from + (next[0] - from) * stretch - gap : from + (b - from) * stretch]
  })
}

export interface InsideStyle extends RowStyle {
  /** Behind the houses, and between them and whatever stands along the streets. */
  readonly yard: number
  /** What the houses along the streets need, from where one may build. */
  readonly rim: number
  readonly most: number
}

/**
 * Lots on both sides of lanes through the middle of a block, lanes leading to a street where they meet one. Lots south of
 * a lane look north, lots north of it look south. Called before the streets' own houses stand, which leave the lanes open.
 */
export function lotsInside(stand: Stand, angle: number, style: InsideStyle): Lot[] {
  const { ground } = stand
  const bands = new Bands(ground, ground.axes(angle))
  const depth = style.depths[0]!
  const front = style.setback + PATH_METRES + 0.5
  const half = depth + front
  const need = { shortest: style.widths[0] * 1.5, margin: 0.5, fromStreet: style.rim + style.yard }
  const lots: Lot[] = []
  for (const row of rowsAcross(bands, 2 * half, style.yard, need).slice(0, style.most)) {
    const y = row + half
    for (const span of bands.spans(row, row + 2 * half, need)) {
      laneToStreet(stand, bands, span, y, 'footway', PATH_METRES, style.rim + style.yard + 12)
      for (const turn of [0, Math.PI]) {
        const axes = new Axes(bands.axes.world(0, y), angle + turn)
        for (const [from, to] of divide(stand, turn === 0 ? span : [-span[1], -span[0]], style))
          lots.push({ axes, x: from, y: front, width: to - from, depth })
      }
    }
  }
  return lots
}

/** Along the span, and on to the street at either end where there is one within reach and nothing in between. */
export function laneToStreet(
  stand: Stand,
  { ground, axes }: Bands,
  [from, to]: Span,
  y: number,
  kind: RoadClass,
  halfWidth: number,
  reach: number,
): void {
  let west: Point = [from, y]
  let east: Point = [to, y]
  for (const edge of ground.edges) {
    if (!isRoad(edge)) continue
    const a = axes.local(edge.a)
    const b = axes.local(edge.b)
    if (a[1] > y === b[1] > y) continue
    const x = a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0])
    if (x < from && from - x < reach) west = [x, y]
    if (x > to && x - to < reach) east = [x, y]
  }
  const tries: (readonly [Point, Point])[] = [
    [west, east],
    [[from, y], east],
    [west, [to, y]],
    [
      [from, y],
      [to, y],
    ],
  ]
  for (const [a, b] of tries) if (stand.path(kind, [axes.world(...a), axes.world(...b)], halfWidth)) return
}
