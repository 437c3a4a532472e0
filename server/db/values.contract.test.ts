// Every kind of value comes back the same from both engines, as the same JavaScript type.
import { type RawBuilder, sql } from 'kysely'
import { expect, it } from 'vitest'
import { LOCAL_ACTOR } from './database.ts'
import { inScope } from './scope.ts'
import { describeOnBothEngines } from './testing.ts'

describeOnBothEngines('values', fresh => {
  const read = async (expression: RawBuilder<unknown>) =>
    await inScope(fresh(), LOCAL_ACTOR, async tx => {
      const { rows } = await sql<{ value: unknown }>`select ${expression} as value`.execute(tx)
      return rows[0]!.value
    })

  it('int8 is a number when it is safe', async () => {
    expect(await read(sql`9007199254740991::int8`)).toBe(Number.MAX_SAFE_INTEGER)
    expect(await read(sql`(-9007199254740991)::int8`)).toBe(Number.MIN_SAFE_INTEGER)
    expect(await read(sql`(select count(*) from generate_series(1, 3))`)).toBe(3)
  })
  it('int8 is a bigint when it is not safe', async () => {
    expect(await read(sql`9223372036854775807::int8`)).toBe(9223372036854775807n)
    expect(await read(sql`${9223372036854775807n}::int8`)).toBe(9223372036854775807n)
  })
  it('int2, int4 and oid are numbers', async () => {
    expect(await read(sql`array[(-32768)::int2, 32767]`)).toEqual([-32768, 32767])
    expect(await read(sql`(-2147483648)::int4`)).toBe(-2147483648)
    expect(await read(sql`4000000000::oid`)).toBe(4_000_000_000)
  })
  it('numeric keeps every digit as text', async () => {
    expect(await read(sql`12345678901234567890.123456789::numeric`)).toBe('12345678901234567890.123456789')
    expect(await read(sql`(select sum(v) from (values (1::int8), (2)) t (v))`)).toBe('3')
  })
  it('float8 comes back bit for bit', async () => {
    const numbers = [0.1, 1e308, 5e-324, -0.30000000000000004, 116.3912345, 1 / 3]
    for (const number of numbers) expect(await read(sql`${number}::float8`)).toBe(number)
  })
  it('float8 knows NaN and the infinities', async () => {
    expect(await read(sql`'NaN'::float8`)).toBeNaN()
    expect(await read(sql`${Number.POSITIVE_INFINITY}::float8`)).toBe(Number.POSITIVE_INFINITY)
  })
  it('float4 is a number', async () => {
    expect(await read(sql`1.5::float4`)).toBe(1.5)
  })
  it('booleans', async () => {
    expect(await read(sql`array[${true}::boolean, ${false}, null]`)).toEqual([true, false, null])
  })
  it('text with Chinese, rare characters and emoji', async () => {
    const texts = ['怀柔区泉河街道', '𠮷𠀀', '👩‍👩‍👧‍👦🏘️', 'a\tb\nc\\d"e\'f', '', ' ', '$1?%s', 'é é']
    for (const text of texts) expect(await read(sql`${text}::text`)).toBe(text)
  })
  it('counts characters, not bytes', async () => {
    expect(await read(sql`char_length('划格👍')`)).toBe(3)
  })
  it('refuses a zero byte in text', async () => {
    await expect(read(sql`${'a\0b'}::text`)).rejects.toMatchObject({ code: '22021' })
  })
  it('bytes', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i)
    const back = await read(sql`${bytes}::bytea`)
    expect(back).toEqual(bytes)
    expect((back as object).constructor).toBe(Uint8Array)
    expect(await read(sql`${Buffer.from('划格')}::bytea`)).toEqual(new Uint8Array(Buffer.from('划格')))
    expect(await read(sql`''::bytea`)).toEqual(new Uint8Array())
  })
  it('an instant with a zone is a Date', async () => {
    const date = new Date('2026-11-24T08:30:15.123Z')
    expect(await read(sql`${date}::timestamptz`)).toEqual(date)
    expect(await read(sql`'2026-11-24 16:30:15.123+08'::timestamptz`)).toEqual(date)
    expect(await read(sql`'1901-01-01 00:00:00+08:05:43'::timestamptz`)).toEqual(
      new Date('1900-12-31T15:54:17Z'),
    )
  })
  it('a day and a local time stay text, since they name no instant', async () => {
    expect(await read(sql`'2026-11-24'::date`)).toBe('2026-11-24')
    expect(await read(sql`'2026-11-24 16:30:15.5'::timestamp`)).toBe('2026-11-24 16:30:15.5')
    expect(await read(sql`'16:30:15'::time`)).toBe('16:30:15')
  })
  it('a Date given to a day column does not slip to the day before', async () => {
    expect(await read(sql`(${new Date('2026-11-24T00:00:00Z')}::timestamptz)::date`)).toBe('2026-11-24')
  })
  it('an invalid Date is refused before it is sent', async () => {
    await expect(read(sql`${new Date('never')}::timestamptz`)).rejects.toThrow('invalid date')
  })
  it('intervals and other types we say nothing about are text', async () => {
    expect(await read(sql`interval '1 day 2 hours'`)).toBe('1 day 02:00:00')
    expect(await read(sql`'(1,2)'::point`)).toBe('(1,2)')
  })
  it('jsonb of every shape', async () => {
    const value = { 名: '划格', n: 1.5, list: [1, null, { deep: [] }], yes: true, none: null, big: 2 ** 53 }
    expect(await read(sql`${JSON.stringify(value)}::jsonb`)).toEqual(value)
    expect(await read(sql`${value}::jsonb`)).toEqual(value)
    expect(await read(sql`${'"text"'}::jsonb`)).toBe('text')
    expect(await read(sql`'{"a":1}'::json`)).toEqual({ a: 1 })
  })
  it('JSON null and SQL null both read as null, undefined writes null', async () => {
    expect(await read(sql`'null'::jsonb`)).toBeNull()
    expect(await read(sql`${null}::jsonb`)).toBeNull()
    expect(await read(sql`${undefined}::text`)).toBeNull()
    expect(await read(sql`${{ a: undefined, b: 1 }}::jsonb`)).toEqual({ b: 1 })
  })
  it('arrays of text with quotes, commas, braces, NULL and "NULL"', async () => {
    const texts = ['a,b', 'c"d', 'e\\f', '{g}', '', 'NULL', null, '划 格', '\n']
    expect(await read(sql`${texts}::text[]`)).toEqual(texts)
  })
  it('arrays of numbers, nested and empty', async () => {
    expect(await read(sql`${[1, 2, null]}::int[]`)).toEqual([1, 2, null])
    expect(await read(sql`${[[1, 2], [3, 4]]}::int[]`)).toEqual([
      [1, 2],
      [3, 4],
    ])
    expect(await read(sql`${[]}::int[]`)).toEqual([])
    expect(await read(sql`'[0:1]={7,8}'::int[]`)).toEqual([7, 8])
    expect(await read(sql`array[9223372036854775807, 1]::int8[]`)).toEqual([9223372036854775807n, 1])
    expect(await read(sql`${[0.5, -1]}::float8[]`)).toEqual([0.5, -1])
  })
  it('arrays of instants, bytes, booleans and JSON', async () => {
    const dates = [new Date('2026-01-01T00:00:00Z'), new Date('2026-06-01T12:00:00.5Z')]
    expect(await read(sql`${dates}::timestamptz[]`)).toEqual(dates)
    expect(await read(sql`${[Uint8Array.of(1, 255)]}::bytea[]`)).toEqual([Uint8Array.of(1, 255)])
    expect(await read(sql`${[true, false]}::boolean[]`)).toEqual([true, false])
    expect(await read(sql`${['{"a":"b,c"}', '[1]']}::jsonb[]`)).toEqual([{ a: 'b,c' }, [1]])
  })
  it('uuids', async () => {
    const id = '0190f5fe-7c00-7a00-8000-000000000001'
    expect(await read(sql`${id.toUpperCase()}::uuid`)).toBe(id)
    expect(await read(sql`${[id]}::uuid[]`)).toEqual([id])
    await expect(read(sql`${'no uuid'}::uuid`)).rejects.toMatchObject({ code: '22P02' })
  })
  it('any(array) takes a parameter', async () => {
    expect(await read(sql`'b' = any (${['a', 'b']}::text[])`)).toBe(true)
  })
  it('the same column name twice: the last one wins', async () => {
    const { rows } = await inScope(fresh(), LOCAL_ACTOR, tx => sql`select 1 as a, 2 as a`.execute(tx))
    expect(rows).toEqual([{ a: 2 }])
  })
  it('counts the rows it changed', async () => {
    const changed = await inScope(fresh(), LOCAL_ACTOR, async tx => {
      await sql`create temporary table counted (n int) on commit drop`.execute(tx)
      const inserted = await sql`insert into counted select generate_series(1, 7)`.execute(tx)
      const updated = await sql`update counted set n = 0 where n > 5`.execute(tx)
      const deleted = await sql`delete from counted where n = 9`.execute(tx)
      return [inserted, updated, deleted].map(result => result.numAffectedRows)
    })
    expect(changed).toEqual([7n, 2n, 0n])
  })
  it('geometry through GeoJSON is exact on the lattice', async () => {
    const at = (step: number) => step / 1e7
    const ring = [
      [1163912345, 399123457],
      [1163912346, 399123457],
      [1163912346, 399123459],
      [1163912345, 399123457],
    ].map(point => point.map(at))
    const shape = { type: 'MultiPolygon', coordinates: [[ring]] }
    const back = await read(
      sql`st_asgeojson(st_setsrid(st_geomfromgeojson(${JSON.stringify(shape)}), 4326), 7)::jsonb`,
    )
    expect(back).toMatchObject(shape)
  })
  it('1,000 random lattice points survive GeoJSON, text and the doubles between', async () => {
    const steps = Array.from({ length: 1000 }, (_, i) => [
      Math.round(Math.sin(i) * 1.8e9),
      Math.round(Math.cos(i * 7) * 0.9e9),
    ])
    const shape = { type: 'MultiPoint', coordinates: steps.map(point => point.map(step => step / 1e7)) }
    const back = (await read(sql`st_asgeojson(st_geomfromgeojson(${JSON.stringify(shape)}), 7)::jsonb`)) as {
      coordinates: number[][]
    }
    expect(back.coordinates.map(point => point.map(degrees => Math.round(degrees * 1e7)))).toEqual(steps)
  })
})
