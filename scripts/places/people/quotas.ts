// What each village of a place must come out with, so that every total of the place is exact.
import { areaSquareMetres } from '../../../core/topology/index.ts'
import { apportion } from '../../../server/registry/apportion.ts'
import type { Figures, GridFigures } from '../figures.ts'
import type { Quota, Random, Site, SpecialSite } from '../place.ts'
import { apportionBetween, apportionUpTo } from './apportion-between.ts'

export interface VillageQuota extends Quota {
  readonly addresses: number
  readonly organisations: number
  /** Of the organisations. */
  readonly factoryPremises: number
  readonly facilities: number
  readonly objects: number
  readonly matters: number
  readonly visits: number
  /** In the order of the place's staff figures. */
  readonly staff: readonly number[]
  readonly incidents: {
    readonly total: number
    readonly solved: number
    readonly answered: number
    readonly satisfied: number
  }
}

/** 001–199 are neighbourhood committees 居委会, 200–399 village committees 村委会. */
export const isCommunity = (code: string): boolean => Number(code.slice(9)) < 200

/** What a site of each ground weighs in people; area adds a little. */
const PEOPLE_OF = { town: 8000, plain: 1250, mountain: 520 }
const FACTORIES_OF = { town: 0.06, plain: 1.6, mountain: 0.12 }
/** A square kilometre of a development zone or an enterprise area has as many as so many people of a village. */
const PEOPLE_FOR_A_ZONE = 150_000
/** What is no factory follows people, more in towns. */
const TRADES_OF = { town: 1.4, plain: 1, mountain: 0.9 }

/**
 * Shares the figures out over all sites of the place; the same for the same random stream.
 * @param counts grids of levels 2 to 4 of each site, where they are settled already
 * @throws where a site would have no grids or nobody
 */
export function quotasOf(
  figures: Figures,
  sites: readonly Site[],
  random: Random,
  special: readonly SpecialSite[] = [],
  counts: readonly (readonly number[])[] | null = null,
): Map<string, VillageQuota> {
  const noise = (spread: number) => Math.exp(random.normal() * spread)
  const wish = sites.map(site => {
    const squareKilometres = areaSquareMetres(site.area) / 1e6
    return PEOPLE_OF[site.ground] * Math.max(0.05, squareKilometres) ** 0.2 * noise(0.22)
  })
  const grids =
    counts?.map(([two = 0, three = 0, four = 0]): GridFigures => [two, three, four]) ??
    gridsOf(figures, sites, wish)
  const persons = personsOf(figures, wish, grids)
  const households = apportionBetween(
    figures.households,
    persons.map((count, i) => count * noise(0.03) * (sites[i]!.ground === 'mountain' ? 1.08 : 1)),
    persons.map(count => Math.ceil(count / 5)),
    persons,
  )
  /** Shares by people, with a lean of their own. */
  const byPersons = (total: number, lean: (site: Site) => number, spread: number) =>
    apportion(
      total,
      persons.map((count, i) => count * lean(sites[i]!) * noise(spread)),
    )
  const trades = byPersons(
    figures.organisations - figures.factoryPremises,
    site => TRADES_OF[site.ground],
    0.2,
  )
  const factoryPremises = apportion(
    figures.factoryPremises,
    persons.map(
      (count, i) =>
        (count * FACTORIES_OF[sites[i]!.ground] + zonesIn(sites[i]!.code, special) * PEOPLE_FOR_A_ZONE) *
        noise(0.4),
    ),
  )
  const organisations = trades.map((count, i) => count + factoryPremises[i]!)
  const incidents = incidentsOf(figures, persons, noise)
  const staff = figures.staff.map(({ count, level, force }) => {
    if (count === null) return grids.map(of => (level === 1 ? 1 : of[(level ?? 2) - 2]!))
    const corridors = sites.map(site => piecesIn(site.code, special))
    const forCorridors = force === 'full-time' && corridors.some(pieces => pieces > 0)
    return apportion(count, forCorridors ? corridors : weightsOfStaff(level ?? 2, persons, grids))
  })
  const list = {
    addresses: byPersons(figures.addresses, () => 1, 0.08),
    facilities: byPersons(figures.facilities, site => (site.ground === 'town' ? 1.15 : 1), 0.15),
    objects: byPersons(figures.objects, site => (site.ground === 'town' ? 1.5 : 1), 0.12),
    matters: byPersons(figures.matters, () => 1, 0.2),
    visits: byPersons(figures.visits, () => 1, 0.15),
  }
  return new Map(
    sites.map((site, i): [string, VillageQuota] => [
      site.code,
      {
        persons: persons[i]!,
        households: households[i]!,
        grids: grids[i]!,
        addresses: list.addresses[i]!,
        organisations: organisations[i]!,
        factoryPremises: factoryPremises[i]!,
        facilities: list.facilities[i]!,
        objects: list.objects[i]!,
        matters: list.matters[i]!,
        visits: list.visits[i]!,
        staff: staff.map(counts => counts[i]!),
        incidents: incidents[i]!,
      },
    ]),
  )
}

const piecesIn = (site: string, special: readonly SpecialSite[]): number =>
  special
    .filter(({ kind }) => kind === 'street')
    .reduce((sum, { pieces }) => sum + pieces.filter(piece => piece.site === site).length, 0)

