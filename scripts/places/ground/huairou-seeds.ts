// Where villages and communities begin: at their real points where known, else spread over their town's valleys.
import type { Random } from '../place.ts'
import { cellAt, type Metres, middleOf } from './grow-raster.ts'
import type { Terrain } from './huairou-terrain.ts'

export interface Seed {
  readonly at: number
  /** At its real point: it stays there. */
  readonly fixed: boolean
}

export interface Wish {
  readonly point: Metres | null
  /** Keeps near to this, within so many metres; where the town reaches so far. */
  readonly near: { readonly point: Metres; readonly reach: number } | null
  readonly community: boolean
}

/** Square kilometres that a village takes before all are fitted into the town, at full size. */
const IN_PLAIN = 2.2
const IN_MOUNTAINS = 8

export const wantedAt = (terrain: Terrain, at: number): number => {
  const plain = terrain.plain[at]!
  return IN_PLAIN * plain + IN_MOUNTAINS * (1 - plain)
}

/**
 * A seed for each wish, in cells of one town. `finer`: how many times nearer to each other than at full size;
 * `communityArea` in square kilometres.
 */
export function placeSeeds(
  wishes: readonly Wish[],
  cells: readonly number[],
  terrain: Terrain,
  { finer, communityArea, start }: { finer: number; communityArea: number; start: Metres },
  random: Random,
): Seed[] {
  const { raster } = terrain
  const own = new Set(cells)
  const placed: { at: number; middle: Metres; spacing: number }[] = []
  const seeds: (Seed | undefined)[] = wishes.map(() => undefined)
  const spacingAt = (at: number, community: boolean) =>
    1000 * Math.sqrt(community ? communityArea : wantedAt(terrain, at) / finer ** 2)
  const room = (middle: Metres, spacing: number) =>
    Math.min(
      Infinity,
      ...placed.map(
        other =>
          Math.hypot(other.middle[0] - middle[0], other.middle[1] - middle[1]) /
          (0.5 * (spacing + other.spacing)),
      ),
    )
  const put = (wish: number, at: number, fixed: boolean) => {
    seeds[wish] = { at, fixed }
    placed.push({ at, middle: middleOf(raster, at), spacing: spacingAt(at, wishes[wish]!.community) })
  }
  wishes.forEach(({ point, community }, i) => {
    const at = point && cellAt(raster, point)
    if (at === null || !own.has(at) || terrain.river[at]) return
    if (room(middleOf(raster, at), spacingAt(at, community)) > (community ? 0.3 : 0.35))
      put(i, at, !community)
  })
  const free = cells.filter(at => !terrain.river[at])
  const pool = free.length > wishes.length ? free : cells
  const chances = pool.map(at => (1 - 0.95 * terrain.relief[at]!) ** 3 / wantedAt(terrain, at))
  const drawOf = (from: readonly number[], weights: readonly number[]) => {
    const sums: number[] = []
    let sum = 0
    for (const weight of weights) {
      sum += weight
      sums.push(sum)
    }
    return () => {
      const value = random.next() * sum
      let low = 0
      let high = sums.length - 1
      while (low < high) {
        const middle = (low + high) >> 1
        if (sums[middle]! <= value) low = middle + 1
        else high = middle
      }
      return from[low]!
    }
  }
  const anywhere = drawOf(pool, chances)
  const best = (draw: () => number, community: boolean) => {
    let found = -1
    let most = 0
    for (let trial = 0; trial < 24; trial++) {
      const at = draw()
      const here = room(middleOf(raster, at), spacingAt(at, community))
      if (here <= most) continue
      most = here
      found = at
    }
    const taken = new Set(placed.map(other => other.at))
    return found >= 0 ? found : pool.find(at => !taken.has(at))!
  }
  wishes.forEach(({ near, community }, i) => {
    if (!near || seeds[i]) return
    const within = pool.filter(at => {
      const [x, y] = middleOf(raster, at)
      return Math.hypot(x - near.point[0], y - near.point[1]) < near.reach
    })
    const draw =
      within.length < 4
        ? anywhere
        : drawOf(
            within,
            within.map(() => 1),
          )
    put(i, best(draw, community), false)
  })
  // The rest without names first; then names walk from neighbour to neighbour, as codes do.
  const open = wishes.flatMap((_, i) => (seeds[i] ? [] : [i]))
  const spots = open.map(() => {
    const at = best(anywhere, false)
    placed.push({ at, middle: middleOf(raster, at), spacing: spacingAt(at, false) })
    return at
  })
  let here = start
  for (const i of open) {
    const away = (at: number) =>
      Math.hypot(middleOf(raster, at)[0] - here[0], middleOf(raster, at)[1] - here[1])
    const next = spots.reduce((least, at, k) => (away(at) < away(spots[least]!) ? k : least), 0)
    const [at] = spots.splice(next, 1)
    here = middleOf(raster, at!)
    seeds[i] = { at: at!, fixed: false }
  }
  return seeds.map(seed => seed!)
}

/** A low cell near the middle of what a region covers. */
export function inTheMiddle(
  covered: readonly number[],
  { raster, relief, river }: Terrain,
): number | undefined {
  let x = 0
  let y = 0
  for (const at of covered) {
    x += at % raster.width
    y += Math.floor(at / raster.width)
  }
  x /= covered.length
  y /= covered.length
  const reach = Math.sqrt(covered.length) / 2
  let best: number | undefined
  let least = Infinity
  for (const at of covered) {
    if (river[at]) continue
    const away = Math.hypot((at % raster.width) - x, Math.floor(at / raster.width) - y) / reach
    const badness = away + 2.5 * relief[at]!
    if (badness >= least) continue
    least = badness
    best = at
  }
  return best
}
