// Fields in plots: an outline divided by straight baulks, each as wide as a person walks.
import type { Random } from '../place.ts'
import { Axes, areaOf, between, contains, distance, type Outline, type Point } from './plane.ts'

const BAULK_METRES = 1.6
/** A baulk ends at least this far from a corner. */
const CORNER_METRES = 1.5
const SMALLEST = 500

/** `angle` is the direction of the long sides. */
export function plotsOf(outline: Outline, angle: number, size: number, random: Random): Outline[] {
  const done: Outline[] = []
  const open: Outline[] = [outline]
  while (open.length > 0) {
    const piece = open.pop()!
    const halves = areaOf(piece) > size * 1.5 ? halve(piece, angle, random) : null
    if (halves) open.push(...halves)
    else done.push(piece)
  }
  return done
}

function halve(outline: Outline, angle: number, random: Random): readonly [Outline, Outline] | null {
  const along = new Axes(outline[0]!, angle)
  const across = new Axes(outline[0]!, angle + Math.PI / 2)
  const height = extent(outline, along)
  const width = extent(outline, across)
  // Strips are three times as long as wide before they are cut across.
  const first = width[1] - width[0] > 3.2 * (height[1] - height[0])
  const ways: (readonly [Axes, readonly [number, number]])[] = [
    [along, height],
    [across, width],
  ]
  for (const [axes, [low, high]] of first ? ways.toReversed() : ways)
    for (const share of [0.5, 0.42, 0.58]) {
      const halves = cutAlong(outline, axes, low + (high - low) * (share + (random.next() - 0.5) * 0.06))
      if (halves) return halves
    }
  return null
}

const extent = (outline: Outline, axes: Axes): readonly [number, number] => {
  const ys = outline.map(p => axes.local(p)[1])
  return [Math.min(...ys), Math.max(...ys)]
}

/** The two sides of a baulk along y; null where it would make something small or ragged. */
function cutAlong(outline: Outline, axes: Axes, y: number): readonly [Outline, Outline] | null {
  const lower = cut(outline, axes, y - BAULK_METRES / 2)
  if (!lower) return null
  const upper = cut(lower.above, axes, y + BAULK_METRES / 2)
  if (!upper) return null
  const baulk = areaOf(upper.below)
  if (baulk > lower.length * BAULK_METRES * 2.5) return null
  if (areaOf(lower.below) < SMALLEST || areaOf(upper.above) < SMALLEST) return null
  return [lower.below, upper.above]
}

/** Along the longest chord at y. */
function cut(
  outline: Outline,
  axes: Axes,
  y: number,
): { readonly below: Outline; readonly above: Outline; readonly length: number } | null {
  const hits: { readonly at: Point; readonly x: number; readonly after: number }[] = []
  for (let i = 0; i < outline.length; i++) {
    const a = axes.local(outline[i]!)
    const b = axes.local(outline[(i + 1) % outline.length]!)
    if (a[1] > y === b[1] > y) continue
    const share = (y - a[1]) / (b[1] - a[1])
    const at = between(outline[i]!, outline[(i + 1) % outline.length]!, share)
    hits.push({ at, x: a[0] + (b[0] - a[0]) * share, after: i })
  }
  hits.sort((p, q) => p.x - q.x)
  let west = -1
  for (let i = 0; i + 1 < hits.length; i++) {
    const length = hits[i + 1]!.x - hits[i]!.x
    if (west >= 0 && length <= hits[west + 1]!.x - hits[west]!.x) continue
    if (contains(outline, between(hits[i]!.at, hits[i + 1]!.at, 0.5))) west = i
  }
  if (west < 0) return null
  const [p, q] = [hits[west]!, hits[west + 1]!]
  for (const { at, after } of [p, q])
    for (const corner of [outline[after]!, outline[(after + 1) % outline.length]!])
      if (distance(at, corner) < CORNER_METRES) return null
  const walk = (from: typeof p, to: typeof p): Outline => {
    const points: Point[] = [from.at]
    for (let i = (from.after + 1) % outline.length; ; i = (i + 1) % outline.length) {
      points.push(outline[i]!)
      if (i === to.after) break
    }
    return [...points, to.at]
  }
  // Counter-clockwise from the eastern end back to the western one: what lies above.
  return { above: walk(q, p), below: walk(p, q), length: q.x - p.x }
}
