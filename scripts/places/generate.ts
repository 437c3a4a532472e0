// A place by its name, generated village by village: ground, grids, buildings, people and what goes on.
import type { Tally } from '../../core/topology/index.ts'
import { figuresOf } from './figures.ts'
import { fill } from './fill/index.ts'
import { fitStoreys } from './fit-storeys.ts'
import { frameAt } from './frame.ts'
import { faceCovers, interiorOf } from './ground/face.ts'
import { layOut, layOutSpecial } from './ground/index.ts'
import { areaRows, type Dwellers, fillingRows, gridRows, lineRows, type Origin } from './ground-rows.ts'
import { mapOf, NAMES, type PlaceMap } from './maps.ts'
import { IdNumbers, placeBodies, quotasOf, settleVillage, type VillageQuota } from './people/index.ts'
import type {
  Block,
  Building,
  GeneratedGrid,
  Line,
  OpenPlace,
  PlaceBatch,
  PlaceName,
  Random,
  SpecialSite,
  TableRows,
} from './place.ts'
import { randomOf } from './random.ts'

/** The same place, seed and scale give the same rows. */
export const openPlace: OpenPlace = (place, { seed, scale }) => {
  const counts: Record<string, number> = {}
  return { ...NAMES[place], counts, batches: counted(generate(place, seed, scale), counts) }
}

async function* counted(
  batches: Iterable<PlaceBatch>,
  counts: Record<string, number>,
): AsyncIterable<PlaceBatch> {
  for (const batch of batches) {
    for (const { table, rows } of batch.rows) counts[table] = (counts[table] ?? 0) + rows.length
    yield batch
  }
}

function* generate(place: PlaceName, seed: number, scale: number): Iterable<PlaceBatch> {
  const random = randomOf(`${place} ${seed}`)
  const figures = figuresOf(place, scale)
  const map = mapOf(place, scale, random.fork('map'))
  const { sites, specials } = map
  const origin: Origin = { county: NAMES[place].county, importId: random.id(), today: figures.today }
  const quotas = quotasOf(figures, sites, random.fork('quotas'), specials, map.grids)
  const bodies = placeBodies(origin, figures, sites, random.fork('bodies'), map.tops)
  const special = layOutSpecials(specials, random)
  const spanning = new Spanning([...map.tops, ...special.grids])
  const plan = random.id()
  yield {
    rows: [
      areaRows(origin, map.areas),
      planRow(origin, plan, map.plan, spanning.size + gridCount(map, quotas)),
      ...lineRows(origin, [...map.lines, ...special.lines]),
      ...bodies.rows,
    ],
    message: { zh: '底图与村界', en: 'Ground and villages' },
    done: 0,
  }

  const surfaces = random.fork('surfaces')
  const idNumbers = new IdNumbers()
  const waters = map.lines.filter(({ kind }) => kind === 'water')
  let done = 0
  for (const { site, counts, options } of map.jobs(quotas)) {
    const layout = layOut(site, counts, random.fork(site.code), options)
    const carved = special.bySite.get(site.code)
    const blocks = [...layout.blocks, ...(carved?.blocks ?? [])]
    const frame = frameAt(site.centre)
    const built = fill(blocks, frame, random.fork(`fill ${site.code}`), waters)
    const quota = quotas.get(site.code)!
    const filling = { ...built, buildings: fitStoreys(built.buildings, quota.households) }
    const { people, rows } = settleVillage({
      site,
      figures,
      quota,
      grids: [...layout.grids, ...(carved?.grids ?? []), ...spanning.firstSeen(layout.grids)],
      blocks,
      buildings: filling.buildings,
      lines: [...layout.lines, ...filling.lines],
      waters,
      frame,
      origin,
      bodies,
      idNumbers,
      random,
    })
    done++
    yield {
      rows: [
        ...lineRows(origin, layout.lines),
        ...fillingRows(origin, filling, people, surfaces.id),
        ...gridRows(origin, plan, spanning.tally(layout.grids, filling.buildings, people)),
        ...rows,
      ],
      message: { zh: site.name, en: site.name },
      done: done / sites.length,
    }
  }
  yield {
    rows: gridRows(origin, plan, spanning.tallied()),
    message: { zh: '跨村网格', en: 'Grids that span villages' },
    done: 1,
  }
}

