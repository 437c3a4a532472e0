// A place by its name, generated village by village: ground, grids, buildings, people and what goes on.
import { type Tally, tally, weightsOf } from '../../core/topology/index.ts'
import { figuresOf } from './figures.ts'
import { fill } from './fill/index.ts'
import { frameAt } from './frame.ts'
import { layOut } from './ground/index.ts'
import { areaRows, type Dwellers, fillingRows, gridRows, lineRows, type Origin } from './ground-rows.ts'
import { mapOf, NAMES } from './maps.ts'
import { placeBodies } from './people/bodies.ts'
import { quotasOf } from './people/quotas.ts'
import { settleVillage } from './people/settle-village.ts'
import type { Building, GeneratedGrid, OpenPlace, PlaceBatch, PlaceName, TableRows } from './place.ts'
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
  const { county } = NAMES[place]
  const origin: Origin = { county, importId: random.id(), today: figures.today }
  const quotas = quotasOf(figures, sites, random.fork('quotas'), specials)
  const bodies = placeBodies(origin, figures, sites, random.fork('bodies'))
  const plan = random.id()
  const grids = sites.reduce((sum, { code }) => sum + 1 + quotas.get(code)!.grids.reduce((a, b) => a + b), 0)
  yield {
    rows: [
      areaRows(origin, [...map.areas, ...sites.map(({ code, name, area }) => ({ code, name, shape: area }))]),
      planRow(origin, plan, map.plan, grids),
      ...lineRows(origin, map.lines),
      ...bodies.rows,
    ],
    message: { zh: '底图与村界', en: 'Ground and villages' },
    done: 0,
  }
  const ids = random.fork('surfaces').id
  let done = 0
  for (const site of sites) {
    const quota = quotas.get(site.code)!
    const layout = layOut(site, quota.grids, random.fork(site.code), map.options(site))
    const frame = frameAt(site.centre)
    const filling = fill(layout.blocks, frame, random.fork(`fill ${site.code}`))
    const { people, rows } = settleVillage({
      site,
      figures,
      quota,
      grids: layout.grids,
      blocks: layout.blocks,
      buildings: filling.buildings,
      lines: [...layout.lines, ...filling.lines],
      frame,
      origin,
      bodies,
      random,
    })
    done++
    yield {
      rows: [
        ...lineRows(origin, layout.lines),
        ...fillingRows(origin, filling, people, ids),
        ...gridRows(origin, plan, tallied(layout.grids, filling.buildings, people)),
        ...rows,
      ],
      message: { zh: site.name, en: site.name },
      done: done / sites.length,
    }
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

/** Every grid counted from the points, as an edit would count it. */
function tallied(
  grids: readonly GeneratedGrid[],
  buildings: readonly Building[],
  people: ReadonlyMap<string, Dwellers>,
): (GeneratedGrid & Tally)[] {
  const column = (of: (building: Building) => number) => Int32Array.from(buildings, of)
  const weights = weightsOf({
    x: column(({ point }) => point[0]),
    y: column(({ point }) => point[1]),
    persons: column(({ id }) => people.get(id)?.persons ?? 0),
    households: column(({ id }) => people.get(id)?.households ?? 0),
  })
  return grids.map(grid => ({ ...grid, ...tally(weights, grid.shape) }))
}
