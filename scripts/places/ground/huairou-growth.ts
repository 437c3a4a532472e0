// Which town and which site every cell of Huairou belongs to.
import type { Frame, Random } from '../place.ts'
import { balance } from './grow-balance.ts'
import { takeWholeBlocks } from './grow-blocks.ts'
import { grow } from './grow-front.ts'
import {
  cellAt,
  flood,
  insideOf,
  type Metres,
  middleOf,
  OUTSIDE,
  type Raster,
  rasterOver,
} from './grow-raster.ts'
import { broaden, tidy } from './grow-tidy.ts'
import { RIVERS, TRUNKS } from './huairou-courses.ts'
import type { NamedSite, NamedTown } from './huairou-names.ts'
import { type Degrees, PLAIN, TOWN_GROUND } from './huairou-places.ts'
import { inTheMiddle, placeSeeds, type Wish, wantedAt } from './huairou-seeds.ts'
import { costOf, meander, type Terrain, terrainOf } from './huairou-terrain.ts'
import { blocksOf, cellsOf, type Ground, growTowns, metresOf, type Towns } from './huairou-towns.ts'

/** A river's crossing costs a village so many metres of way. */
const VILLAGE_CROSSING = 25_000
/** Communities keep so near to their town's seat, metres; the villages that the city has swallowed to the city. */
const COMMUNITY_REACH = 1500
const CITY_REACH = 3300
const COARSER = 3
const RIVER_SWING = 900
const VALLEY_SWING = 1500

export interface GrownCounty {
  readonly terrain: Terrain
  readonly inside: Int32Array
  /** Site of every cell by its number in `sites`, OUTSIDE beyond the outline. */
  readonly labels: Int32Array
  readonly sites: readonly { readonly named: NamedSite; readonly town: number }[]
  /** Where each site was begun. */
  readonly seeds: readonly number[]
  /** Courses of the rivers, in the order of the table. */
  readonly rivers: readonly (readonly Metres[])[]
}

export function growCounty(
  outline: readonly Metres[],
  named: readonly NamedTown[],
  frame: Frame,
  scale: number,
  random: Random,
): GrownCounty {
  const finer = Math.max(1, scale) ** 0.5
  const metres = (point: Degrees) => metresOf(frame, point)
  const rivers = RIVERS.map(({ name, course }) => meander(course.map(metres), RIVER_SWING, random.fork(name)))
  const seatOf = (name: string) => TOWN_GROUND[name]!.course[0]!
  const terrainAt = terrainOf(
    {
      plain: PLAIN.map(metres),
      rivers,
      valleys: TRUNKS.map(({ name, over }) => {
        const stops = over.map(stop => metres(typeof stop === 'string' ? seatOf(stop) : stop))
        return meander(stops, VALLEY_SWING, random.fork(name))
      }),
      city: metres([116.632, 40.322]),
    },
    finer,
    random.fork('terrain'),
  )
  const cell = cellSize(scale)
  const groundAt = (size: number): Ground => {
    const raster = rasterOver(outline, size)
    const inside = insideOf(outline, raster)
    return { terrain: terrainAt(raster, inside), inside }
  }
  const coarse = groundAt(cell * COARSER)
  const fine = groundAt(cell)
  const towns = growTowns(named, coarse, fine, frame, scale, random.fork('towns'))
  return { ...growSites(named, towns, coarse, fine, frame, scale, random.fork('sites')), rivers }
}

/** Metres; finer where there are more and smaller regions. */
const cellSize = (scale: number) => (scale > 1 ? 50 / scale ** 0.35 : Math.min(120, 50 / scale ** 0.3))

const squareCells = (squareKilometres: number, raster: Raster) => (squareKilometres * 1e6) / raster.cell ** 2

