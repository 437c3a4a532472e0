// Looks for segments of a changed map that cross or touch where they share no end.
import { orient } from './exact.ts'
import type { Points } from './points.ts'
import type { Region } from './region.ts'
import type { AddedSegment } from './snap.ts'

/** An end of a new segment that properly crosses another segment, or -1. Theory says never; we look all the same. */
export const findCrossing = (
  region: Region,
  points: Points,
  removed: ReadonlySet<number>,
  added: readonly AddedSegment[],
): number => {
  const cross = (a: number, b: number, c: number, d: number): boolean => {
    if (a === c || a === d || b === c || b === d) return false
    const ax = points.x(a)
    const ay = points.y(a)
    const bx = points.x(b)
    const by = points.y(b)
    const cx = points.x(c)
    const cy = points.y(c)
    const dx = points.x(d)
    const dy = points.y(d)
    if (Math.max(cx, dx) < Math.min(ax, bx) || Math.min(cx, dx) > Math.max(ax, bx)) return false
    if (Math.max(cy, dy) < Math.min(ay, by) || Math.min(cy, dy) > Math.max(ay, by)) return false
    const c1 = orient(ax, ay, bx, by, cx, cy)
    const d1 = orient(ax, ay, bx, by, dx, dy)
    if ((c1 > 0 && d1 > 0) || (c1 < 0 && d1 < 0)) return false
    const a1 = orient(cx, cy, dx, dy, ax, ay)
    const b1 = orient(cx, cy, dx, dy, bx, by)
    return !((a1 > 0 && b1 > 0) || (a1 < 0 && b1 < 0))
  }
  for (let i = 0; i < added.length; i++) {
    const { a, b } = added[i]!
    const ax = points.x(a)
    const ay = points.y(a)
    const bx = points.x(b)
    const by = points.y(b)
    let met = false
    region.index.search(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by), segment => {
      if (!met && segment < region.a.length && !removed.has(segment))
        met = cross(a, b, region.a[segment]!, region.b[segment]!)
      return false
    })
    if (met) return a
    for (let j = i + 1; j < added.length; j++) if (cross(a, b, added[j]!.a, added[j]!.b)) return a
  }
  return -1
}
