// Polygons of a file as clean shapes on the lattice: taken as they are when sound, put right when not, or refused.
import type { MultiPolygon } from 'geojson'
import { orient2d } from 'robust-predicates'
import {
  areaSquareMetres,
  canonicalRing,
  cleanOutline,
  isRefusal,
  LATTICE,
  type Shape,
} from '../../core/topology/index.ts'
import type { Reason, SourceShape } from './source-feature.ts'

export interface Ground {
  readonly shape: Shape
  /** What had to be put right, in the kernel's words. */
  readonly repairs: readonly string[]
  /** Of what was put right. */
  readonly sizes: Sizes | null
}
/** Square metres. */
export interface Sizes {
  readonly before: number
  readonly after: number
}

/** Without the closing position and without positions that repeat the one before. */
export function trimmed(flat: readonly number[]): number[] {
  const ring: number[] = []
  let n = 0
  for (let i = 0; i < flat.length; i += 2)
    if (n === 0 || ring[n - 2] !== flat[i] || ring[n - 1] !== flat[i + 1])
      n = ring.push(flat[i]!, flat[i + 1]!)
  while (n > 2 && ring[0] === ring[n - 2] && ring[1] === ring[n - 1]) n -= 2
  ring.length = n
  return ring
}

const FEW_EDGES = 16

/** Whether no two edges of the ring meet other than neighbours in their common position. */
export function isSimple(ring: readonly number[]): boolean {
  const n = ring.length / 2
  if (n < 3) return false
  const x = (i: number) => ring[2 * (i % n)]!
  const y = (i: number) => ring[2 * (i % n) + 1]!
  const turn = (a: number, b: number, c: number) => orient2d(x(a), y(a), x(b), y(b), x(c), y(c))
  const within = (a: number, b: number, c: number) =>
    Math.min(x(a), x(b)) <= x(c) &&
    x(c) <= Math.max(x(a), x(b)) &&
    Math.min(y(a), y(b)) <= y(c) &&
    y(c) <= Math.max(y(a), y(b))
  const order = Array.from({ length: n }, (_, i) => i)
  // Of a few edges it is quicker to look at all pairs than to sort them.
  const few = n <= FEW_EDGES
  if (!few) order.sort((a, b) => Math.min(x(a), x(a + 1)) - Math.min(x(b), x(b + 1)))
  let active: number[] = []
  for (const a of order) {
    const west = Math.min(x(a), x(a + 1))
    const south = Math.min(y(a), y(a + 1))
    const north = Math.max(y(a), y(a + 1))
    if (!few) active = active.filter(b => Math.max(x(b), x(b + 1)) >= west)
    for (const b of active) {
      if (Math.max(y(b), y(b + 1)) < south || Math.min(y(b), y(b + 1)) > north) continue
      const next = (a + 1) % n === b ? a : (b + 1) % n === a ? b : -1
      if (next >= 0) {
        // Neighbours: only a spike, which turns back over itself, is wrong.
        const p = next
        const q = next + 1
        const r = next + 2
        if (turn(p, q, r) === 0 && (x(p) - x(q)) * (x(r) - x(q)) + (y(p) - y(q)) * (y(r) - y(q)) > 0)
          return false
        continue
      }
      if (few && (Math.max(x(b), x(b + 1)) < west || Math.min(x(b), x(b + 1)) > Math.max(x(a), x(a + 1))))
        continue
      const c = turn(a, a + 1, b)
      const d = turn(a, a + 1, b + 1)
      const e = turn(b, b + 1, a)
      const f = turn(b, b + 1, a + 1)
      if (c > 0 !== d > 0 && e > 0 !== f > 0 && c !== 0 && d !== 0 && e !== 0 && f !== 0) return false
      if (
        (c === 0 && within(a, a + 1, b)) ||
        (d === 0 && within(a, a + 1, b + 1)) ||
        (e === 0 && within(b, b + 1, a)) ||
        (f === 0 && within(b, b + 1, a + 1))
      )
        return false
    }
    active.push(a)
  }
  return true
}

export function inDegrees(parts: SourceShape['parts']): MultiPolygon {
  return {
    type: 'MultiPolygon',
    coordinates: parts.map(rings =>
      rings.map(flat => {
        const positions: [number, number][] = []
        for (let i = 0; i < flat.length; i += 2) positions.push([flat[i]! / LATTICE, flat[i + 1]! / LATTICE])
        if (positions.length > 0) positions.push(positions[0]!)
        return positions
      }),
    ),
  }
}

const TOO_SMALL: Reason = {
  code: 'too-small',
  zh: '面积太小或不足三个点，没有面',
  en: 'has fewer than three positions or no extent, so no area',
}

/** What nobody but the owner of the file can put right. */
const WRONG: Record<string, { zh: string; en: string }> = {
  'self-crossing': {
    zh: '边界自相交，无法判断哪一侧是面',
    en: 'has an outline that crosses itself, so that nobody knows which side is meant',
  },
  'too-narrow': {
    zh: '边界过于狭窄，无法保留',
    en: 'has an outline too narrow to hold',
  },
  'bad-geometry': {
    zh: '面无效：洞在面外、各部分重叠，或没有面积',
    en: 'is no valid area: a hole lies outside, parts overlap, or nothing of it has an extent',
  },
}

/**
 * `strict`: grids are cut from it, so the kernel's own cleaning has the last word even on what looks sound. A crossing
 * outline is refused, not guessed at: nobody knows which side was meant.
 */
export function groundOf(source: SourceShape, strict = false): Ground | Reason {
  if (source.kind !== 'polygon') return { code: 'wrong-geometry', zh: '不是面', en: 'is no polygon' }
  const parts = source.parts.map(rings => rings.map(trimmed)).filter(rings => (rings[0]?.length ?? 0) >= 6)
  if (parts.length === 0) return TOO_SMALL
  const [only] = parts
  if (!strict && parts.length === 1 && only!.length === 1 && isSimple(only![0]!))
    return { shape: [[canonicalRing(only![0]!, false)]], repairs: [], sizes: null }
  const cleaned = cleanOutline(inDegrees(parts))
  if (isRefusal(cleaned)) {
    const place = cleaned.place?.map(step => step / LATTICE).join(', ') ?? '?'
    const why = WRONG[cleaned.refused] ?? WRONG['bad-geometry']!
    return { code: cleaned.refused, zh: `${why.zh}（位置 ${place}）`, en: `${why.en} (at ${place})` }
  }
  if (cleaned.shape.length === 0) return TOO_SMALL
  const harmless = new Set(['closed', 'snapped', 'turned'])
  const repairs = cleaned.changes.map(change => change.what).filter(what => !harmless.has(what))
  if (repairs.length === 0) return { shape: cleaned.shape, repairs, sizes: null }
  const sizes = { before: sizeAsItCame(source.parts), after: areaSquareMetres(cleaned.shape) }
  return { shape: cleaned.shape, repairs, sizes }
}

/** Outer rings less their holes, whichever way round they are drawn. */
function sizeAsItCame(parts: SourceShape['parts']): number {
  const sizeOf = (ring: readonly number[] | undefined) =>
    ring === undefined || ring.length < 6 ? 0 : areaSquareMetres([[ring]])
  return parts.reduce(
    (sum, [outer, ...holes]) => sum + sizeOf(outer) - holes.reduce((less, hole) => less + sizeOf(hole), 0),
    0,
  )
}
