// Which grid owns a point: the SQL function against the kernel's, on inner points, borders and corners.
import { existsSync, readFileSync } from 'node:fs'
import { type RawBuilder, sql } from 'kysely'
import { beforeAll, expect, it } from 'vitest'
import { covers } from '../../core/topology/covers.ts'
import { LATTICE, type Position, type Shape } from '../../core/topology/model.ts'
import { LOCAL_ACTOR } from './database.ts'
import { projectFile } from './project.ts'
import { inScope } from './scope.ts'
import { describeOnBothEngines } from './testing.ts'

/** Numbers from 0 to 1, the same ones every time. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

const ORIGIN: Position = [1163912345, 399123457]
const CELL = 4000
const SIDE = 8

//   corner ── corner ──  Every inner corner of the 8 × 8 cells is moved at random; some cells are cut into two
//     │   ╲      │       triangles, two far ones are one grid (an exclave), and one has a hole that is a grid.
//   corner ── corner ──
function coverage(): Shape[] {
  const random = numbers(7)
  const corner = Array.from({ length: SIDE + 1 }, (_, row) =>
    Array.from({ length: SIDE + 1 }, (_, column): Position => {
      const inner = row > 0 && row < SIDE && column > 0 && column < SIDE
      const moved = () => (inner ? Math.round((random() - 0.5) * CELL * 0.6) : 0)
      return [ORIGIN[0] + column * CELL + moved(), ORIGIN[1] + row * CELL + moved()]
    }),
  )
  const shapes: Shape[] = []
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const [a, b] = [corner[row]![column]!, corner[row]![column + 1]!]
      const [d, c] = [corner[row + 1]![column]!, corner[row + 1]![column + 1]!]
      if (random() < 0.3) shapes.push([[[...a, ...b, ...c]]], [[[...a, ...c, ...d]]])
      else if (row === 3 && column === 3) {
        const [x, y] = [Math.round((a[0] + c[0]) / 2), Math.round((a[1] + c[1]) / 2)]
        const island = [x, y, x + 100, y, x + 100, y + 100, x, y + 100]
        const hole = [x, y, x, y + 100, x + 100, y + 100, x + 100, y]
        shapes.push([[[...a, ...b, ...c, ...d], hole]], [[island]])
      } else shapes.push([[[...a, ...b, ...c, ...d]]])
    }
  }
  const last = shapes.pop()!
  shapes[0] = [...shapes[0]!, ...last]
  return shapes
}

/** Random points, all corners, lattice points on the borders (rounded ones lie beside them), and their neighbours. */
function points(shapes: readonly Shape[]): Position[] {
  const random = numbers(11)
  const list: Position[] = Array.from({ length: 500 }, () => [
    ORIGIN[0] + Math.floor(random() * SIDE * CELL),
    ORIGIN[1] + Math.floor(random() * SIDE * CELL),
  ])
  for (const ring of shapes.flat(2)) {
    for (let i = 0; i < ring.length; i += 2) {
      const [ax, ay] = [ring[i]!, ring[i + 1]!]
      const [bx, by] = [ring[(i + 2) % ring.length]!, ring[(i + 3) % ring.length]!]
      const middle: Position = [Math.round((ax + bx) / 2), Math.round((ay + by) / 2)]
      list.push([ax, ay], middle, [middle[0] + 1, middle[1]], [middle[0], middle[1] - 1], [ax - 1, ay + 1])
    }
  }
  return list
}

function geometry(shape: Shape): RawBuilder<unknown> {
  const coordinates = shape.map(face =>
    face.map(ring => {
      const positions = Array.from({ length: ring.length / 2 }, (_, i) => [
        ring[2 * i]! / LATTICE,
        ring[2 * i + 1]! / LATTICE,
      ])
      return [...positions, positions[0]]
    }),
  )
  return sql`st_setsrid(st_geomfromgeojson(${JSON.stringify({ type: 'MultiPolygon', coordinates })}), 4326)`
}

