import { createExpression, type StylePropertySpecification } from '@maplibre/maplibre-gl-style-spec'
import { describe, expect, test } from 'vitest'
import { LEVELS } from '../../core/topology/model.ts'
import { borderOpacity, coverOf, isShownAt, missingInTiles, shownLevel } from './levels.ts'

const NUMBER: StylePropertySpecification = {
  type: 'number',
  'property-type': 'data-driven',
  expression: { interpolated: true, parameters: ['zoom', 'feature'] },
  transition: false,
  units: 'pixels',
} as StylePropertySpecification

/** What the map makes of an expression for a grid at a zoom. */
function evaluate(expression: unknown, zoom: number, properties: Record<string, unknown>): unknown {
  const made = createExpression(expression, 'number', NUMBER)
  if (made.result === 'error') throw new Error(made.value.map(error => error.message).join())
  return made.value.evaluate({ zoom }, { type: 3, properties, id: 1 } as never)
}

describe('which level is shown', () => {
  test('deeper levels come with zoom', () => {
    expect([5, 12.4, 12.5, 13.9, 14, 15.4, 15.5, 20].map(zoom => shownLevel(zoom, null))).toEqual([
      1, 1, 2, 2, 3, 3, 4, 4,
    ])
  })

  test('a chosen level holds at every zoom', () => {
    expect([5, 14, 20].map(zoom => shownLevel(zoom, 3))).toEqual([3, 3, 3])
  })

  test('a grid without children stands in for itself below its level', () => {
    expect(isShownAt({ level: 2, leaf: true }, 4)).toBe(true)
    expect(isShownAt({ level: 2, leaf: false }, 4)).toBe(false)
    expect(isShownAt({ level: 2, leaf: false }, 2)).toBe(true)
    expect(isShownAt({ level: 3, leaf: true }, 2)).toBe(false)
  })

  test('the map takes the same grids', () => {
    for (const shown of LEVELS)
      for (const level of LEVELS)
        for (const leaf of [true, false])
          expect(evaluate(['case', coverOf(shown), 1, 0], 10, { level, leaf })).toBe(
            isShownAt({ level, leaf }, shown) ? 1 : 0,
          )
  })
})

describe('borders', () => {
  const drawn = (zoom: number, chosen: 1 | 2 | 3 | 4 | null) =>
    LEVELS.map(level => evaluate(borderOpacity(chosen), zoom, { level }))

  test('each level fades in around its zoom', () => {
    expect(drawn(11, null)).toEqual([1, 0, 0, 0])
    expect(drawn(13, null)).toEqual([1, 1, 0, 0])
    expect(drawn(14, null)).toEqual([1, 1, 0.5, 0])
    expect(drawn(16, null)).toEqual([1, 1, 1, 1])
  })

  test('a chosen level is drawn from far out, deeper ones never', () => {
    expect(drawn(8, 3)).toEqual([1, 1, 1, 0])
    expect(drawn(18, 2)).toEqual([1, 1, 0, 0])
  })
})

test('an outline that no tile of the zoom holds is drawn from the card', () => {
  const missing = (zoom: number, chosen: 1 | 2 | 3 | 4 | null) =>
    LEVELS.map(level => evaluate(missingInTiles(chosen), zoom, { level }))
  expect(missing(10, null)).toEqual([0, 1, 1, 1])
  expect(missing(11.5, null)).toEqual([0, 0, 1, 1])
  expect(missing(12.5, null)).toEqual([0, 0, 0, 1])
  expect(missing(13, null)).toEqual([0, 0, 0, 0])
  expect(missing(8, 2)).toEqual([0, 0, 1, 1])
})
