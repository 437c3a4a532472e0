// A small village filled whole: counts, people, points, incidents and posts.
import { describe, expect, it } from 'vitest'
import { covers } from '../../../core/topology/index.ts'
import type { Line } from '../place.ts'
import { randomOf } from '../random.ts'
import { VillageGround } from './ground-of-village.ts'
import { creditCheckOf, IdNumbers, idCheckOf } from './identities.ts'
import { settleVillage } from './settle-village.ts'
import { countBy, positionOf, type Row, rowsOf as rowsIn } from './testing-rows.ts'
import { type TestPlace, testPlace } from './testing-village.ts'
import type { Village } from './village.ts'

const CODES = ['510124101001', '510124101203', '510124101204']
const place = testPlace('tuanjie', 0.12, CODES)
const settled = CODES.map(code => settleVillage(place.village(code)))
const rowsOf = (table: string, of: Parameters<typeof rowsIn>[1] = settled) => rowsIn(table, of)
const residents = rowsOf('resident')
const ageOf = ({ born }: Row) => (Date.parse('2026-10-31') - Date.parse(String(born))) / (365.25 * 86_400_000)

describe('counts', () => {
  it.each(CODES)('of %s are its quota', code => {
    const quota = place.quotas.get(code)!
    const own = [settled[CODES.indexOf(code)]!]
    const count = (table: string) => rowsOf(table, own).length
    expect({
      persons: count('resident'),
      households: count('household'),
      addresses: count('address'),
      organisations: count('organisation'),
      factoryPremises: rowsOf('organisation', own).filter(of => of.factory_premises).length,
      facilities: count('facility'),
      objects: count('object'),
      matters: count('matter'),
      visits: count('visit'),
      staff: count('staff'),
      incidents: count('incident'),
    }).toEqual({
      persons: quota.persons,
      households: quota.households,
      addresses: quota.addresses,
      organisations: quota.organisations,
      factoryPremises: quota.factoryPremises,
      facilities: quota.facilities,
      objects: quota.objects,
      matters: quota.matters,
      visits: quota.visits,
      staff: quota.staff.reduce((a, b) => a + b, 0),
      incidents: quota.incidents.total,
    })
    expect(rowsOf('incident', own).filter(of => of.solved_at !== null)).toHaveLength(quota.incidents.solved)
    expect(rowsOf('incident', own).filter(of => of.feedback_at !== null)).toHaveLength(
      quota.incidents.answered,
    )
    expect(rowsOf('incident', own).filter(of => of.satisfied)).toHaveLength(quota.incidents.satisfied)
  })

  it('of people by building are those of the rows', () => {
    settled.forEach((of, i) => {
      const quota = place.quotas.get(CODES[i]!)!
      const people = [...of.people.values()]
      expect(people.reduce((sum, { persons }) => sum + persons, 0)).toBe(quota.persons)
      expect(people.reduce((sum, { households }) => sum + households, 0)).toBe(quota.households)
      const households = rowsOf('household', [of])
      const byBuilding = countBy(households, ({ building_id }) => String(building_id))
      const buildingOf = new Map(households.map(({ id, building_id }) => [id, String(building_id)]))
      const persons = countBy(rowsOf('resident', [of]), row => buildingOf.get(row.household_id!)!)
      for (const [id, dwellers] of of.people) {
        expect(byBuilding.get(id) ?? 0).toBe(dwellers.households)
        expect(persons.get(id) ?? 0).toBe(dwellers.persons)
      }
    })
  })

  it('of rooms stay near those of households, however many homes there are', () => {
    const rooms = rowsOf('room')
    expect(rooms.length).toBeLessThan(place.figures.households * 1.2)
    const used = rowsOf('household').filter(({ room_id }) => room_id !== null)
    const ids = new Set(rooms.map(({ id }) => id))
    expect(used.length).toBeGreaterThan(0)
    expect(used.every(({ room_id }) => ids.has(room_id!))).toBe(true)
    expect(rooms.filter(({ use }) => use === 'empty').length).toBeGreaterThan(0)
  })

  it('leave no leaf grid with homes empty', () => {
    CODES.forEach((code, i) => {
      const village = place.village(code)
      const homely = new Set(
        village.buildings.filter(({ homesPerFloor }) => homesPerFloor > 0).map(({ grid }) => grid),
      )
      for (const grid of homely) {
        const persons = village.buildings
          .filter(of => of.grid === grid)
          .reduce((sum, { id }) => sum + (settled[i]!.people.get(id)?.persons ?? 0), 0)
        expect(persons).toBeGreaterThan(0)
      }
    })
  })
})

