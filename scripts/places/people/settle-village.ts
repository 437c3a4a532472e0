// Fills a generated village with all that lives and happens in it.
import type { Dwellers } from '../ground-rows.ts'
import type { Random, TableRows } from '../place.ts'
import { addressesOf, addressRows } from './addresses.ts'
import { Calendar } from './calendar.ts'
import { facilityRows } from './facilities.ts'
import { VillageGround } from './ground-of-village.ts'
import { type Inhabited, spreadPeople } from './homes.ts'
import { incidentRows } from './incidents.ts'
import { objectRows } from './objects.ts'
import { organisationRows } from './organisations.ts'
import { postsOf } from './posts.ts'
import { settleResidents } from './residents.ts'
import { matterRows, visitRows } from './rounds.ts'
import { Spots } from './spots.ts'
import { staffOf } from './staff.ts'
import type { Village } from './village.ts'

export interface Settled {
  /** People of every building with homes, and whether it is a dangerous house. */
  readonly people: ReadonlyMap<string, Dwellers>
  /** In the order in which they can be inserted, after the village's buildings and the place's bodies. */
  readonly rows: readonly TableRows[]
}

/**
 * Counts are exactly the quota's: persons, households, addresses, organisations, facilities, objects, matters, visits,
 * staff, incidents. The same village and stream give the same rows.
 * @throws where people have no home to live in
 */
export function settleVillage(village: Village): Settled {
  const { figures, buildings, grids, quota, site } = village
  const random = village.random.fork(`people ${site.code}`)
  const calendar = calendarOf(figures.from, figures.today)
  const ground = new VillageGround(village)
  const inhabited = spreadPeople(buildings, grids, quota, figures.band, random.fork('homes'))
  const addresses = addressesOf(buildings)
  const residents = settleResidents(village, inhabited, random.fork('residents'))
  const { table: organisationTable, organisations } = organisationRows(village, random.fork('organisations'))
  const { table: staffTable, staff } = staffOf(village, random.fork('staff'))
  const posts = postsOf(village, staff, random.fork('posts'))
  const spots = new Spots(village, ground, addresses, inhabited, random.fork('hot spots'))
  return {
    people: dwellersOf(inhabited, random.fork('dangerous houses')),
    rows: [
      ...residents.tables,
      addressRows(village, addresses, random.fork('addresses')),
      organisationTable,
      facilityRows(village, ground, random.fork('facilities')),
      objectRows(village, ground, random.fork('objects')),
      staffTable,
      posts.table,
      matterRows(village, calendar, spots, posts, random.fork('matters')),
      ...incidentRows(village, calendar, spots, posts, random.fork('incidents')),
      visitRows(village, calendar, spots, posts, residents.hearths, organisations, random.fork('visits')),
    ].filter(({ rows }) => rows.length > 0),
  }
}

/** Old houses for living; the worst of them stand empty more often than not, but not always. */
function dwellersOf(inhabited: readonly Inhabited[], random: Random): Map<string, Dwellers> {
  return new Map(
    inhabited.map(({ building, persons, households }) => {
      const age = 2026 - building.built
      const at = random.next() * (persons === 0 ? 0.3 : 1)
      const risk = age < 25 || building.kind === 'apartments' ? 0 : Math.min(0.05, (age - 20) * 0.0012)
      const dangerous = at < risk * 0.25 ? 'D' : at < risk ? 'C' : null
      return [building.id, { persons, households, dangerous }]
    }),
  )
}

const calendars = new Map<string, Calendar>()
/** One for a time of records: its weights are worked out once. */
function calendarOf(from: string, today: string): Calendar {
  const key = `${from} ${today}`
  let calendar = calendars.get(key)
  if (!calendar) {
    calendar = new Calendar(from, today)
    calendars.set(key, calendar)
  }
  return calendar
}
