// Spreads a total of people over the buildings of an area by the floor people may live in; always labelled synthetic.
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Tx } from '../db/database.ts'
import { apportion, apportionHouseholds } from './apportion.ts'
import { buildingsForSpread, type SpreadBuilding } from './buildings-for-spread.ts'
import { type BuildingFacts, livingFloor, possibleFloor } from './likely-residents.ts'

export type RefreshTallies = (tx: Tx, county: string) => Promise<void>

export interface SpreadRequest {
  readonly county: string
  /** Over the buildings of this area … */
  readonly areaCode?: string
  /** … or of this GeoJSON polygon; of the whole county when neither is given. */
  readonly within?: object
  readonly persons: number
  /** Half the people when not given. */
  readonly households?: number
  readonly actor: string
  /** The import that it is part of: withdrawn, the people before it come back. */
  readonly importId?: string
  readonly refreshTallies?: RefreshTallies
}
export interface Spread {
  readonly persons: number
  readonly households: number
  /** Buildings that somebody lives in now. */
  readonly inhabited: number
  /** Buildings whose numbers are different from before. */
  readonly changed: number
}

export class SpreadImpossible extends Error {
  readonly sentence: { readonly zh: string; readonly en: string }
  constructor(zh: string, en: string) {
    super(en)
    this.name = 'SpreadImpossible'
    this.sentence = { zh, en }
  }
}

/** Below this many addressed buildings a missing address says nothing. */
const ADDRESSES_TELL = 0.3

/** The total counts everybody: people that a file counted stay where they are, the rest is spread over other buildings. */
export async function spreadPeople(tx: Tx, request: SpreadRequest): Promise<Spread> {
  const { county, persons } = request
  const households = request.households ?? Math.round(persons / 2)
  if (households > persons)
    throw new SpreadImpossible('户数不能多于人数。', 'There cannot be more households than people.')
  const rows = await buildingsForSpread(tx, request)
  const counted = rows.filter(row => row.source === 'column')
  const open = rows.filter(row => row.source !== 'column')
  const sum = (of: readonly SpreadBuilding[], what: 'persons' | 'households') =>
    of.reduce((total, row) => total + row[what], 0)
  const left = persons - sum(counted, 'persons')
  const householdsLeft = Math.min(left, households - sum(counted, 'households'))
  if (left < 0 || householdsLeft < 0)
    throw new SpreadImpossible(
      `已有统计人口 ${sum(counted, 'persons')} 人、${sum(counted, 'households')} 户，多于要分摊的总数。`,
      `The counted buildings alone hold ${sum(counted, 'persons')} people in ${sum(counted, 'households')} households, more than the total.`,
    )
  const known =
    rows.length > 0 && rows.filter(row => row.addresses > 0).length / rows.length >= ADDRESSES_TELL
  const facts = open.map(
    (row): BuildingFacts => ({
      kind: row.kind,
      storeys: row.storeys,
      footprint: row.floor / (row.storeys ?? 1),
      addresses: known ? row.addresses : null,
      onWorkingLand: row.working,
    }),
  )
  const likely = facts.map(livingFloor)
  const weights = likely.some(weight => weight > 0) ? likely : facts.map(possibleFloor)
  if (left > 0 && !weights.some(weight => weight > 0))
    throw new SpreadImpossible(
      '范围内没有可居住的建筑，无法分摊人口。请先导入建筑。',
      'There is no building here that people could live in. Import buildings first.',
    )
  const shares = apportion(left, weights)
  const homes = apportionHouseholds(householdsLeft, shares)
  const changes = open.flatMap((row, i) => {
    const same = row.source === 'spread' && row.persons === shares[i] && row.households === homes[i]
    return same ? [] : [{ id: row.id, persons: shares[i]!, households: homes[i]! }]
  })
  if (changes.length > 0) {
    if (request.importId !== undefined) await keepBefore(tx, county, request.importId, changes)
    await sql`
      update building set persons = r.persons, households = r.households, people_source = 'spread', updated_at = now()
      from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as r(id uuid, persons integer, households integer)
      where building.county = ${county} and building.id = r.id`.execute(tx)
    await tx
      .insertInto('people_spread')
      .values({
        county,
        spread_id: uuidv7(),
        area_code: request.areaCode ?? null,
        persons,
        households,
        buildings: shares.filter(share => share > 0).length,
        actor: request.actor,
      })
      .execute()
    await request.refreshTallies?.(tx, county)
  }
  return { persons, households, inhabited: shares.filter(share => share > 0).length, changed: changes.length }
}

/** Of buildings whose people an import has spread; their other columns are not its. */
const SPREAD = 'building people'

type Change = { readonly id: string; readonly persons: number; readonly households: number }

const keepBefore = (tx: Tx, county: string, importId: string, changes: readonly Change[]) =>
  sql`
    insert into import_before (county, import_id, table_name, id, row_before)
    select ${county}, ${importId}::uuid, ${SPREAD}, b.id::text, jsonb_build_object('persons', b.persons,
      'households', b.households, 'people_source', b.people_source, 'then', jsonb_build_array(r.persons, r.households))
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as r(id uuid, persons integer, households integer)
    join building b on b.county = ${county} and b.id = r.id`.execute(tx)

/** The people that were there before an import spread its own, where nobody has counted or spread others since. */
export async function undoSpread(tx: Tx, county: string, importId: string): Promise<void> {
  await sql`
    update building b set persons = (was->>'persons')::integer, households = (was->>'households')::integer,
      people_source = was->>'people_source', updated_at = now()
    from (select id, row_before as was from import_before
      where county = ${county} and import_id = ${importId}::uuid and table_name = ${SPREAD}) before
    where b.county = ${county} and b.id = before.id::uuid and b.people_source = 'spread'
      and jsonb_build_array(b.persons, b.households) = was->'then'`.execute(tx)
}
