import { describe, expect, test } from 'vitest'
import type { Place } from '../../core/contract/geometry.ts'
import { type Asked, askedOf, readAsked, readPlaces, shapeOf, writeAsked, writePlaces } from './asked.ts'
import { circleAround, metresBetween } from './circle.ts'

const NUMBERS = { radius: 500, width: 50, n: 10 }
const HERE: Place = [104.05, 30.93]
const THERE: Place = [104.06, 30.93]

const EACH: Asked[] = [
  { kind: 'polygon', points: [HERE, THERE, [104.055, 30.94]] },
  { kind: 'circle', center: HERE, metres: 523 },
  { kind: 'corridor', points: [HERE, THERE], metres: 37.5 },
  { kind: 'nearest', point: HERE, n: 12 },
  { kind: 'grid', grid: '01900000-e69a-7539-9b76-a92127f0f287' },
]

describe('links', () => {
  test.each(EACH)('$kind comes back from its link', asked => {
    expect(readAsked(writeAsked(asked))).toEqual(asked)
  })

  test.each([
    null,
    '',
    'square:1,2:3',
    'circle:104,30',
    'circle:104,30:x',
    'circle:204,30:5',
    'polygon:1,2;3,4',
    'corridor:1,2:5',
    'grid:7',
    'nearest::5',
  ])('%s is nothing', text => {
    expect(readAsked(text)).toBeNull()
  })
})

describe('places as text', () => {
  test('are read as they are written, also with the commas and semicolons of Chinese', () => {
    expect(readPlaces(writePlaces([HERE, THERE]))).toEqual([HERE, THERE])
    expect(readPlaces('104.05，30.93；104.06 30.93\n')).toEqual([HERE, THERE])
    expect(readPlaces('')).toEqual([])
  })

  test.each(['104.05', '1,2,3', 'a,b', '10,95', '104.05,'])('%s is no place', text => {
    expect(readPlaces(text)).toBeNull()
  })
})

describe('a drawing', () => {
  test('of a circle gives the radius of the drawing, other shapes the numbers that are set', () => {
    const circle = askedOf({ shape: 'circle', points: [HERE, THERE] }, NUMBERS)
    expect(circle).toEqual({ kind: 'circle', center: HERE, metres: Math.round(metresBetween(HERE, THERE)) })
    expect(askedOf({ shape: 'corridor', points: [HERE, THERE] }, NUMBERS)).toMatchObject({ metres: 50 })
    expect(askedOf({ shape: 'nearest', points: [HERE] }, NUMBERS)).toMatchObject({ n: 10 })
    expect(askedOf({ shape: 'polygon', points: [HERE, THERE] }, NUMBERS)).toBeNull()
  })

  test('of a polygon is sent as a closed ring', () => {
    const shape = shapeOf(EACH[0]!)
    expect(shape).toMatchObject({ kind: 'polygon' })
    if (shape.kind !== 'polygon') throw new Error('no polygon')
    const [ring] = shape.geometry.coordinates as Place[][]
    expect(ring).toHaveLength(4)
    expect(ring?.at(-1)).toEqual(HERE)
  })
})

describe('distance', () => {
  test('a degree of latitude is 111.2 km, of longitude shorter by the cosine of the latitude', () => {
    expect(metresBetween([0, 0], [0, 1])).toBeCloseTo(111_195, -1)
    expect(metresBetween([0, 60], [1, 60])).toBeCloseTo(55_597, -2)
  })

  test('every corner of a circle is a radius away, and the ring is closed', () => {
    const ring = circleAround(HERE, 750).coordinates[0]![0]! as Place[]
    for (const corner of ring) expect(metresBetween(HERE, corner)).toBeCloseTo(750, 3)
    expect(ring.at(-1)).toEqual(ring[0])
  })
})