describeOnBothEngines('one point, one grid', fresh => {
  const shapes = coverage()
  const asked = points(shapes)
  const county = '110116'
  const plan = '0190f5fe-7c00-7a00-8000-000000000005'
  const idOf = (i: number) => `0190f5fe-7c00-7a00-8000-${String(i).padStart(12, '0')}`

  const askedRows = (list: readonly Position[]) => sql`
    unnest(${list.map(p => p[0])}::bigint[], ${list.map(p => p[1])}::bigint[]) with ordinality as asked (x, y, n)
    cross join lateral st_setsrid(st_point(x / 1e7, y / 1e7), 4326) as point`

  beforeAll(async () => {
    await inScope(fresh(), LOCAL_ACTOR, async tx => {
      await sql`insert into area (county, code, name, source, geom, created_by)
        values (${county}, ${county}, '怀柔', 'test', ${geometry(shapes[0]!)}, 'test')`.execute(tx)
      await sql`insert into plan (county, plan_id, area_code, name, profile, created_by)
        values (${county}, ${plan}, ${county}, '方案', 'town', 'test')`.execute(tx)
      for (const [i, shape] of shapes.entries()) {
        await sql`insert into grid_version (county, plan_id, grid_id, from_revision, level, leaf, code, name, geom,
            area_m2, persons, households, buildings)
          values (${county}, ${plan}, ${idOf(i)}, 1, 1, true, ${String(i)}, '网格', ${geometry(shape)}, 1, 0, 0, 0)`.execute(
          tx,
        )
      }
    })
  })

  it('huage_leaf_at names the grid that the kernel names, for every point', async () => {
    const { rows } = await inScope(fresh(), LOCAL_ACTOR, tx =>
      sql<{ grid: string | null }>`
        select huage_leaf_at(${county}, ${plan}, point) as grid from ${askedRows(asked)} order by n`.execute(
        tx,
      ),
    )
    const expected = asked.map(point => {
      const owners = shapes.flatMap((shape, i) => (covers(shape, point) ? [idOf(i)] : []))
      expect(owners.length).toBeLessThanOrEqual(1)
      return owners[0] ?? null
    })
    expect(rows.map(row => row.grid)).toEqual(expected)
    expect(asked.length).toBeGreaterThan(1500)
  })
  it('each of 500 random points and every inner corner is covered exactly once', async () => {
    const [west, south] = ORIGIN
    const inner = asked.filter(
      ([x, y]) => x > west && y > south && x < west + SIDE * CELL && y < south + SIDE * CELL,
    )
    const { rows } = await inScope(fresh(), LOCAL_ACTOR, tx =>
      sql<{ owners: number }>`
        select (select count(*) from grid_version where plan_id = ${plan} and huage_covers(geom, point)) as owners
        from ${askedRows(inner)} order by n`.execute(tx),
    )
    expect(new Set(rows.map(row => row.owners))).toEqual(new Set([1]))
  })
  it('the exact test and the quick one agree', async () => {
    const some = asked.filter((_, i) => i % 7 === 0)
    const { rows } = await inScope(fresh(), LOCAL_ACTOR, tx =>
      sql`select n from grid_version, ${askedRows(some)}
        where plan_id = ${plan} and huage_covers(geom, point) <> (geom && point and huage_covers_exactly(geom, point))`.execute(
        tx,
      ),
    )
    expect(rows).toEqual([])
  })
  it('a grid of another scope is not named', async () => {
    const { rows } = await inScope(fresh(), { name: 'x', scope: ['530302'] }, tx =>
      sql`select huage_leaf_at(${county}, ${plan}, point) as grid from ${askedRows(asked.slice(0, 3))}`.execute(
        tx,
      ),
    )
    expect(rows).toEqual([{ grid: null }, { grid: null }, { grid: null }])
  })
  it('an edge of half the globe still decides by exact whole numbers', async () => {
    const wide: Shape = [[[-1800000000, -900000000, 1800000000, 899999999, -1800000000, 899999999]]]
    const on: Position[] = [
      [-1800000000, -900000000],
      [0, 0],
      [0, -1],
      [1, 0],
      [1799999999, 899999998],
      [-1800000000, 0],
    ]
    const { rows } = await inScope(fresh(), LOCAL_ACTOR, tx =>
      sql<{ inside: boolean }>`
        select huage_covers(${geometry(wide)}, point) as inside from ${askedRows(on)} order by n`.execute(tx),
    )
    expect(rows.map(row => row.inside)).toEqual(on.map(point => covers(wide, point)))
  })
  it('st_dumpsegments gives every edge of every ring once', async () => {
    const { rows } = await inScope(fresh(), LOCAL_ACTOR, tx =>
      sql`select count(*) as n from st_dumpsegments(${geometry(shapes[0]!)})`.execute(tx),
    )
    expect(rows).toEqual([{ n: shapes[0]!.flat().reduce((sum, ring) => sum + ring.length / 2, 0) }])
  })
  it('shapes come back from the table as they went in', async () => {
    const { rows } = await inScope(fresh(), LOCAL_ACTOR, tx =>
      sql<{ shape: { coordinates: number[][][][] } }>`
        select st_asgeojson(geom, 7)::jsonb as shape from grid_version where plan_id = ${plan} order by grid_id`.execute(
        tx,
      ),
    )
    const back = rows.map(({ shape }) =>
      shape.coordinates.map(face =>
        face.map(ring =>
          ring.slice(0, -1).flatMap(([x, y]) => [Math.round(x! * LATTICE), Math.round(y! * LATTICE)]),
        ),
      ),
    )
    expect(back).toEqual(shapes)
  })

  /** Rings closed, in lattice steps, as the kernel's own test reads them. */
  interface SharedCase {
    readonly name: string
    readonly shape: readonly (readonly (readonly Position[])[])[]
    readonly point: Position
    readonly expected: boolean
  }
  const table = projectFile('core/topology/covers.cases.json')
  it.skipIf(!existsSync(table))('the table shared with the kernel', async () => {
    const cases = JSON.parse(readFileSync(table, 'utf8')) as readonly SharedCase[]
    const answers = await inScope(fresh(), LOCAL_ACTOR, async tx => {
      const list: [string, unknown][] = []
      for (const one of cases) {
        const shape = one.shape.map(face => face.map(ring => ring.slice(0, -1).flat()))
        const { rows } = await sql<{ covers: boolean }>`
          select huage_covers(${geometry(shape)}, point) as covers from ${askedRows([one.point])}`.execute(tx)
        list.push([one.name, rows[0]?.covers])
      }
      return list
    })
    expect(answers).toEqual(cases.map(one => [one.name, one.expected]))
    expect(cases.length).toBeGreaterThan(10)
  })
})
