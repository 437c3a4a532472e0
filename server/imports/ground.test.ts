import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DATUMS } from '../../core/contract/imports.ts'
import { definitionOf, onLattice, toDegrees } from './coordinates.ts'
import { groundOf, isSimple } from './ground.ts'

const square = [0, 0, 100, 0, 100, 100, 0, 100]

describe('a ring', () => {
  //  simple      bow tie      spike        touches itself
  //  ┌──┐        ╲╱           ┌──┐──       ◇◇
  //  └──┘        ╱╲           └──┘
  test.each([
    ['square', square, true],
    ['bow tie', [0, 0, 100, 100, 100, 0, 0, 100], false],
    ['spike', [0, 0, 100, 0, 200, 0, 100, 0, 100, 100], false],
    ['touching itself', [0, 0, 50, 50, 100, 0, 100, 100, 50, 50, 0, 100], false],
    ['position on an edge', [0, 0, 100, 0, 100, 100, 50, 0, 0, 100], false],
    ['straight position', [0, 0, 50, 0, 100, 0, 100, 100, 0, 100], true],
    ['two positions', [0, 0, 100, 0], false],
  ])('%s', (_, ring, simple) => expect(isSimple(ring)).toBe(simple))

  test('around a centre is simple, with its positions in any other order mostly not, and never differently mirrored', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -40, max: 40 })), {
          minLength: 3,
          maxLength: 9,
        }),
        points => {
          const ring = points.flat()
          expect(isSimple(ring)).toBe(isSimple(points.flatMap(([x, y]) => [y, x])))
          expect(isSimple(ring)).toBe(isSimple(points.toReversed().flat()))
        },
      ),
    )
  })
})

describe('ground', () => {
  test('takes a sound polygon as it is', () => {
    const ground = groundOf({ kind: 'polygon', parts: [[[...square, 0, 0]]] })
    expect(ground).toEqual({ shape: [[square]], repairs: [], sizes: null })
  })
  test('drops a spike, and says so', () => {
    const ground = groundOf({ kind: 'polygon', parts: [[[0, 0, 1000, 0, 2000, 0, 1000, 0, 1000, 1000]]] })
    const size = expect.closeTo(61.545, 3)
    expect(ground).toEqual({
      shape: [[[0, 0, 1000, 0, 1000, 1000]]],
      repairs: ['spike-dropped'],
      sizes: { before: size, after: size },
    })
  })
  test('refuses a bow tie, with the place', () => {
    const ground = groundOf({ kind: 'polygon', parts: [[[0, 0, 1000, 1000, 1000, 0, 0, 1000, 0, 0]]] })
    expect(ground).toMatchObject({ code: 'self-crossing', en: expect.stringContaining('0.00005, 0.00005') })
  })
  test('refuses what has no area', () => {
    expect(groundOf({ kind: 'polygon', parts: [[[0, 0, 1, 1, 0, 0]]] })).toMatchObject({ code: 'too-small' })
    expect(groundOf({ kind: 'line', parts: [[[0, 0, 1, 1]]] })).toMatchObject({ code: 'wrong-geometry' })
    expect('shape' in groundOf({ kind: 'polygon', parts: [[[0, 0, 50, 50, 100, 100, 0, 0]]] })).toBe(false)
  })
})

describe('coordinates', () => {
  const point = (x: number, y: number) => ({ kind: 'point' as const, parts: [[[x, y]]] })
  const convert = async (crs: string | null, datum: (typeof DATUMS)[number], x: number, y: number) => {
    const shape = onLattice(point(x, y), await toDegrees(crs, datum))
    return 'kind' in shape ? shape.parts[0]![0]! : shape.code
  }
  test('land on the lattice once, whole numbers without minus zero', async () => {
    expect(await convert(null, 'wgs84', 103.90000004, -1e-9)).toEqual([1039000000, 0])
    expect(Object.is(((await convert(null, 'wgs84', 0, -1e-9)) as number[])[1], 0)).toBe(true)
  })
  test('out of CGCS2000 Gauss–Krüger, with the zone in front and without', async () => {
    // Chengdu, 3° zone 35 around 105° E; computed with PROJ's own EPSG database.
    const [x, y] = (await convert('EPSG:4544', 'wgs84', 394_825.4, 3_408_747.7)) as number[]
    const [zx, zy] = (await convert(
      'urn:ogc:def:crs:EPSG::4523',
      'cgcs2000',
      35_394_825.4,
      3_408_747.7,
    )) as number[]
    expect([zx, zy]).toEqual([x, y])
    expect(x! / 1e7).toBeCloseTo(103.9, 1)
    expect(y! / 1e7).toBeCloseTo(30.8, 1)
  })
  test('GCJ-02 and BD-09 go back by some hundred metres, and leave the source as it was', async () => {
    const source = point(116.397428, 39.90923)
    const shape = onLattice(source, await toDegrees(null, 'gcj02'))
    const [x, y] = 'kind' in shape ? shape.parts[0]![0]! : []
    expect(x! / 1e7).toBeCloseTo(116.39119, 4)
    expect(y! / 1e7).toBeCloseTo(39.90783, 4)
    expect(source).toEqual(point(116.397428, 39.90923))
    expect(await convert(null, 'bd09', 116.403963, 39.915119)).not.toEqual(
      await convert(null, 'gcj02', 116.403963, 39.915119),
    )
  })
  test.each([
    [Number.NaN, 1, 'bad-position'],
    [Number.POSITIVE_INFINITY, 1, 'bad-position'],
    [1e308, 1, 'outside-world'],
    [500_000, 3_400_000, 'outside-world'],
    [10, 91, 'outside-world'],
  ])('%d %d is refused', (x, y, code) => expect(convert(null, 'wgs84', x, y)).resolves.toBe(code))
  test('only known systems', async () => {
    expect(definitionOf('EPSG:4490')).toBeNull()
    expect(definitionOf('urn:ogc:def:crs:OGC:1.3:CRS84')).toBeNull()
    expect(definitionOf('EPSG:4513')).toContain('+lon_0=75')
    expect(definitionOf('EPSG:2437')).toBeUndefined()
    await expect(toDegrees('EPSG:2437', 'wgs84')).rejects.toThrow(/EPSG:2437/)
  })
})
