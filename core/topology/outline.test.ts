import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromGeoJson, toGeoJson } from './geojson.ts'
import { isRefusal } from './model.ts'
import { cleanOutline } from './outline.ts'

const polygon = (...rings: unknown[]) => ({ type: 'Polygon', coordinates: rings })
const multi = (...polygons: unknown[]) => ({ type: 'MultiPolygon', coordinates: polygons })
const square = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
  [0, 0],
]
const at = (from: number, to: number) => [
  [from, from],
  [to, from],
  [to, to],
  [from, to],
  [from, from],
]

describe('a clean outline', () => {
  it('is closed, oriented and starts at its least position', () => {
    const cleaned = cleanOutline(
      polygon([
        [4, 4],
        [4, 0],
        [0, 0],
        [0, 4],
      ]),
    )
    expect(cleaned).toMatchObject({ shape: [[[0, 0, 4e7, 0, 4e7, 4e7, 0, 4e7]]] })
    expect(isRefusal(cleaned) ? [] : cleaned.changes.map(change => change.what).sort()).toEqual([
      'closed',
      'turned',
    ])
  })

  //   +--|--+     a spike out of the top edge and a repeated corner go
  //   |     |
  //   +-----+
  it('loses spikes and repeats', () => {
    const cleaned = cleanOutline(
      polygon([
        [0, 0],
        [4, 0],
        [4, 0],
        [4, 4],
        [2, 4],
        [2, 7],
        [2, 4],
        [0, 4],
        [0, 0],
      ]),
    )
    expect(cleaned).toMatchObject({ shape: [[[0, 0, 4e7, 0, 4e7, 4e7, 2e7, 4e7, 0, 4e7]]] })
  })

  //   +-----+
  //   | /\  |     a hole that touches the outer ring in the middle of an edge: the edge gets a vertex
  //   +-----+
  it('gets a vertex where a ring touches a segment', () => {
    const cleaned = cleanOutline(
      polygon(square, [
        [2, 0],
        [3, 1],
        [1, 1],
        [2, 0],
      ]),
    )
    const ring = [0, 0, 2e7, 0, 4e7, 0, 4e7, 4e7, 0, 4e7]
    expect(cleaned).toMatchObject({ shape: [[ring, [1e7, 1e7, 3e7, 1e7, 2e7, 0]]] })
  })

  it('keeps an island in a hole', () => {
    const cleaned = cleanOutline(multi([at(0, 30), at(5, 25)], [at(10, 20)]))
    expect(isRefusal(cleaned) ? cleaned : cleaned.shape.map(face => face.length)).toEqual([2, 1])
  })

  it('of 100,000 vertices takes no more than a moment', () => {
    const ring = Array.from({ length: 100_000 }, (_, i) => {
      const turn = (i * 2 * Math.PI) / 100_000
      return [100 + Math.cos(turn), 30 + Math.sin(turn)]
    })
    const started = process.cpuUsage()
    expect(isRefusal(cleanOutline(polygon(ring)))).toBe(false)
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(5)
  })
})

describe('an outline is refused', () => {
  const hourglass = [
    [0, 0],
    [2, 2],
    [2, 0],
    [0, 2],
    [0, 0],
  ]
  const cases: readonly [string, unknown, string, unknown][] = [
    ['an hourglass', polygon(hourglass), 'self-crossing', [1e7, 1e7]],
    [
      'an hourglass through a vertex',
      polygon([
        [0, 0],
        [1, 1],
        [2, 2],
        [2, 0],
        [1, 1],
        [0, 2],
        [0, 0],
      ]),
      'self-crossing',
      [1e7, 1e7],
    ],
    ['a hole outside', polygon(square, at(5, 6)), 'bad-geometry', expect.any(Array)],
    ['a hole in a hole', polygon(square, at(1, 3), at(1.5, 2)), 'bad-geometry', [1.5e7, 1.5e7]],
    ['the same polygon twice', multi([square], [square]), 'bad-geometry', expect.any(Array)],
    ['a polygon inside another', multi([square], [at(1, 2)]), 'bad-geometry', [1e7, 1e7]],
    [
      'no area',
      polygon([
        [0, 0],
        [1, 1],
        [2, 2],
        [0, 0],
      ]),
      'bad-geometry',
      [0, 0],
    ],
    [
      'two points',
      polygon([
        [0, 0],
        [1, 1],
      ]),
      'bad-geometry',
      [0, 0],
    ],
    [
      'NaN',
      polygon([
        [0, 0],
        [Number.NaN, 1],
        [1, 0],
        [0, 0],
      ]),
      'bad-geometry',
      [0, 0],
    ],
    [
      'out of range',
      polygon([
        [0, 0],
        [181, 1],
        [1, 0],
        [0, 0],
      ]),
      'bad-geometry',
      [0, 0],
    ],
    [
      'a string',
      polygon([
        [0, 0],
        ['1', 1],
        [1, 0],
        [0, 0],
      ]),
      'bad-geometry',
      [0, 0],
    ],
    ['nothing', null, 'bad-geometry', null],
    ['a point', { type: 'Point', coordinates: [1, 2] }, 'bad-geometry', null],
  ]
  it.each(cases)('%s', (_, geometry, refused, place) => {
    expect(cleanOutline(geometry)).toMatchObject({ refused, place })
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (coordinates, geometry) => {
        cleanOutline(geometry)
        cleanOutline(polygon(coordinates))
        cleanOutline(multi(coordinates))
      }),
    )
  })
})

describe('random rings', () => {
  const degree = fc.integer({ min: 0, max: 60 }).map(step => step / 1e7)
  it('come out clean, and clean again is the same', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.tuple(degree, degree), { maxLength: 9 }), { minLength: 1, maxLength: 3 }),
        rings => {
          const cleaned = cleanOutline(polygon(...rings))
          if (isRefusal(cleaned)) return
          const again = cleanOutline(toGeoJson(cleaned.shape))
          expect(again).toEqual({ shape: cleaned.shape, changes: [] })
          expect(fromGeoJson(toGeoJson(cleaned.shape))).toEqual(cleaned.shape)
        },
      ),
      { numRuns: 3000 },
    )
  })
})
