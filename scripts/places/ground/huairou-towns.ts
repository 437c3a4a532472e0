// Which town every cell of Huairou belongs to.
import type { Frame, Random } from '../place.ts'
import { balance } from './grow-balance.ts'
import { takeWholeBlocks } from './grow-blocks.ts'
import { grow } from './grow-front.ts'
import { cellAt, cellsAlong, type Metres, middleOf, OUTSIDE } from './grow-raster.ts'
import { broaden, tidy } from './grow-tidy.ts'
import type { NamedTown } from './huairou-names.ts'
import { type Degrees, TOWN_GROUND } from './huairou-places.ts'
import { inTheMiddle, placeSeeds, type Wish, wantedAt } from './huairou-seeds.ts'
import { costOf, type Terrain } from './huairou-terrain.ts'

/** A river's crossing costs a town so many metres of way. */
const TOWN_CROSSING = 4000

export interface Ground {
  readonly terrain: Terrain
  readonly inside: Int32Array
}

export const metresOf = (frame: Frame, [longitude, latitude]: Degrees): Metres =>
  frame.metres([Math.round(longitude * 1e7), Math.round(latitude * 1e7)])

export const blocksOf = ({ terrain: { raster, blocks, river } }: Ground) => ({
  raster,
  blocks,
  parting: river,
})

export function cellsOf(labels: Int32Array): Map<number, number[]> {
  const cells = new Map<number, number[]>()
  labels.forEach((label, at) => {
    if (label === OUTSIDE) return
    const list = cells.get(label)
    if (list) list.push(at)
    else cells.set(label, [at])
  })
  return cells
}

export interface Towns {
  readonly coarse: Int32Array
  readonly fine: Int32Array
  /** Metres. */
  readonly seats: readonly Metres[]
}

export function growTowns(
  named: readonly NamedTown[],
  coarse: Ground,
  fine: Ground,
  frame: Frame,
  scale: number,
  random: Random,
): Towns {
  const finer = Math.max(1, scale) ** 0.5
  const courses: Metres[][] = []
  for (const town of named) {
    const known = TOWN_GROUND[town.name]
    if (!known) continue
    const [seat, ...others] = known.course.map(point => metresOf(frame, point))
    courses.push([seat!, ...others.map(at => towards(seat!, at, 1 / finer))])
  }
  const real = courses.length
  const share = coarse.inside.reduce((sum, inside) => sum + (inside === OUTSIDE ? 0 : 1), 0)
  const invented = named.length - real
  if (invented > 0) {
    const cells = cellsOf(coarse.inside).get(0)!
    const wishes: Wish[] = [
      ...courses.map(([point]) => ({ point: point!, near: null, community: true })),
      ...Array.from({ length: invented }, () => ({ point: null, near: null, community: false })),
    ]
    const apart = { finer: finer / 4, communityArea: 4, start: courses[0]![0]! }
    const seeds = placeSeeds(wishes, cells, coarse.terrain, apart, random)
    for (const { at } of seeds.slice(real)) courses.push([middleOf(coarse.terrain.raster, at)])
  }
  const weights = named.map((town, i) => {
    const known = TOWN_GROUND[town.name]
    if (known) return known.area / Math.max(1, scale)
    const at = cellAt(coarse.terrain.raster, courses[i]![0]!)
    return (18 * wantedAt(coarse.terrain, at)) / Math.max(1, scale)
  })
  const sum = weights.reduce((a, b) => a + b, 0)
  const seedsIn = ({ terrain, inside }: Ground) =>
    courses.map(course =>
      course.length === 1
        ? [cellAt(terrain.raster, course[0]!)]
        : cellsAlong(course, terrain.raster).filter(at => inside[at] !== OUTSIDE),
    )
  const growthIn = (ground: Ground, speed: Float64Array) => ({
    raster: ground.terrain.raster,
    group: ground.inside,
    cost: costOf(ground.terrain, TOWN_CROSSING / ground.terrain.raster.cell),
    seeds: seedsIn(ground),
    speed,
  })
  const { seeds, speed } = balance({
    growth: growthIn(coarse, new Float64Array(named.length).fill(1)),
    wanted: weights.map(weight => (share * weight) / sum),
    passes: invented > 0 ? 14 : 9,
    settle: (town, covered) => (town < real ? undefined : inTheMiddle(covered, coarse.terrain)),
  })
  for (let town = real; town < named.length; town++)
    courses[town] = [middleOf(coarse.terrain.raster, seeds[town]![0]!)]
  const settle = (ground: Ground): Int32Array => {
    const growth = growthIn(ground, speed)
    const labels = grow(growth)
    takeWholeBlocks(labels, ground.inside, growth.seeds, blocksOf(ground))
    const kept = courses.map(course => cellAt(ground.terrain.raster, course[0]!))
    broaden(labels, ground.inside, kept, 4, ground.terrain.raster)
    tidy(labels, ground.inside, kept, ground.terrain.raster)
    return labels
  }
  const labels = settle(fine)
  return { fine: labels, coarse: thinOut(labels, fine, coarse), seats: courses.map(([seat]) => seat!) }
}

const towards = ([ax, ay]: Metres, [bx, by]: Metres, part: number): Metres => [
  ax + (bx - ax) * part,
  ay + (by - ay) * part,
]

/** Labels of the fine raster, seen from the coarse one. */
function thinOut(labels: Int32Array, fine: Ground, coarse: Ground): Int32Array {
  return coarse.inside.map((inside, at) => {
    if (inside === OUTSIDE) return OUTSIDE
    const below = cellAt(fine.terrain.raster, middleOf(coarse.terrain.raster, at))
    return below === OUTSIDE ? OUTSIDE : labels[below]!
  })
}