/** Grids that the sites' layouts bring: level 1 of each site, unless it lies below a grid that spans sites. */
const gridCount = ({ sites, tops }: PlaceMap, quotas: ReadonlyMap<string, VillageQuota>): number =>
  sites.reduce(
    (sum, { code }) => sum + quotas.get(code)!.grids.reduce((a, b) => a + b, 0),
    tops.some(({ kind }) => kind === 'basic') ? 0 : sites.length,
  )

interface Carved {
  readonly blocks: Block[]
  readonly grids: GeneratedGrid[]
}

/** Special grids laid out; their blocks by the site that they were carved from, each grid with its first site. */
function layOutSpecials(specials: readonly SpecialSite[], random: Random) {
  const grids: GeneratedGrid[] = []
  const lines: Line[] = []
  const bySite = new Map<string, Carved>()
  const at = (site: string): Carved => {
    let carved = bySite.get(site)
    if (!carved) {
      carved = { blocks: [], grids: [] }
      bySite.set(site, carved)
    }
    return carved
  }
  for (const special of specials) {
    const layout = layOutSpecial(special, random.fork(special.code))
    const { pieces } = special
    const siteOf = (position: Block['ring'][number]) =>
      pieces.find(({ face }) => faceCovers(face, position))?.site ?? pieces[0]!.site
    const sites = new Map<string, string>()
    for (const block of layout.blocks) {
      const site = siteOf(interiorOf(block))
      at(site).blocks.push(block)
      if (!sites.has(block.grid)) sites.set(block.grid, site)
    }
    for (const grid of layout.grids) at(sites.get(grid.id) ?? pieces[0]!.site).grids.push(grid)
    grids.push(...layout.grids)
    lines.push(...layout.lines)
  }
  return { grids, lines, bySite }
}

type Counted = GeneratedGrid & { -readonly [K in keyof Tally]: number }

/** Counts grids from the buildings whose blocks they hold; those that span sites when all sites have come by. */
class Spanning {
  readonly #open = new Map<string, Counted>()
  readonly #seen = new Set<string>()

  constructor(grids: readonly GeneratedGrid[]) {
    for (const grid of grids) this.#open.set(grid.id, { ...grid, persons: 0, households: 0, buildings: 0 })
  }

  get size(): number {
    return this.#open.size
  }

  /** The spanning grids above these that no site has had yet. */
  firstSeen(grids: readonly GeneratedGrid[]): GeneratedGrid[] {
    const fresh = [...new Set(grids.map(({ parent }) => parent))].flatMap(parent => {
      const grid = parent === null ? undefined : this.#open.get(parent)
      return grid && !this.#seen.has(grid.id) ? [grid] : []
    })
    for (const { id } of fresh) this.#seen.add(id)
    return fresh
  }

  tally(
    grids: readonly GeneratedGrid[],
    buildings: readonly Building[],
    people: ReadonlyMap<string, Dwellers>,
  ): (GeneratedGrid & Tally)[] {
    const own = new Map(
      grids.map(grid => [grid.id, { ...grid, persons: 0, households: 0, buildings: 0 }] as const),
    )
    for (const { id, grid } of buildings) {
      const { persons, households } = people.get(id) ?? { persons: 0, households: 0 }
      for (let at: string | null = grid; at !== null; ) {
        const counted: Counted | undefined = own.get(at) ?? this.#open.get(at)
        if (!counted) break
        counted.persons += persons
        counted.households += households
        counted.buildings++
        at = counted.parent
      }
    }
    return [...own.values()]
  }

  tallied(): readonly (GeneratedGrid & Tally)[] {
    return [...this.#open.values()]
  }
}

const planRow = (
  { county }: Origin,
  id: string,
  plan: { area: string; name: string; profile: string },
  grids: number,
): TableRows => ({
  table: 'plan',
  columns: ['county', 'plan_id', 'area_code', 'name', 'profile', 'state', 'grids', 'created_by'],
  rows: [[county, id, plan.area, plan.name, plan.profile, 'published', grids, 'demo']],
})