/** Square kilometres of development zones and enterprise areas in a site. */
const zonesIn = (site: string, special: readonly SpecialSite[]): number =>
  special
    .filter(({ kind }) => kind === 'development' || kind === 'enterprise')
    .flatMap(({ pieces }) => pieces.filter(piece => piece.site === site))
    .reduce((sum, { face }) => sum + areaSquareMetres([[face.ring.flat()]]) / 1e6, 0)

/** Staff follow the grids that they work on. */
const weightsOfStaff = (level: number, persons: readonly number[], grids: readonly GridFigures[]): number[] =>
  persons.map((count, i) => (level === 2 ? Math.max(1, grids[i]![0]) * 1e6 + count : count))

function gridsOf(figures: Figures, sites: readonly Site[], wish: readonly number[]): GridFigures[] {
  const { grids, dividesAll, perVillage } = figures
  if (perVillage) {
    const mean = wish.reduce((a, b) => a + b, 0) / wish.length
    return wish.map(weight => {
      const three = Math.round(grids.communities[1] * Math.min(1.5, Math.max(0.75, weight / mean)))
      return [grids.communities[0], three, 0]
    })
  }
  const indices = sites.map((_, i) => i)
  const communities = indices.filter(i => isCommunity(sites[i]!.code))
  const villages = indices.filter(i => !isCommunity(sites[i]!.code))
  const all = (of: GridFigures, more: GridFigures): GridFigures => [
    of[0] + more[0],
    of[1] + more[1],
    of[2] + more[2],
  ]
  const apart =
    grids.villages !== null &&
    [grids.communities, grids.villages].every(([two], k) => {
      const count = [communities, villages][k]!.length
      return count > 0 && two >= count
    })
  const groups: [number[], GridFigures][] = apart
    ? [
        [communities, grids.communities],
        [villages, grids.villages!],
      ]
    : [[indices, grids.villages ? all(grids.communities, grids.villages) : grids.communities]]
  const result: GridFigures[] = sites.map(() => [0, 0, 0])
  for (const [members, [two, three, four]] of groups) {
    const weights = members.map(i => wish[i]! ** 0.9)
    const many = members.map(() => 99)
    const twos = apportionBetween(
      two,
      weights,
      members.map(() => (two >= members.length * 2 ? 2 : 1)),
      many,
    )
    const least = twos.map(count => (three >= two * 2 ? count * 2 : count))
    const threes =
      three < two
        ? twos.map(() => 0)
        : apportionBetween(
            three,
            weights,
            least,
            twos.map(count => count * 99),
          )
    const fours = foursOf(
      four,
      threes,
      members.map(i => wish[i]!),
      dividesAll,
    )
    members.forEach((i, k) => {
      result[i] = [twos[k]!, threes[k]!, fours[k]!]
    })
  }
  return result
}

/** Where not every level-3 grid is divided, the larger half of the villages has some that are, each into two or more. */
function foursOf(
  four: number,
  threes: readonly number[],
  weights: readonly number[],
  all: boolean,
): number[] {
  if (four === 0) return threes.map(() => 0)
  if (all)
    return apportionBetween(
      four,
      weights,
      threes.map(count => count * 2),
      threes.map(count => count * 60),
    )
  const order = weights.map((_, k) => k).sort((a, b) => weights[b]! - weights[a]! || a - b)
  const divided = new Set(
    order.slice(0, Math.max(1, Math.min(Math.ceil(order.length / 2), Math.floor(four / 3)))),
  )
  const within = (k: number, count: number) => (divided.has(k) ? count : 0)
  return apportionBetween(
    four,
    weights,
    weights.map((_, k) => within(k, 2)),
    threes.map((count, k) => within(k, count * 10)),
  )
}

/** Ten people for every leaf grid at least; a band for level-2 grids is kept with a margin, if whole numbers allow. */
function personsOf(
  { persons, band }: Figures,
  wish: readonly number[],
  grids: readonly GridFigures[],
): number[] {
  if (band) {
    const [least, most] = band
    const twos = grids.map(([two]) => two)
    const low = twos.map(two => Math.ceil(two * least * 1.16))
    const high = twos.map(two => Math.floor(two * most * 0.9))
    const sum = (of: readonly number[]) => of.reduce((a, b) => a + b, 0)
    if (sum(low) <= persons && persons <= sum(high))
      return apportionBetween(
        persons,
        twos.map((two, i) => two * wish[i]! ** 0.1),
        low,
        high,
      )
  }
  const leaves = grids.map(([two, three, four]) => Math.max(two, three + four))
  return apportionBetween(
    persons,
    wish,
    leaves.map(count => Math.min(count * 10, Math.floor(persons / leaves.length / 2))),
    wish.map(() => persons),
  )
}

function incidentsOf(
  { incidents }: Figures,
  persons: readonly number[],
  noise: (spread: number) => number,
): VillageQuota['incidents'][] {
  const total = apportion(
    incidents.total,
    persons.map(count => count * noise(0.35)),
  )
  // What failed is shared out, not what went well: so villages differ more.
  const failing = (count: number, of: readonly number[]) =>
    apportionUpTo(
      count,
      of.map(value => value * noise(0.4)),
      of,
    )
  const less = (of: readonly number[], failed: readonly number[]) => of.map((value, i) => value - failed[i]!)
  const solved = less(total, failing(incidents.total - incidents.solved, total))
  const answered = less(solved, failing(incidents.solved - incidents.answered, solved))
  const satisfied = less(answered, failing(incidents.answered - incidents.satisfied, answered))
  return total.map((count, i) => ({
    total: count,
    solved: solved[i]!,
    answered: answered[i]!,
    satisfied: satisfied[i]!,
  }))
}