function growSites(
  named: readonly NamedTown[],
  towns: Towns,
  coarse: Ground,
  fine: Ground,
  frame: Frame,
  scale: number,
  random: Random,
): Omit<GrownCounty, 'rivers'> {
  const { raster } = coarse.terrain
  const finer = Math.max(1, scale) ** 0.5
  const communityArea = 0.75 / finer
  const city = metresOf(frame, [116.632, 40.322])
  const cells = cellsOf(towns.coarse)
  const sites = named.flatMap((town, i) => town.sites.map(site => ({ named: site, town: i })))
  const seeds = named.flatMap((town, i) => {
    const mixed = town.sites.some(site => !site.community)
    const wishes = town.sites.map((site): Wish => {
      const community = site.community || site.urban
      const point = site.point && metresOf(frame, site.point)
      if (!mixed || !community) return { point, near: null, community }
      const near = site.community
        ? { point: towns.seats[i]!, reach: COMMUNITY_REACH }
        : { point: city, reach: CITY_REACH }
      return { point, near, community }
    })
    const own = greatestPiece(cells.get(i)!, towns.coarse, raster)
    const layout = { finer, communityArea, start: towns.seats[i]! }
    return placeSeeds(wishes, own, coarse.terrain, layout, random.fork(town.name))
  })
  const wanted = new Array<number>(sites.length).fill(0)
  for (let town = 0; town < named.length; town++) {
    const own = sites.flatMap((site, i) => (site.town === town ? [i] : []))
    const compact = (i: number) => sites[i]!.named.urban || sites[i]!.named.community
    const weight = (i: number) => wantedAt(coarse.terrain, seeds[i]!.at)
    const total = cells.get(town)!.length
    const villages = own.filter(i => !compact(i))
    const small = villages.length > 0 ? squareCells(communityArea, raster) : total / own.length
    const sum = villages.reduce((sum, i) => sum + weight(i), 0)
    const left = Math.max(total / 3, total - small * (own.length - villages.length))
    for (const i of own) wanted[i] = compact(i) ? small : (left * weight(i)) / sum
  }
  const mean = wanted.reduce((a, b) => a + b, 0) / wanted.length
  const costs = (ground: Ground) => costOf(ground.terrain, VILLAGE_CROSSING / ground.terrain.raster.cell)
  const growth = {
    raster,
    group: towns.coarse,
    cost: costs(coarse),
    seeds: seeds.map(({ at }) => [at]),
    speed: Float64Array.from(wanted, cells => (cells / mean) ** 0.5),
  }
  const { seeds: settled, speed } = balance({
    growth,
    wanted,
    passes: 8,
    settle: (label, covered) => (seeds[label]!.fixed ? undefined : inTheMiddle(covered, coarse.terrain)),
  })
  leaveEnclaves(settled, grow({ ...growth, seeds: settled, speed }), towns.coarse, raster)
  const own = settled.map(([at]) => nearestOf(middleOf(raster, at!), fine))
  const labels = grow({
    raster: fine.terrain.raster,
    group: towns.fine,
    cost: costs(fine),
    seeds: own.map(at => [at]),
    speed,
  })
  takeWholeBlocks(
    labels,
    towns.fine,
    own.map(at => [at]),
    blocksOf(fine),
  )
  broaden(labels, towns.fine, own, 2, fine.terrain.raster)
  tidy(labels, towns.fine, own, fine.terrain.raster)
  return { terrain: fine.terrain, inside: fine.inside, labels, sites, seeds: own }
}

/** A region that another one surrounds begins on the other's border instead. */
function leaveEnclaves(seeds: (readonly number[])[], labels: Int32Array, group: Int32Array, raster: Raster) {
  const sides = [-1, 1, -raster.width, raster.width]
  const besides = seeds.map(() => new Set<number>())
  labels.forEach((label, at) => {
    if (label !== OUTSIDE) for (const side of sides) besides[label]!.add(labels[at + side]!)
  })
  besides.forEach((around, label) => {
    around.delete(label)
    const [only] = around
    if (around.size !== 1 || only === OUTSIDE) return
    const [x, y] = middleOf(raster, seeds[label]![0]!)
    let least = Infinity
    const taken = new Set(seeds.flat())
    labels.forEach((other, at) => {
      if (other !== only || taken.has(at)) return
      const shared = sides.some(
        side => labels[at + side] !== label && labels[at + side] !== only && group[at + side] === group[at],
      )
      const [px, py] = middleOf(raster, at)
      const away = Math.hypot(px - x, py - y)
      if (!shared || away >= least) return
      least = away
      seeds[label] = [at]
    })
  })
}

const nearestOf = (middle: Metres, fine: Ground) => cellAt(fine.terrain.raster, middle)

/** Cells that hang together: a coarse raster may tear a town's ends off. */
function greatestPiece(cells: readonly number[], labels: Int32Array, raster: Raster): number[] {
  const seen = new Uint8Array(labels.length)
  let greatest: number[] = []
  for (const at of cells)
    if (!seen[at]) {
      const piece = flood(at, raster, next => labels[next] === labels[at], seen)
      if (piece.length > greatest.length) greatest = piece
    }
  return greatest
}
