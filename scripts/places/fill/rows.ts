// Houses in a row: along the streets round a block, and along lanes through what is left inside.
import { Bands, type Span } from './bands.ts'
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
      .spans(y, y + depth, style.widths[0], 0, style.gaps[0])
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

/**
 * Rows of lots on both sides of lanes through the middle of a block, lanes leading to a street where they meet one. Lots
 * south of a lane look north, lots north of it look south.
 */
export function lotsInside(
  stand: Stand,
  angle: number,
  style: RowStyle & { readonly yard: number },
  wanted: (rows: number) => boolean = () => true,
): Lot[] {
  const { ground } = stand
  const bands = new Bands(ground, ground.axes(angle))
  const depth = style.depths[0]!
  const half = depth + style.setback + PATH_METRES + 0.5
  const lots: Lot[] = []
  let rows = 0
  for (let y = bands.low[1] + half; y + half < bands.high[1]; ) {
    const spans = bands.spans(y - half, y + half, style.widths[0] * 1.5, 0, style.yard)
    if (spans.length === 0) {
      y += 3
      continue
    }
    if (!wanted(++rows)) break
    for (const span of spans) {
      lane(stand, bands, span, y)
      const flipped = new Axes(bands.axes.world(0, y), angle + Math.PI)
      const straight = new Axes(bands.axes.world(0, y), angle)
      const front = style.setback + PATH_METRES + 0.5
      for (const [from, to] of divide(stand, span, style))
        lots.push({ axes: straight, x: from, y: front, width: to - from, depth })
      for (const [from, to] of divide(stand, [-span[1], -span[0]], style))
        lots.push({ axes: flipped, x: from, y: front, width: to - from, depth })
    }
    y += 2 * half + style.yard
  }
  return lots
}

/** Along the span, and on to the street at either end where there is one and nothing in between. */
function lane(stand: Stand, { ground, axes }: Bands, [from, to]: Span, y: number): void {
  let west: Point = [from, y]
  let east: Point = [to, y]
  for (const edge of ground.edges) {
    if (!isRoad(edge)) continue
    const a = axes.local(edge.a)
    const b = axes.local(edge.b)
    if (a[1] > y === b[1] > y) continue
    const x = a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0])
    if (x < from && from - x < 40) west = [x, y]
    if (x > to && x - to < 40) east = [x, y]
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
  for (const [a, b] of tries)
    if (stand.path('footway', [axes.world(...a), axes.world(...b)], PATH_METRES)) return
}
