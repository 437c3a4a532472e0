// The quotas of all villages sum to the figures of the reference deployments, exactly.
import { describe, expect, it } from 'vitest'
import { figuresOf, type StaffFigure } from '../figures.ts'
import type { PlaceName } from '../place.ts'
import { randomOf } from '../random.ts'
import { isCommunity, quotasOf, type VillageQuota } from './quotas.ts'
import { testPlace } from './testing-village.ts'

const codes = (county: string, communities: number, villages: number): string[] => [
  ...Array.from({ length: communities }, (_, i) => `${county}${String(i + 1).padStart(3, '0')}`),
  ...Array.from({ length: villages }, (_, i) => `${county}${String(i + 201).padStart(3, '0')}`),
]
/** As many sites as the real places have. */
const SITES: Record<PlaceName, string[]> = {
  tuanjie: codes('510124101', 1, 9),
  huairou: [...codes('110116001', 34, 0), ...codes('110116102', 0, 150), ...codes('110116103', 0, 134)],
  shangdi: codes('110108022', 12, 0),
  chuzhou: codes('371626001', 6, 13),
  'area-grid': codes('990001001', 2, 8),
}
const PLACES = Object.keys(SITES) as PlaceName[]
const sum = (quotas: Iterable<VillageQuota>, of: (quota: VillageQuota) => number) =>
  [...quotas].reduce((total, quota) => total + of(quota), 0)

describe.each(PLACES)('quotas of %s', place => {
  const { figures, quotas } = testPlace(place, 1, SITES[place])
  const all = [...quotas.values()]

  it('sum to the figures', () => {
    for (const key of [
      'persons',
      'households',
      'addresses',
      'organisations',
      'factoryPremises',
      'facilities',
      'objects',
      'matters',
      'visits',
    ] as const)
      expect([key, sum(all, quota => quota[key])]).toEqual([key, figures[key]])
    for (const key of ['total', 'solved', 'answered', 'satisfied'] as const)
      expect([key, sum(all, quota => quota.incidents[key])]).toEqual([key, figures.incidents[key]])
    figures.staff.forEach(({ count }, f) => {
      if (count !== null) expect(sum(all, quota => quota.staff[f]!)).toBe(count)
    })
  })

  it('leave nobody out', () => {
    for (const { persons, households, grids, incidents, organisations, factoryPremises } of all) {
      const [two, three, four] = grids
      expect(two).toBeGreaterThanOrEqual(1)
      if (three > 0) expect(three).toBeGreaterThanOrEqual(two)
      expect(four === 0 || four >= 2).toBe(true)
      expect(persons).toBeGreaterThanOrEqual(10 * Math.max(two, three + four) * 0.5)
      expect(households).toBeLessThanOrEqual(persons)
      expect(persons).toBeLessThanOrEqual(households * 5)
      expect(factoryPremises).toBeLessThanOrEqual(organisations)
      expect(incidents.satisfied).toBeLessThanOrEqual(incidents.answered)
      expect(incidents.answered).toBeLessThanOrEqual(incidents.solved)
      expect(incidents.solved).toBeLessThanOrEqual(incidents.total)
    }
  })
})

it('factories are in villages, and most where a zone is', () => {
  const tuanjie = testPlace('tuanjie', 1, SITES.tuanjie)
  const [community] = SITES.tuanjie
  expect(tuanjie.quotas.get(community!)!.factoryPremises).toBeLessThan(tuanjie.figures.factoryPremises * 0.1)
  const { figures, sites } = testPlace('huairou', 1, SITES.huairou)
  const site = sites.at(-1)!
  const zone = {
    code: '110116103601',
    name: '开发区',
    kind: 'development',
    town: site.town,
    parts: true,
  } as const
  const pieces = [{ name: '一区', site: site.code, face: site.face }]
  const quotas = quotasOf(figures, sites, randomOf('zone'), [{ ...zone, pieces }])
  const most = Math.max(...[...quotas.values()].map(({ factoryPremises }) => factoryPremises))
  expect(quotas.get(site.code)!.factoryPremises).toBe(most)
  expect(most).toBeGreaterThan(figures.factoryPremises * 0.2)
})

