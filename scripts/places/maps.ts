// The map of each place before anything stands on it: areas, sites, the lines of their borders, how each is laid out.

import { type LayoutOptions, tuanjieOptions, tuanjieSites } from './ground/index.ts'
import { shapeOf } from './ground/outline.ts'
import type { GeneratedArea } from './ground-rows.ts'
import type { Line, PlaceName, Random, Site, SpecialSite } from './place.ts'

export interface PlaceMap {
  /** County (where its outline is known) and towns; the sites' own areas come with them. */
  readonly areas: readonly GeneratedArea[]
  readonly plan: { readonly area: string; readonly name: string; readonly profile: string }
  readonly sites: readonly Site[]
  readonly specials: readonly SpecialSite[]
  /** Roads and waters that are borders of sites. */
  readonly lines: readonly Line[]
  options(site: Site): LayoutOptions
}

/** Six digits of the county, and what the place is called. */
export const NAMES: Record<PlaceName, { readonly county: string; readonly name: string }> = {
  tuanjie: { county: '510124', name: '团结街道' },
  huairou: { county: '110116', name: '怀柔区' },
  shangdi: { county: '110108', name: '上地街道' },
  chuzhou: { county: '371626', name: '滁州街道' },
  'area-grid': { county: '990001', name: '片区示范街道' },
}

export function mapOf(place: PlaceName, _scale: number, random: Random): PlaceMap {
  if (place !== 'tuanjie') throw new Error(place)
  const { sites, lines } = tuanjieSites(random)
  const { town } = sites[0]!
  return {
    areas: [{ ...town, shape: shapeOf(sites.map(site => site.face)) }],
    plan: { area: town.code, name: '团结街道网格划分方案', profile: 'tuanjie' },
    sites,
    specials: [],
    lines,
    options: tuanjieOptions,
  }
}
