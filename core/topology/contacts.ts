// Finds where the segments of many rings come too near: crossings, vertices on or within half a step of a segment.
import Flatbush from 'flatbush'
import { meetsPixel, orient } from './exact.ts'
import type { Points } from './points.ts'

export interface Contact {
  readonly kind: 'crossing' | 'vertex-on-segment' | 'vertex-near-segment'
  /** The segment that is met. */
  readonly segment: number
  /** The other segment (crossing), or the vertex (point number). */
  readonly other: number
}

/**
 * All contacts among segments a[i]-b[i] (point numbers, no segment twice); ends that are shared are no contact. Stops
 * when `report` answers false.
 */
export const findContacts = (
  points: Points,
  a: readonly number[],
  b: readonly number[],
  report: (contact: Contact) => boolean | undefined,
): void => {
  const n = a.length
  if (n === 0) return
  const index = new Flatbush(n, 16, Int32Array)
  for (let s = 0; s < n; s++) {
    const ax = points.x(a[s]!)
    const ay = points.y(a[s]!)
    const bx = points.x(b[s]!)
    const by = points.y(b[s]!)
    index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))
  }
  index.finish()
  const seen = new Set<number>()
  let stopped = false
  for (let s = 0; s < n && !stopped; s++) {
    const sa = a[s]!
    const sb = b[s]!
    const ax = points.x(sa)
    const ay = points.y(sa)
    const bx = points.x(sb)
    const by = points.y(sb)
    seen.clear()
    const near = (v: number): boolean => {
      if (v === sa || v === sb) return false
      const vx = points.x(v)
      const vy = points.y(v)
      if (!meetsPixel(ax, ay, bx, by, vx, vy)) return false
      if (!seen.has(v)) {
        seen.add(v)
        const kind = orient(ax, ay, bx, by, vx, vy) === 0 ? 'vertex-on-segment' : 'vertex-near-segment'
        if (report({ kind, segment: s, other: v }) === false) stopped = true
      }
      return true
    }
    index.search(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by), t => {
      if (t === s || stopped) return false
      const ta = a[t]!
      const tb = b[t]!
      near(ta)
      near(tb)
      if (t < s || ta === sa || ta === sb || tb === sa || tb === sb) return false
      const cx = points.x(ta)
      const cy = points.y(ta)
      const dx = points.x(tb)
      const dy = points.y(tb)
      const c = orient(ax, ay, bx, by, cx, cy)
      const d = orient(ax, ay, bx, by, dx, dy)
      if (!((c > 0 && d < 0) || (c < 0 && d > 0))) return false
      const e = orient(cx, cy, dx, dy, ax, ay)
      const f = orient(cx, cy, dx, dy, bx, by)
      if ((e > 0 && f < 0) || (e < 0 && f > 0)) {
        if (report({ kind: 'crossing', segment: s, other: t }) === false) stopped = true
      }
      return false
    })
  }
}