const gridTotals = (place: PlaceName) => {
  const { quotas } = testPlace(place, 1, SITES[place])
  return [0, 1, 2].map(i => sum(quotas.values(), quota => quota.grids[i]!))
}
const staffBy = (place: PlaceName, key: (of: StaffFigure) => string) => {
  const { figures, quotas } = testPlace(place, 1, SITES[place])
  const counts: Record<string, number> = {}
  figures.staff.forEach((of, f) => {
    const count = sum(quotas.values(), quota => quota.staff[f]!)
    counts[key(of)] = (counts[key(of)] ?? 0) + count
  })
  return counts
}

describe('the reference deployments', () => {
  it('Tuanjie: grids, heads, cadres, workers, enforcement, police, doctors', () => {
    expect(gridTotals('tuanjie')).toEqual([46, 86, 634])
    expect(staffBy('tuanjie', ({ role, level = '' }) => `${role}${level}`)).toEqual({
      head2: 46,
      head3: 86,
      head4: 634,
      cadre: 97,
      worker: 46,
      enforcement: 46,
      police: 12,
      doctor: 18,
    })
    const { quotas, figures } = testPlace('tuanjie', 1, SITES.tuanjie)
    for (const { grids, staff } of quotas.values()) {
      expect(grids[2]).toBeGreaterThanOrEqual(2 * grids[1])
      // One worker and one of enforcement for every level-2 grid.
      figures.staff.forEach(({ role }, f) => {
        if (role === 'worker' || role === 'enforcement') expect(staff[f]).toBe(grids[0])
      })
    }
    expect([figures.persons, figures.factoryPremises]).toEqual([66_473, 2_088])
    expect(figures.incidents.solved).toBeGreaterThan(1_100)
  })

  it('Huairou: 917,791 records, 26,341 staff, grids of communities and villages', () => {
    const { figures, quotas } = testPlace('huairou', 1, SITES.huairou)
    const { persons, addresses, matters, objects, organisations, facilities } = figures
    expect(persons + addresses + matters + objects + organisations + facilities).toBe(917_791)
    const grids = [...quotas].map(([code, quota]) => ({ community: isCommunity(code), two: quota.grids[0] }))
    const twos = (community: boolean) =>
      grids.filter(of => of.community === community).reduce((total, { two }) => total + two, 0)
    expect([twos(true), twos(false)]).toEqual([102, 1_115])
    expect(gridTotals('huairou')).toEqual([1_217, 4_571, 1_452])
    expect(staffBy('huairou', ({ force }) => force)).toEqual({
      professional: 1_166,
      'full-time': 21,
      assistant: 3_575,
      'part-time': 14_803,
      volunteer: 6_776,
    })
  })

  it('Huairou: rates of its requests', () => {
    const { total, solved, answered, satisfied } = figuresOf('huairou').incidents
    expect([total, solved]).toEqual([98_115, 96_237])
    expect((answered / solved).toFixed(4)).toBe('0.8467')
    expect((satisfied / answered).toFixed(4)).toBe('0.5280')
  })

  it('Shangdi and Chuzhou: their grids; 500 to 1,000 people in each of Chuzhou', () => {
    expect(gridTotals('shangdi')).toEqual([56, 142, 0])
    expect(gridTotals('chuzhou')).toEqual([34, 0, 0])
    const { quotas } = testPlace('chuzhou', 1, SITES.chuzhou)
    for (const { persons, grids } of quotas.values()) {
      expect(persons / grids[0]).toBeGreaterThan(500)
      expect(persons / grids[0]).toBeLessThan(1000)
    }
  })
})

describe('scale', () => {
  it.each([0.01, 0.1, 3])('%d times everything', scale => {
    const count = Math.max(3, Math.round(318 * scale))
    const sites = Array.from(
      { length: count },
      (_, i) => `110116${String(100 + Math.floor(i / 150)).padStart(3, '0')}${201 + (i % 150)}`,
    )
    const { figures, quotas } = testPlace('huairou', scale, sites)
    expect(figures.persons).toBe(Math.round(368_500 * scale))
    expect(sum(quotas.values(), quota => quota.persons)).toBe(figures.persons)
    expect(figures.incidents.answered / figures.incidents.solved).toBeCloseTo(0.8467, 2)
    expect(sum(quotas.values(), quota => quota.grids[0])).toBe(
      figures.grids.communities[0] + figures.grids.villages![0],
    )
  })

  it('is positive', () => {
    for (const scale of [0, -1, Number.NaN, Infinity])
      expect(() => figuresOf('huairou', scale)).toThrow(RangeError)
  })
})
