// Addresses in the standard order, down to the room, as many as the village must have.
import { pointEwkb } from '../../../server/imports/ewkb.ts'
import type { Building, Cell, Random } from '../place.ts'
import { homesIn } from './homes.ts'
import { IMPORTED, type Table, tableOf, type Village } from './village.ts'

/** What a building is called in its street or estate. */
export interface Address {
  readonly street: string
  readonly houseNumber: string
  /** 3栋; null where the house number names one building. */
  readonly block: string | null
  /** 学府路12号3栋 */
  readonly written: string
}

/** Buildings that nobody would write to. */
const NAMELESS = new Set(['shed', 'greenhouse', 'gatehouse', 'garage', 'roof'])

/** Numbers along every street in the order in which its buildings come; an estate has one number and blocks. */
export function addressesOf(buildings: readonly Building[]): Map<string, Address> {
  const numbers = new Map<string, number>()
  const estates = new Map<string, { houseNumber: string; blocks: number }>()
  const next = (street: string): string => {
    const number = (numbers.get(street) ?? 0) + 1
    numbers.set(street, number)
    return `${number}号`
  }
  const result = new Map<string, Address>()
  for (const building of buildings) {
    const { id, street, estate, name } = building
    if (building.kind !== 'apartments' || estate === null) {
      if (NAMELESS.has(building.kind)) continue
      const houseNumber = next(street)
      result.set(id, { street, houseNumber, block: null, written: street + houseNumber })
      continue
    }
    let of = estates.get(estate)
    if (!of) {
      of = { houseNumber: next(street === estate ? estate : street), blocks: 0 }
      estates.set(estate, of)
    }
    of.blocks++
    const block = name !== null && /^\d+栋$/.test(name) ? name : `${of.blocks}栋`
    const inStreet = street === estate ? estate : street + of.houseNumber
    result.set(id, {
      street,
      houseNumber: street === estate ? '' : of.houseNumber,
      block,
      written: inStreet + block,
    })
  }
  return result
}

/**
 * First every building, then entrances, then rooms spread evenly, and house numbers with a further number 附 where that
 * is not enough.
 */
export function addressRows(
  village: Village,
  addresses: ReadonlyMap<string, Address>,
  random: Random,
): Table {
  const { site, origin, quota } = village
  const table = tableOf(
    'address',
    `${IMPORTED} name street house_number place town village building entrance floor room building_id point`,
  )
  const write = (
    building: Building,
    entrance: number | null,
    floor: number | null,
    room: string | null,
    further = '',
  ): void => {
    const { street, houseNumber, block } = addresses.get(building.id)!
    const id = random.id()
    const door = entrance === null ? undefined : building.entrances.find(({ number }) => number === entrance)
    const cells: Cell[] = [
      origin.county,
      id,
      id,
      origin.importId,
      block === null ? building.name : null,
      street,
      houseNumber === '' && further === '' ? null : houseNumber + further,
      building.estate,
      site.town.name,
      site.name,
      block,
      entrance === null ? null : `${entrance}单元`,
      floor,
      room,
      building.id,
      pointEwkb(door?.point ?? building.point),
    ]
    table.rows.push(cells)
  }
  const named = village.buildings.filter(({ id }) => addresses.has(id))
  const room = () => quota.addresses - table.rows.length
  for (const building of evenly(named, room())) write(building, null, null, null)
  const doors = named
    .filter(({ entrances, kind }) => entrances.length > 1 || kind === 'apartments')
    .flatMap(building => building.entrances.map(({ number }) => ({ building, number })))
  for (const { building, number } of evenly(doors, room())) write(building, number, null, null)
  const rooms = named.flatMap(building =>
    homesIn(building)
      .filter(({ number }) => number !== null)
      .map(home => ({ building, home })),
  )
  for (const { building, home } of evenly(rooms, room()))
    write(building, home.entrance, home.floor, home.number)
  if (named.length === 0) return table
  for (let further = 1; room() > 0; further++)
    for (const building of evenly(named, room())) write(building, null, null, null, `附${further}号`)
  return table
}

/** At most `count` of the list, taken at equal distances. */
function evenly<T>(list: readonly T[], count: number): readonly T[] {
  if (list.length <= count) return list
  return Array.from({ length: Math.max(0, count) }, (_, i) => list[Math.floor((i * list.length) / count)]!)
}
