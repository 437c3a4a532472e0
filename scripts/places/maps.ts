// The map of each place before anything stands on it, and how its sites are to be laid out.

import { areaSquareMetres } from '../../core/topology/index.ts'
import { huairouSites } from './ground/huairou.ts'
import { areaGrid, areasOf, chuzhou, type Job, type SmallPlace, shangdi, tuanjie } from './ground/index.ts'
import type { GeneratedArea } from './ground-rows.ts'
import type { VillageQuota } from './people/quotas.ts'
import type { GeneratedGrid, Line, PlaceName, Random, Site, SpecialSite } from './place.ts'

export interface PlaceMap {
  readonly areas: readonly GeneratedArea[]
  readonly plan: { readonly area: string; readonly name: string; readonly profile: string }
  readonly sites: readonly Site[]
  /** Grids of levels 2 to 4 of each site, where the map and not the figures decide; else the quotas do. */
  readonly grids: readonly (readonly number[])[] | null
  /** How each site is laid out, in the order of `sites`. */
  jobs(quotas: ReadonlyMap<string, VillageQuota>): Iterable<Job>
  /** Level-1 grids that span sites. */
  readonly tops: readonly GeneratedGrid[]
  readonly specials: readonly SpecialSite[]
  /** Roads and waters on the borders of sites. */
  readonly lines: readonly Line[]
}

/** Six digits of the county, and what the place is called. */
export const NAMES: Record<PlaceName, { readonly county: string; readonly name: string }> = {
  tuanjie: { county: '510124', name: '团结街道' },
  huairou: { county: '110116', name: '怀柔区' },
  shangdi: { county: '110108', name: '上地街道' },
  chuzhou: { county: '371626', name: '滁州街道' },
  'area-grid': { county: '990001', name: '青禾镇' },
}

const small = (make: (random: Random) => SmallPlace, profile: string) => (_: number, random: Random) => {
  const { areas, tops, jobs, specials, lines } = make(random)
  const [town] = areas
  return {
    areas,
    plan: { area: town!.code, name: `${town!.name}网格划分方案`, profile },
    sites: jobs.map(({ site }) => site),
    grids: jobs.map(({ counts }) => counts),
    jobs: () => jobs,
    tops,
    specials,
    lines,
  }
}

/** The outline stays at any scale. What a few villages share of it at a small one is no garden of hamlets, but forest. */
const LARGEST_PLAIN = 8e6

function huairou(scale: number, random: Random): PlaceMap {
  const { county, sites: grown, specials, lines } = huairouSites(scale, random)
  const sites = grown.map(site =>
    areaSquareMetres(site.area) > LARGEST_PLAIN ? { ...site, ground: 'mountain' as const } : site,
  )
  return {
    areas: [county, ...areasOf(sites)],
    plan: { area: county.code, name: '怀柔区网格划分方案', profile: 'huairou' },
    sites,
    grids: null,
    *jobs(quotas) {
      for (const site of sites) {
        const { grids, persons } = quotas.get(site.code)!
        yield { site, counts: grids, options: { persons, houses: 'compact' } }
      }
    },
    tops: [],
    specials,
    lines,
  }
}

const MAPS: Record<PlaceName, (scale: number, random: Random) => PlaceMap> = {
  tuanjie: small(tuanjie, 'tuanjie'),
  huairou,
  shangdi: small(shangdi, 'shangdi'),
  chuzhou: small(chuzhou, 'area-grid'),
  'area-grid': small(areaGrid, 'area-grid'),
}

export const mapOf = (place: PlaceName, scale: number, random: Random): PlaceMap => MAPS[place](scale, random)
