// What a card says of the things and people of a grid: from the totals that are kept, else counted on its ground.
import { sql } from 'kysely'
import type { GridCard, GridSummary, KindCount, Residents } from '../../core/contract/grids.ts'
import type { Tx } from '../db/database.ts'
import type { PlanKey } from '../plans/queries.ts'
import {
  addressesIn,
  buildingsIn,
  kindsIn,
  organisationsIn,
  residentsIn,
  turnedOn,
} from '../registry/counts.ts'
import { keepTotals } from './keep-totals.ts'
import { aliveThen, groundOfGrid, type WholeGrid } from './queries.ts'

export interface Totals
  extends Pick<
    GridCard,
    'synthetic' | 'dangerousHouses' | 'addresses' | 'organisations' | 'facilities' | 'objects'
  > {
  readonly residents: Residents
}

export interface KeptTotals {
  totals: Readonly<Record<string, number>>
  over60: number
  minors: number
}

/** Of the table `grid_totals t`. */
const agesOn = (on: string) => {
  const { sixty, ofAge } = turnedOn(on)
  return {
    over60: sql<number>`width_bucket(${sixty}::date, t.birthdays)`,
    minors: sql<number>`cardinality(t.birthdays) - width_bucket(${ofAge}::date, t.birthdays)`,
  }
}

/** No row: not kept. */
export const keptTotals = (key: PlanKey, grid: WholeGrid, on: string) => {
  const { over60, minors } = agesOn(on)
  return sql<KeptTotals>`
    select t.totals, ${over60} as over60, ${minors} as minors
    from grid_totals t where t.county = ${key.county} and t.plan_id = ${key.plan_id} and t.grid_id = ${grid.id}
      and t.from_revision = ${grid.from_revision}`
}

/** So many leaves are counted at once while somebody waits; where more are not kept, one count of them all is quicker. */
const MOST_AT_ONCE = 500

/**
 * One number of each leaf of a revision.
 * @param what a name of the totals, or an age of residents
 * @returns undefined when too much of it is not kept
 */
export async function keptOfLeaves(
  tx: Tx,
  key: PlanKey,
  revision: number | undefined,
  what: string,
  on: string,
): Promise<{ id: string; count: number }[] | undefined> {
  const ages = agesOn(on)
  const number =
    what === 'over60' || what === 'minors' ? ages[what] : sql`coalesce((t.totals->>${what})::integer, 0)`
  const ask = async () => {
    const { rows } = await sql<{ id: string; count: number | null }>`
      select g.grid_id as id, case when t.grid_id is not null then ${number} end as count
      from grid_version g left join grid_totals t on t.county = g.county and t.plan_id = g.plan_id
        and t.grid_id = g.grid_id and t.from_revision = g.from_revision
      where g.county = ${key.county} and g.plan_id = ${key.plan_id} and g.leaf and ${aliveThen(revision, 'g')}`.execute(
      tx,
    )
    return {
      rows: rows as { id: string; count: number }[],
      missing: rows.filter(({ count }) => count === null).length,
    }
  }
  const first = await ask()
  if (first.missing === 0) return first.rows
  if (first.missing > MOST_AT_ONCE || !(await keepTotals(tx, { key, revision }))) return undefined
  const second = await ask()
  return second.missing === 0 ? second.rows : undefined
}

/** @param row what was found kept */
export async function totalsOf(
  tx: Tx,
  key: PlanKey,
  grid: WholeGrid,
  { revision, on, row }: { revision: number | undefined; on: string; row: KeptTotals | undefined },
): Promise<Totals> {
  if (row) return read(row)
  if (await keepTotals(tx, { key, revision, under: grid.id })) {
    const { rows } = await keptTotals(key, grid, on).execute(tx)
    if (rows[0]) return read(rows[0])
  }
  return countTotals(tx, key, grid, on)
}

export async function countTotals(
  tx: Tx,
  key: PlanKey,
  grid: GridSummary & { from_revision: number },
  on: string,
): Promise<Totals> {
  const ground = groundOfGrid(key, grid)
  const { known: _, ...residents } = await residentsIn(tx, ground, on)
  const { dangerous, spread } = await buildingsIn(tx, ground)
  return {
    residents,
    synthetic: spread > 0,
    dangerousHouses: dangerous,
    addresses: await addressesIn(tx, ground),
    organisations: await organisationsIn(tx, ground),
    facilities: await kindsIn(tx, ground, 'facility'),
    objects: await kindsIn(tx, ground, 'object'),
  }
}

function read({ totals, over60, minors }: KeptTotals): Totals {
  const of = (name: string) => totals[name] ?? 0
  const kinds: Record<string, KindCount[]> = { facilities: [], objects: [] }
  for (const [name, count] of Object.entries(totals)) {
    if (!name.startsWith('[')) continue
    const [list, category, kind] = JSON.parse(name)
    kinds[list]!.push({ category, kind, count })
  }
  const listed = (name: string) => kinds[name]!.sort(mostFirst)
  return {
    residents: {
      total: of('residents'),
      registered: of('registered'),
      floating: of('floating'),
      over60,
      minors,
      pregnant: of('pregnant'),
      disabled: of('disabled'),
      chronicallyIll: of('chronicallyIll'),
      alone: of('alone'),
    },
    synthetic: of('spread') > 0,
    dangerousHouses: of('graded') === 0 && of('buildings') > 0 ? null : of('dangerous'),
    addresses: of('addresses'),
    organisations: {
      total: of('organisations'),
      factoryPremises: of('factoryPremises'),
      employees: of('employees'),
      keyPlaces: of('keyPlaces'),
      specialEquipment: of('specialEquipment'),
    },
    facilities: listed('facilities'),
    objects: listed('objects'),
  }
}

const mostFirst = (a: KindCount, b: KindCount) =>
  b.count - a.count || compare(a.category, b.category) || compare(a.kind, b.kind)
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