describe('factory premises', () => {
  const usesIn = (village: Village) => {
    const useOf = new Map(village.buildings.map(({ id, use }) => [id, use]))
    const premises = rowsOf('organisation', [settleVillage(village)]).filter(row => row.factory_premises)
    expect(premises.length).toBeGreaterThan(50)
    return new Set(premises.map(({ building_id }) => useOf.get(String(building_id))!))
  }

  it('are in halls', () => {
    expect([...usesIn(place.village(CODES[1]!))]).toEqual(['factory'])
  })

  it('are workshops at home where there are no halls, never in schools, glasshouses or flats', () => {
    const village = place.village(CODES[1]!)
    const uses = usesIn({ ...village, buildings: village.buildings.filter(({ use }) => use !== 'factory') })
    expect(uses.has('houses')).toBe(true)
    for (const use of ['school', 'hospital', 'greenhouse', 'estate'] as const)
      expect(uses.has(use)).toBe(false)
  })
})

describe('facilities', () => {
  it('of those who come by bus or car are on main roads', () => {
    const village = place.village(CODES[1]!)
    const lines = village.lines.map(
      (line): Line => (line.name === '南北2路' ? { ...line, class: 'secondary' } : line),
    )
    const quota = { ...village.quota, facilities: 300 }
    const facilities = rowsOf('facility', [settleVillage({ ...village, quota, lines })])
    const stops = facilities.filter(({ kind }) => kind === 'bus_stop')
    expect(stops.length).toBeGreaterThan(2)
    expect(new Set(stops.map(({ name }) => name))).toEqual(new Set(['南北2路公交站']))
  })
})

