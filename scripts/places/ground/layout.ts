// A site laid out whole: its roads, its grids on all levels, its blocks.
import type { GridKind, Level, Position } from '../../../core/topology/index.ts'
import { frameAt } from '../frame.ts'
import type { Block, Face, GeneratedGrid, Layout, Random, Site } from '../place.ts'
import { compact } from './compact.ts'
import { enter } from './entrances.ts'
import { Names } from './names.ts'
import { Network } from './network.ts'
import { shapeOf } from './outline.ts'
import { scattered } from './scattered.ts'
import type { Cutting, Patch } from './share.ts'
import { town } from './town.ts'
import { grow, leavesOf, type Naming, number, type Top } from './tree.ts'

/** Something a site has by plan: where (metres from the centre), how large. */
export interface Amenity {
  readonly use: Block['use']
  readonly name: string | null
  readonly hectares: number
  readonly at: readonly [x: number, y: number]
}

export interface LayoutOptions {
  /** The grid that the site's grids lie below; null: the site is a level-1 grid itself. */
  readonly below?: (Top & { readonly level: Level; readonly first: number }) | null
  readonly kind?: GridKind
  readonly naming?: Naming
  /** Town-like ground around here, in villages beside a town. */
  readonly town?: { readonly centre: Position; readonly radius: number } | null
  /** How many factory premises stand in rows along the main roads. */
  readonly works?: number
  readonly amenities?: readonly Amenity[] | null
  /** Roots of street names. */
  readonly roots?: readonly string[]
  /** Further pieces of the site's ground, sharing edges with its face; enterprise areas leave holes this way. */
  readonly pieces?: readonly Face[]
  /** Rough number of people, for the size of a compact village. */
  readonly persons?: number
  /** Houses of a plain: scattered hamlets (林盘) or one compact village. */
  readonly houses?: 'scattered' | 'compact'
}

/** One kind of ground: how it is prepared, cut and filled. */
export interface Ground {
  readonly cutting: Cutting
  /** Patches by natural village; grids of the first level below stay inside one. */
  prepare(faces: readonly Face[]): Patch[][]
  fill(patches: readonly Patch[], grid: string): Block[]
}

export interface Setting {
  readonly site: Site
  readonly network: Network
  readonly random: Random
  readonly names: Names
  readonly options: LayoutOptions
  readonly counts: readonly number[]
}

const groundOf = (site: Site, houses: LayoutOptions['houses']): ((setting: Setting) => Ground) => {
  if (site.ground === 'town') return town
  return site.ground === 'mountain' || houses === 'compact' ? compact : scattered
}

const plainNaming: Naming = ({ level, running, site, places, number: n }) =>
  level === 2
    ? `${site}第${n}网格`
    : level === 3
      ? `${site}第${running}组`
      : (places[0] ?? `${site}${running}号院落`)

/** Step between vertices of the roads that cross a site. */
const STEP = { town: 24, plain: 30, mountain: 30 } as const

/**
 * Lays a site out. `counts`: how many grids on each level below the site, or below `options.below` when it is given.
 */
export function layOut(
  site: Site,
  counts: readonly number[],
  random: Random,
  options: LayoutOptions = {},
): Layout {
  const names = new Names(site, random.fork('names'), options.roots)
  const origin = site.face.ring[0]!
  const network = new Network(frameAt(origin), random.fork('lines'), origin, (way, direction) =>
    way.named === 'lane'
      ? names.lane()
      : site.ground === 'town'
        ? names.street(way, direction)
        : names.village(),
  )
  const setting: Setting = { site, network, random: random.fork('cuts'), names, options, counts }
  const ground = groundOf(site, options.houses)(setting)
  const faces = enter(site, options.pieces ?? [], network, setting.random, STEP[site.ground])
  const zones = ground.prepare(faces)
  const below = options.below ?? null
  const naming = options.naming ?? plainNaming
  const kind = options.kind ?? 'basic'
  const top: Top = below ?? { id: random.id(), code: `${site.code}001`, name: site.name }
  const roots = grow(zones, counts, below ? below.level : 1, ground.cutting)
  const leaves = leavesOf(roots)
  const blocks: Block[] = []
  const places = new Map<string, string[]>()
  const fill = (patches: readonly Patch[], grid: string) => {
    const filled = ground.fill(patches, grid)
    blocks.push(...filled)
    places.set(
      grid,
      [...filled]
        .sort((a, b) => b.density - a.density)
        .flatMap(({ name, density }) => (name && density > 0 ? [name] : [])),
    )
  }
  for (const leaf of leaves) fill(leaf.patches, leaf.id)
  if (leaves.length === 0) fill(zones.flat(), top.id)
  const grids: GeneratedGrid[] = []
  const { grids: lower } = number(
    top,
    site.name,
    roots,
    below?.first ?? 1,
    kind,
    naming,
    id => places.get(id) ?? [],
  )
  if (!below) {
    const shape = shapeOf([site.face, ...(options.pieces ?? [])])
    grids.push({ ...top, level: 1, parent: null, leaf: leaves.length === 0, kind, shape })
  }
  grids.push(...lower)
  return { site, grids, blocks, lines: network.lines }
}
