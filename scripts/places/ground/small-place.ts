// A small place as its sites: what is laid out, in which counts and below which grids.
import type { Shape } from '../../../core/topology/index.ts'
import type { GeneratedGrid, Layout, Line, Random, Site, SpecialSite } from '../place.ts'
import { type LayoutOptions, layOut } from './layout.ts'
import { union } from './outline.ts'
import { layOutSpecial, type SpecialLayout } from './special.ts'

export interface Job {
  readonly site: Site
  /** How many grids on each level below the site, or below `options.below`. */
  readonly counts: readonly number[]
  readonly options: LayoutOptions
}

export interface SmallPlace {
  readonly county: string
  /** Every village and community. */
  readonly sites: readonly Site[]
  /** Administrative areas: the town, its villages and communities. */
  readonly areas: readonly { readonly code: string; readonly name: string; readonly shape: Shape }[]
  /** Level-1 grids that span sites; their children come from the jobs. */
  readonly tops: readonly GeneratedGrid[]
  readonly jobs: readonly Job[]
  readonly specials: readonly SpecialSite[]
  /** Roads and waters on the borders of sites. */
  readonly lines: readonly Line[]
}

/** Areas of sites with their town. */
export function areasOf(sites: readonly Site[]): SmallPlace['areas'] {
  const towns = new Map<string, { code: string; name: string; shapes: Shape[] }>()
  for (const { town, area } of sites) {
    const known = towns.get(town.code) ?? { ...town, shapes: [] }
    known.shapes.push(area)
    towns.set(town.code, known)
  }
  return [
    ...[...towns.values()].map(({ code, name, shapes }) => ({ code, name, shape: union(shapes) })),
    ...sites.map(({ code, name, area }) => ({ code, name, shape: area })),
  ]
}

/** Lays out a small place, site by site. */
export function* layOutPlace(place: SmallPlace, random: Random): Generator<Layout | SpecialLayout> {
  for (const { site, counts, options } of place.jobs)
    yield layOut(site, counts, random.fork(`${site.code} ${site.name}`), options)
  for (const special of place.specials) yield layOutSpecial(special, random.fork(special.code))
}
