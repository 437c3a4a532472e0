// Bulk rows: whatever can be stored comes back equal, and what cannot leaves nothing behind, on both engines.
import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, expect, it } from 'vitest'
import { multiPolygonEwkb, pointEwkb } from '../imports/ewkb.ts'
import type { Database, Tx } from './database.ts'
import { LOCAL_ACTOR } from './database.ts'
import { inScope } from './scope.ts'
import { describeOnBothEngines } from './testing.ts'
import { type Cell, fillStage, makeStage, writeTable } from './write-table.ts'

describeOnBothEngines('bulk rows', fresh => {
  const columns = ['n', 't', 'u', 'f', 'i', 'b']
  beforeAll(async () => {
    await sql`create table sack (n integer primary key, t text, u text, f float8, i bigint, b boolean)`.execute(
      fresh().owner,
    )
    await sql`create table pin (id integer primary key, point geometry(Point, 4326), ground geometry(MultiPolygon, 4326))`.execute(
      fresh().owner,
    )
    await sql`create table one (t text)`.execute(fresh().owner)
  })
  const owning = <T>(work: (tx: Tx) => Promise<T>, database: Database = fresh()) =>
    database.owner.transaction().execute(work)
  const countOf = async (table: string) => {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(
      fresh().owner,
    )
    return rows[0]!.n
  }

  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.string({
      unit: fc.constantFrom('\\', '\t', '\n', '\r', '\b', '\v', 'N', '.', '"', "'", ',', ' ', '网'),
    }),
    fc.constantFrom('\\N', '\\.', '', 'null', '\\\\', '\\x41'),
  )
  const cells = fc.tuple(
    fc.option(text.filter(value => !value.includes('\0'))),
    fc.option(text.filter(value => !value.includes('\0'))),
    fc.option(fc.oneof(fc.double({ noDefaultInfinity: false }), fc.constant(-0))),
    fc.option(fc.maxSafeInteger()),
    fc.option(fc.boolean()),
  )

  it('come back equal', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(cells, { minLength: 1, maxLength: 40 }), async rows => {
        await owning(async tx => {
          await sql`delete from sack`.execute(tx)
          const numbered = rows.map((row, n): Cell[] => [n, ...row])
          expect(await writeTable(tx, { table: 'sack', columns, rows: numbered })).toBe(rows.length)
          const back = await sql<Record<string, Cell>>`select * from sack order by n`.execute(tx)
          // Text has no negative zero to bring.
          const whole = numbered.map(row => row.map(cell => (cell === 0 ? 0 : cell)))
          expect(back.rows.map(row => columns.map(name => (row[name] === 0 ? 0 : row[name])))).toEqual(whole)
        })
      }),
      { numRuns: 60 },
    )
  })
  it('a single column of empty text, nulls and marks', async () => {
    const rows = [[''], [null], ['\\.'], ['\\N'], ['\n']]
    await owning(tx => writeTable(tx, { table: 'one', columns: ['t'], rows }))
    const back = await sql<{ t: string | null }>`select t from one`.execute(fresh().owner)
    expect(back.rows.map(row => [row.t])).toEqual(rows)
  })
  it('come in by a temporary table in a scope too, which still holds after', async () => {
    const stage = { table: 'waiting', columns: ['code', 'name'], types: ['text', 'text'] }
    const actor = { name: 'a', scope: ['510188'] }
    const rows = () => sql`select id from facility where county = '510199'`.execute(fresh().owner)
    const write = (tx: Tx, county: string) =>
      sql`
        insert into facility (county, id, source_key, import_id, name, category, kind, point)
        select ${county}, gen_random_uuid(), code, gen_random_uuid(), name, 'other', 'x', st_setsrid(st_point(1, 1), 4326)
        from waiting`.execute(tx)
    await inScope(fresh(), actor, async tx => {
      await makeStage(tx, stage)
      await fillStage(tx, stage, ['1\t一\n', new TextEncoder().encode('2\t二\n')])
      await write(tx, '510188')
      await fillStage(tx, stage, ['3\t三\n'])
      const { rows: held } = await sql`select name from waiting`.execute(tx)
      expect(held).toEqual([{ name: '三' }])
      const { rows: who } = await sql<{ role: string }>`select current_user as role`.execute(tx)
      expect(who).toEqual([{ role: 'huage_app' }])
    })
    expect(
      (await sql`select id from facility where county = '510188'`.execute(fresh().owner)).rows,
    ).toHaveLength(2)
    const outside = inScope(fresh(), actor, async tx => {
      await makeStage(tx, stage)
      await fillStage(tx, stage, ['4\t四\n'])
      await write(tx, '510199')
    })
    await expect(outside).rejects.toThrow(/row-level security/)
    expect((await rows()).rows).toEqual([])
  })
  it('geometries arrive as hexadecimal EWKB', async () => {
    const ground = multiPolygonEwkb([[[1039500000, 308700000, 1039500100, 308700000, 1039500100, 308700100]]])
    const rows = [[1, pointEwkb([1039500001, 308700002]), ground]]
    await owning(tx => writeTable(tx, { table: 'pin', columns: ['id', 'point', 'ground'], rows }))
    const back = await sql`
      select st_asewkt(point, 7) as point, st_asewkt(ground, 7) as ground from pin where id = 1`.execute(
      fresh().owner,
    )
    expect(back.rows).toEqual([
      {
        point: 'SRID=4326;POINT(103.9500001 30.8700002)',
        ground: 'SRID=4326;MULTIPOLYGON(((103.95 30.87,103.95001 30.87,103.95001 30.87001,103.95 30.87)))',
      },
    ])
  })
  it('more than a piece: all of them, in order', async () => {
    const long = '长'.repeat(2000)
    const rows = Array.from({ length: 5000 }, (_, n): Cell[] => [100_000 + n, long, null, n / 7, n, true])
    await owning(async tx => {
      expect(await writeTable(tx, { table: 'sack', columns, rows })).toBe(5000)
      const { rows: found } = await sql<{ sum: string; least: number }>`
        select sum(n)::text as sum, min(length(t)) as least from sack where n >= 100000`.execute(tx)
      expect(found).toEqual([{ sum: String(5000 * 100_000 + (4999 * 5000) / 2), least: 2000 }])
      await sql`delete from sack`.execute(tx)
    })
  })
  it('no rows: nothing happens', async () => {
    expect(await owning(tx => writeTable(tx, { table: 'no such table', columns: ['x'], rows: [] }))).toBe(0)
  })
  it('a row that the table refuses takes all with it, and the connection lives on', async () => {
    const rows = [
      [7, 'x', null, 1, 1, true],
      [7, 'y', null, 1, 1, true],
    ]
    await expect(owning(tx => writeTable(tx, { table: 'sack', columns, rows }))).rejects.toMatchObject({
      code: '23505',
    })
    await expect(
      owning(tx => writeTable(tx, { table: 'sack', columns, rows: [['seven', null, null, 1, 1, true]] })),
    ).rejects.toMatchObject({ code: '22P02' })
    await expect(
      owning(tx => writeTable(tx, { table: 'sack', columns, rows: [[8, 'a\0b', null, 1, 1, true]] })),
    ).rejects.toMatchObject({ code: '22021' })
    await expect(
      owning(tx => writeTable(tx, { table: 'pin', columns: ['id', 'point'], rows: [[2, '0101']] })),
    ).rejects.toThrow(/WKB|geometry/i)
    expect(await countOf('sack')).toBe(0)
    expect(await countOf('pin')).toBe(1)
  })
  it('a row of the wrong length is our own mistake, and leaves nothing', async () => {
    const wrong = owning(tx =>
      writeTable(tx, { table: 'sack', columns, rows: [[9, 'x', null, 1, 1, true], [10]] }),
    )
    await expect(wrong).rejects.toBeInstanceOf(TypeError)
    expect(await countOf('sack')).toBe(0)
  })
  it('is rolled back with its transaction', async () => {
    const broken = owning(async tx => {
      await writeTable(tx, { table: 'sack', columns, rows: [[11, 'x', null, 1, 1, true]] })
      throw new Error('stop')
    })
    await expect(broken).rejects.toThrow('stop')
    expect(await countOf('sack')).toBe(0)
  })
  it('names of tables and columns are quoted', async () => {
    await sql`create table "odd ""name" ("a;b" integer)`.execute(fresh().owner)
    await owning(tx => writeTable(tx, { table: 'odd "name', columns: ['a;b'], rows: [[1]] }))
    expect(await countOf('odd "name')).toBe(1)
  })
  it('is not for the application’s role', async () => {
    const asked = inScope(fresh(), LOCAL_ACTOR, tx =>
      writeTable(tx, {
        table: 'layer_version',
        columns: ['county', 'layer'],
        rows: [['990000', 'x']],
      }),
    )
    await expect(asked).rejects.toThrow(/row-level security|permission denied/)
  })
})
