// Gives growing regions the speeds and places at which their areas come near to what is wanted.
import { type Growth, grow } from './grow-front.ts'
import { OUTSIDE } from './grow-raster.ts'

export interface Balance {
  readonly growth: Growth
  /** Cells wanted, by region. */
  readonly wanted: readonly number[]
  readonly passes: number
  /** The place that a region prefers to its seed, now that it covers these cells; undefined: it stays. */
  readonly settle?: (label: number, cells: readonly number[]) => number | undefined
}

const SLOWEST = 0.12
const FASTEST = 5

/** Speeds and seeds after some rounds of growing, measuring and correcting. */
export function balance({ growth, wanted, passes, settle }: Balance): {
  seeds: (readonly number[])[]
  speed: Float64Array
} {
  const speed = growth.speed.slice()
  let seeds = growth.seeds.slice()
  for (let pass = 0; pass < passes; pass++) {
    const labels = grow({ ...growth, seeds, speed })
    const cells: number[][] = wanted.map(() => [])
    labels.forEach((label, at) => {
      if (label !== OUTSIDE) cells[label]!.push(at)
    })
    cells.forEach((covered, label) => {
      const ratio = wanted[label]! / Math.max(1, covered.length)
      const step = Math.max(0.6, Math.min(1.6, ratio ** 0.5))
      speed[label] = Math.max(SLOWEST, Math.min(FASTEST, speed[label]! * step))
    })
    if (settle && pass < passes - 1)
      seeds = seeds.map((own, label) => {
        const better = settle(label, cells[label]!)
        return better === undefined ? own : [better]
      })
  }
  return { seeds, speed }
}
