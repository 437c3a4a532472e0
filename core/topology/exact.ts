// Exact decisions about lattice points: which side, which pixel, where two segments cross once rounded.
import { orient2d } from 'robust-predicates'

/** Products of integers stay exact in doubles up to here. */
const EXACT = 2 ** 53

/** Twice the signed area of abc: positive when c lies left of a→b. The sign is exact; so is the value below 2^53. */
export const orient = (ax: number, ay: number, bx: number, by: number, cx: number, cy: number): number => {
  const left = (bx - ax) * (cy - ay)
  const right = (by - ay) * (cx - ax)
  if (Math.abs(left) + Math.abs(right) <= EXACT) return left - right
  // robust-predicates counts y downwards.
  return -orient2d(ax, ay, bx, by, cx, cy)
}

const crossBig = (ax: number, ay: number, bx: number, by: number): bigint =>
  BigInt(ax) * BigInt(by) - BigInt(ay) * BigInt(bx)

/**
 * Does the segment a-b meet the pixel of v, the half-open square of one step around it? Half-open like the rounding
 * `floor(x + ½)`, so a point on the seam of two pixels belongs to exactly one (Hobby 1999, snap rounding).
 */
export const meetsPixel = (
  ax: number,
  ay: number,
  bx: number,
  by: number,
  vx: number,
  vy: number,
): boolean => {
  if (ax < bx ? vx < ax || vx > bx : vx < bx || vx > ax) return false
  if (ay < by ? vy < ay || vy > by : vy < by || vy > ay) return false
  const dx = bx - ax
  const dy = by - ay
  const reach = Math.abs(dx) + Math.abs(dy)
  const left = dx * (vy - ay)
  const right = dy * (vx - ax)
  let twice = 2 * (left - right)
  const size = Math.abs(left) + Math.abs(right)
  if (size > EXACT / 2) {
    if (Math.abs(twice) > reach + size * 2 ** -50) return false
    twice = Number(2n * crossBig(dx, dy, vx - ax, vy - ay))
  }
  const above = twice + reach
  const below = twice - reach
  return (
    (above > 0 || (above === 0 && dx <= 0 && dy >= 0)) && (below < 0 || (below === 0 && dx >= 0 && dy <= 0))
  )
}

/** Where along p→q the line a-b is met, as a fraction n/d with d > 0. Not for parallels. */
const fraction = (
  px: number,
  py: number,
  qx: number,
  qy: number,
  ax: number,
  ay: number,
  bx: number,
  by: number,
): { n: bigint; d: bigint } => {
  const d = crossBig(qx - px, qy - py, bx - ax, by - ay)
  const n = crossBig(ax - px, ay - py, bx - ax, by - ay)
  return d < 0n ? { n: -n, d: -d } : { n, d }
}

const floorDivide = (n: bigint, d: bigint): bigint => (n >= 0n ? n / d : -((-n + d - 1n) / d))

/** A place on a directed segment p→q: an exact fraction when asked for, a double for the quick decisions. */
export class Along {
  private exactly: { n: bigint; d: bigint } | undefined
  /** Within 1e-9 of the truth for segments below 2^26 steps, within 1e-6 always. */
  readonly t: number

  private constructor(
    t: number,
    exactly?: { n: bigint; d: bigint },
    private readonly later?: () => { n: bigint; d: bigint },
  ) {
    this.t = t
    this.exactly = exactly
  }

  /** The lattice point v, which lies on p→q. */
  static at(px: number, py: number, qx: number, qy: number, vx: number, vy: number): Along {
    const wide = Math.abs(qx - px) >= Math.abs(qy - py)
    let n = wide ? vx - px : vy - py
    let d = wide ? qx - px : qy - py
    if (d < 0) {
      n = -n
      d = -d
    }
    return new Along(n / d, undefined, () => ({ n: BigInt(n), d: BigInt(d) }))
  }

  /** The proper crossing of p→q with a-b. */
  static crossing(
    px: number,
    py: number,
    qx: number,
    qy: number,
    ax: number,
    ay: number,
    bx: number,
    by: number,
  ): Along {
    const d = (qx - px) * (by - ay) - (qy - py) * (bx - ax)
    const n = (ax - px) * (by - ay) - (ay - py) * (bx - ax)
    const size = Math.max(Math.abs(qx - px), Math.abs(qy - py), Math.abs(bx - ax), Math.abs(by - ay))
    const far = Math.max(Math.abs(ax - px), Math.abs(ay - py))
    if (size < 2 ** 26 && far < 2 ** 26)
      return new Along(n / d, undefined, () => fraction(px, py, qx, qy, ax, ay, bx, by))
    const exactly = fraction(px, py, qx, qy, ax, ay, bx, by)
    return new Along(Number((exactly.n << 60n) / exactly.d) / 2 ** 60, exactly)
  }

  get exact(): { n: bigint; d: bigint } {
    if (!this.exactly) this.exactly = this.later!()
    return this.exactly
  }

  compare(other: Along): number {
    const apart = this.t - other.t
    if (Math.abs(apart) > 1e-6) return apart
    const a = this.exact
    const b = other.exact
    const difference = a.n * b.d - b.n * a.d
    return difference < 0n ? -1 : difference > 0n ? 1 : 0
  }

  /** One coordinate of the place, rounded to the lattice with `floor(x + ½)`. */
  round(from: number, to: number): number {
    const value = from + (to - from) * this.t + 0.5
    const whole = Math.floor(value)
    const part = value - whole
    if (part > 1e-4 && part < 1 - 1e-4 && Math.abs(to - from) < 2 ** 26) return whole
    const { n, d } = this.exact
    return Number(floorDivide(2n * (BigInt(from) * d + BigInt(to - from) * n) + d, 2n * d))
  }
}

/** How far v lies from the segment a-b, in steps; plain doubles, for limits only. */
export const distanceToSegment = (
  vx: number,
  vy: number,
  ax: number,
  ay: number,
  bx: number,
  by: number,
): number => {
  const dx = bx - ax
  const dy = by - ay
  const square = dx * dx + dy * dy
  const t = square === 0 ? 0 : Math.min(1, Math.max(0, ((vx - ax) * dx + (vy - ay) * dy) / square))
  if (t > 0 && t < 1) return Math.abs(dx * (vy - ay) - dy * (vx - ax)) / Math.sqrt(square)
  return Math.hypot(vx - ax - t * dx, vy - ay - t * dy)
}