describe('the same seed', () => {
  it('gives the same rows, in any order of villages; another seed gives others', () => {
    const again = testPlace('tuanjie', 0.12, CODES)
    for (const code of CODES.toReversed())
      expect(settleVillage(again.village(code)).rows).toEqual(settled[CODES.indexOf(code)]!.rows)
    const other: TestPlace = testPlace('tuanjie', 0.12, CODES, 'other')
    expect(settleVillage(other.village(CODES[0]!)).rows).not.toEqual(settled[0]!.rows)
  })

  it('gives no id twice', () => {
    const ids = settled.flatMap(({ rows }) =>
      rows.flatMap(({ columns, rows: list }) =>
        columns.includes('id') ? list.map(row => row[columns.indexOf('id')]) : [],
      ),
    )
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('residents', () => {
  it('have numbers of their own, all who were born on one day too', () => {
    const numbers = new IdNumbers()
    const random = randomOf('one day')
    const given = Array.from({ length: 1000 }, (_, i) =>
      numbers.next('510124', '19900101', i % 2 === 0, random),
    )
    expect(new Set(given.map(number => number.slice(0, 17))).size).toBe(1000)
  })

  it('cannot be reached by telephone, nor identified', () => {
    const phones = ['resident', 'staff', 'organisation']
      .flatMap(table => rowsOf(table).map(({ phone }) => phone))
      .concat(rowsOf('incident').map(({ reporter_phone }) => reporter_phone!))
      .filter(phone => phone !== null)
    expect(phones.length).toBeGreaterThan(1_000)
    for (const phone of phones) expect(phone).toMatch(/^128\d{8}$/)
    for (const { id_number, born, sex } of residents) {
      const number = String(id_number)
      expect(number).toMatch(/^\d{17}[\dX]$/)
      expect(number[17]).not.toBe(idCheckOf(number.slice(0, 17)))
      expect(number.slice(6, 14)).toBe(String(born).replaceAll('-', ''))
      expect(Number(number[16]) % 2).toBe(sex === 'm' ? 1 : 0)
    }
    for (const { credit_code } of rowsOf('organisation')) {
      const code = String(credit_code)
      expect(code).toMatch(/^91\d{6}[0-9A-Z]{10}$/)
      expect(code[17]).not.toBe(creditCheckOf(code.slice(0, 17)))
    }
  })

  it('live in households of one to six', () => {
    const sizes = [...countBy(residents, ({ household_id }) => String(household_id)).values()]
    expect(Math.max(...sizes)).toBeLessThanOrEqual(6)
    const mean = sizes.reduce((a, b) => a + b, 0) / sizes.length
    expect(mean).toBeGreaterThan(2.3)
    expect(mean).toBeLessThan(2.8)
  })

  it('of key groups are of the sex and age for it', () => {
    for (const person of residents) {
      if (person.pregnant) {
        expect(person.sex).toBe('f')
        expect(ageOf(person)).toBeGreaterThan(20)
        expect(ageOf(person)).toBeLessThan(44)
      }
      if (person.party_member) expect(ageOf(person)).toBeGreaterThan(18)
      if (person.relation === 'child' && ageOf(person) < 12) expect(person.phone).toBeNull()
    }
    const sizes = countBy(residents, ({ household_id }) => String(household_id))
    for (const { lives_alone, household_id } of residents)
      if (lives_alone) expect(sizes.get(String(household_id))).toBe(1)
  })

  it('have a believable age pyramid, and rent near the factories', () => {
    const share = (of: (row: Row) => boolean) => residents.filter(of).length / residents.length
    const minors = share(row => ageOf(row) < 18)
    const old = share(row => ageOf(row) >= 60)
    expect([minors > 0.1, minors < 0.24, old > 0.1, old < 0.3]).toEqual([true, true, true, true])
    const floating = share(({ registration }) => registration === 'floating')
    expect(Math.abs(floating - place.figures.floating)).toBeLessThan(0.15)
    expect(share(({ chronically_ill }) => chronically_ill === true)).toBeGreaterThan(0.05)
    expect(share(({ pregnant }) => pregnant === true)).toBeGreaterThan(0.001)
  })
})

describe('points', () => {
  it('lie in the village and never in water', () => {
    settled.forEach((of, i) => {
      const village = place.village(CODES[i]!)
      const ground = new VillageGround(village)
      for (const { columns, rows, table } of of.rows) {
        const at = columns.indexOf('point')
        if (at < 0) continue
        for (const row of rows) {
          if (row[at] === null) continue
          const position = positionOf(row[at]!)
          const [x, y] = village.frame.metres(position)
          const good = covers(village.site.area, position) && ground.isDry(x, y)
          if (!good) expect([table, x, y]).toEqual('in the village and dry')
        }
      }
    })
  })

  it('keep away from a river that only wets a corner', () => {
    const village = place.village(CODES[0]!)
    const [x, y] = village.frame.metres(village.site.face.ring[0]!)
    const path = [village.frame.position(x - 350, y + 300), village.frame.position(x + 300, y - 350)]
    const [river] = village.lines.filter(({ kind }) => kind === 'water')
    const waters = [{ ...river!, path, halfWidth: 70 }]
    const before = new VillageGround(village)
    const after = new VillageGround({ ...village, waters })
    expect(before.standing(x + 5, y + 5)).not.toBeNull()
    expect(after.standing(x + 5, y + 5)).toBeNull()
    expect(after.standing(x + 300, y + 300)).not.toBeNull()
  })

  it('of street objects are at regular distances along the roads', () => {
    const lamps = rowsOf('object', [settled[0]!]).filter(({ kind }) => kind === 'street-lamp')
    const places = lamps.map(({ point }) => String(point))
    expect(new Set(places).size).toBeGreaterThan(places.length * 0.97)
  })
})

describe('special grids', () => {
  it('have a head each', () => {
    const village = place.village(CODES[0]!)
    const [first] = village.grids
    const special = (['street', 'development', 'enterprise'] as const).map((kind, i) => ({
      ...first!,
      id: `00000000-0000-7000-8000-00000000000${i}`,
      kind,
      leaf: true,
    }))
    const { rows } = settleVillage({ ...village, grids: [...village.grids, ...special] })
    const posts = rowsOf('post', [{ rows }])
    for (const { id } of special)
      expect(posts.filter(({ grid_id, role }) => grid_id === id && role === 'head')).toHaveLength(1)
  })
})

describe('other places', () => {
  it.each(['huairou', 'shangdi', 'chuzhou', 'area-grid'] as const)('%s is lived in', name => {
    const other = testPlace(name, 0.06, ['990001001001', '990001001202'])
    const all = other.sites.map(({ code }) => settleVillage(other.village(code)))
    expect(rowsOf('resident', all)).toHaveLength(other.figures.persons)
    expect(rowsOf('incident', all)).toHaveLength(other.figures.incidents.total)
    expect(rowsOf('visit', all)).toHaveLength(other.figures.visits)
  })

  it('one head may lead several grids of Chuzhou', () => {
    const chuzhou = testPlace('chuzhou', 0.06, ['371626001201'])
    const posts = rowsOf('post', [settleVillage(chuzhou.village('371626001201'))])
    const heads = countBy(
      posts.filter(({ role, to_date }) => role === 'head' && to_date === null),
      ({ staff_id }) => String(staff_id),
    )
    expect(Math.max(...heads.values())).toBeGreaterThan(1)
  })
})
