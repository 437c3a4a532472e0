// For tests: a town in four ragged levels with residents, posts, things and a year of incidents, many of them on borders.
import { uuidv7 } from 'uuidv7'
import type { Database } from '../db/database.ts'
import { type Cell, writeTable } from '../db/write-table.ts'
import { multiLineEwkb, multiPolygonEwkb, pointEwkb } from '../imports/ewkb.ts'
import { openVersions } from '../plans/queries.ts'
import { refreshTallies } from '../plans/refresh-tallies.ts'
import { at, degrees, GRIDS, type GridLetter, gridsOf, levelOf, outlineOf } from './ragged-grids.ts'

export const TODAY = '2026-10-31'
const DAY_MS = 86_400_000
const END = Date.parse('2026-11-01T00:00:00+08:00')
const CATEGORIES = ['theft', 'noise-at-night', 'rubbish', 'street-lamp'] as const

export interface LivingTown {
  readonly county: string
  readonly plan: string
  readonly ids: Readonly<Record<GridLetter, string>>
  /** A place of the town in degrees, 0..64 across. */
  at(x: number, y: number): [number, number]
}

/** The same numbers on both engines: a small linear congruence. */
function seeded(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

export async function buildLivingTown(database: Database, county: string): Promise<LivingTown> {
  const random = seeded(7)
  const plan = uuidv7()
  const ids = Object.fromEntries(GRIDS.map(grid => [grid, uuidv7()])) as Record<GridLetter, string>
  const village = `${county}101201`
  const origin = uuidv7()
  // A third of all things stand on the corners of a grid of sixteenths, so many lie on borders and on the outer one.
  const spot = () =>
    random(3) === 0 ? at(random(5) * 16, random(5) * 16) : at(random(641) / 10, random(641) / 10)
  const imported = (key: string) => [county, uuidv7(), key, origin] as const
  const IMPORTED = ['county', 'id', 'source_key', 'import_id'] as const

  const buildings: Cell[][] = []
  const households: Cell[][] = []
  const residents: Cell[][] = []
  for (let b = 0; b < 240; b++) {
    const point = spot()
    const [x, y] = point
    const own = imported(`b${b}`)
    let persons = 0
    const homes = random(4)
    for (let h = 0; h < homes; h++) {
      const home = imported(`h${b}-${h}`)
      households.push([...home, own[1], pointEwkb(point)])
      const people = 1 + random(4)
      persons += people
      for (let p = 0; p < people; p++) {
        residents.push([
          ...imported(`r${b}-${h}-${p}`),
          home[1],
          `甲${b}乙${p}`,
          random(2) ? 'f' : 'm',
          `${1930 + random(95)}-${String(1 + random(12)).padStart(2, '0')}-15`,
          p === 0 ? 'head' : 'other',
          random(5) === 0 ? 'floating' : 'registered',
          random(40) === 0,
          random(20) === 0,
          random(6) === 0,
          people === 1,
        ])
      }
    }
    const corner = 40
    buildings.push([
      ...own,
      `楼${b}`,
      'apartments',
      100,
      persons,
      homes,
      'column',
      ['A', 'B', 'C', 'D', null][random(5)]!,
      multiPolygonEwkb([
        [[x - corner, y - corner, x + corner, y - corner, x + corner, y + corner, x - corner, y + corner]],
      ]),
      pointEwkb(point),
    ])
  }
  const things = (count: number, row: (n: number) => readonly Cell[]) =>
    Array.from({ length: count }, (_, n): Cell[] => [...row(n), pointEwkb(spot())])

  const staff: Cell[][] = []
  const posts: Cell[][] = []
  const hire = (
    name: string,
    role: string,
    on: Record<'grid' | 'area' | 'road' | 'water', string | null>,
    from = '2025-01-01',
    to: string | null = null,
  ) => {
    const person = imported(`s${staff.length}`)
    staff.push([...person, name, `028-8700${String(staff.length).padStart(4, '0')}`, 'full-time', '专职'])
    posts.push([county, uuidv7(), person[1], role, on.grid, on.area, on.road, on.water, from, to])
  }
  const nowhere = { grid: null, area: null, road: null, water: null }
  for (const grid of GRIDS) {
    hire(`长${grid}`, 'head', { ...nowhere, grid: ids[grid] })
    if (levelOf(grid) === 2) hire(`员${grid}`, 'worker', { ...nowhere, grid: ids[grid] })
  }
  hire('警WS', 'police', { ...nowhere, grid: ids.WS })
  hire('旧WS', 'head', { ...nowhere, grid: ids.WS }, '2024-01-01', '2025-12-31')
  hire('新WS', 'worker', { ...nowhere, grid: ids.WS }, '2027-01-01')
  hire('村领导', 'leader', { ...nowhere, area: village })
  hire('街领导', 'leader', { ...nowhere, area: `${county}101` })
  const road = imported('road')
  const river = imported('river')
  hire('街巷长', 'street-chief', { ...nowhere, road: road[1] })
  hire('河段长', 'river-chief', { ...nowhere, water: river[1] })

  const incidents: Cell[][] = []
  const steps: Cell[][] = []
  for (let n = 0; n < 900; n++) {
    const own = imported(`i${n}`)
    const reported = END - 1000 - random(400 * 86_400) * 1000
    const closed = random(6) === 0 ? null : reported + random(10 * DAY_MS)
    const due = reported + 3 * DAY_MS
    incidents.push([
      ...own,
      `N${String(n).padStart(6, '0')}`,
      ['hotline', 'grid', 'public', 'camera', 'assigned', 'other'][random(6)]!,
      CATEGORIES[random(CATEGORIES.length)]!,
      1 + random(4),
      `事件 ${n}`,
      n % 50 === 0 ? null : pointEwkb(spot()),
      new Date(reported).toISOString(),
      '王小明',
      '13812345678',
      ['micro', 'small', 'large'][random(3)]!,
      closed === null ? 4 : 6,
      new Date(due).toISOString(),
      closed === null ? null : new Date(closed).toISOString(),
    ])
    steps.push([county, own[1], 1, 1, 'micro', new Date(reported).toISOString(), null])
    steps.push([county, own[1], 2, 2, 'micro', new Date(reported + 1000).toISOString(), '已受理'])
  }

  const grids = gridsOf(village, ids)
  const whole = outlineOf('W').concat(outlineOf('E'))

  await database.owner.transaction().execute(async tx => {
    const write = (table: string, columns: readonly string[], rows: readonly (readonly Cell[])[]) =>
      writeTable(tx, { table, columns, rows })
    await tx
      .insertInto('level_profile')
      .values({
        profile: 'living-town',
        name: JSON.stringify({ zh: '试验', en: 'Trial' }),
        levels: JSON.stringify(
          (['社区', '网格', '小组', '院落'] as const).map((zh, n) => ({
            name: { zh, en: zh },
            band: null,
            staff: [null, '1+1+x', 'heads', 'heads'][n],
          })),
        ),
      })
      .onConflict(conflict => conflict.doNothing())
      .execute()
    const areas = [
      [county, '试验县'],
      [`${county}101`, '试验街道'],
      [village, '试验村'],
    ] as const
    await write(
      'area',
      ['county', 'code', 'name', 'source', 'created_by', 'geom'],
      areas.map(([code, name]) => [county, code, name, 'test', 'test', multiPolygonEwkb(whole)]),
    )
    await write(
      'plan',
      ['county', 'plan_id', 'area_code', 'name', 'profile', 'state', 'grids', 'created_by'],
      [[county, plan, village, '试验方案', 'living-town', 'published', grids.length, 'test']],
    )
    await openVersions(tx, { county, plan_id: plan }, grids, 0)
    await write(
      'building',
      [
        ...IMPORTED,
        'name',
        'kind',
        'floor_area_m2',
        'persons',
        'households',
        'people_source',
        'dangerous',
        'geom',
        'point',
      ],
      buildings,
    )
    await write('household', [...IMPORTED, 'building_id', 'point'], households)
    await write(
      'resident',
      [
        ...IMPORTED,
        'household_id',
        'name',
        'sex',
        'born',
        'relation',
        'registration',
        'pregnant',
        'disabled',
        'chronically_ill',
        'lives_alone',
      ],
      residents,
    )
    await write(
      'address',
      [...IMPORTED, 'village', 'street', 'house_number', 'point'],
      things(300, n => [...imported(`a${n}`), '试验村', '花园路', `${n}号`]),
    )
    await write(
      'facility',
      [...IMPORTED, 'name', 'category', 'kind', 'point'],
      things(120, n => [
        ...imported(`f${n}`),
        `设施${n}`,
        ['education', 'health', 'shop'][n % 3]!,
        ['school', 'clinic', 'supermarket'][n % 3]!,
      ]),
    )
    await write(
      'object',
      [...IMPORTED, 'category', 'kind', 'number', 'point'],
      things(200, n => [...imported(`o${n}`), 'utilities', ['manhole', 'street-lamp'][n % 2]!, `L${n}`]),
    )
    await write(
      'organisation',
      [
        ...IMPORTED,
        'name',
        'kind',
        'employees',
        'special_equipment',
        'key_place',
        'factory_premises',
        'point',
      ],
      things(150, n => [
        ...imported(`g${n}`),
        `=企业${n}`,
        'company',
        n % 17,
        n % 3,
        n % 9 === 0 ? '锅炉' : null,
        n % 2 === 0,
      ]),
    )
    await write(
      'road',
      [...IMPORTED, 'name', 'class', 'geom'],
      [[...road, '花园路', 'residential', multiLineEwkb([[...at(0, 8), ...at(15, 8)]])]],
    )
    await write(
      'water',
      [...IMPORTED, 'name', 'kind', 'geom'],
      [[...river, '毗河', 'river', multiLineEwkb([[...at(40, 60), ...at(60, 60)]])]],
    )
    await write('staff', [...IMPORTED, 'name', 'phone', 'force', 'force_kind'], staff)
    await write(
      'post',
      [
        'county',
        'id',
        'staff_id',
        'role',
        'grid_id',
        'area_code',
        'road_id',
        'water_id',
        'from_date',
        'to_date',
      ],
      posts,
    )
    await write(
      'incident',
      [
        ...IMPORTED,
        'number',
        'source',
        'category',
        'severity',
        'title',
        'point',
        'reported_at',
        'reporter_name',
        'reporter_phone',
        'circulation',
        'step',
        'due',
        'closed_at',
      ],
      incidents,
    )
    await write(
      'incident_step',
      ['county', 'incident_id', 'number', 'step', 'circulation', 'at', 'note'],
      steps,
    )
    await write(
      'demo_place',
      ['county', 'place', 'name', 'seed', 'scale', 'counts', 'actor'],
      [[county, 'test', '试验', 7, 1, '{}', 'test']],
    )
    await refreshTallies(tx, county)
  })
  return { county, plan, ids, at: degrees }
}
