import { createExpression } from '@maplibre/maplibre-gl-style-spec'
import { describe, expect, test } from 'vitest'
import type { GridSummary } from '../../core/contract/grids.ts'
import {
  type Colouring,
  classOf,
  coloursOf,
  DEVIATION_BREAKS,
  fillColour,
  hasMeasure,
  measured,
  measureOf,
} from './colouring.ts'
import { PALETTES } from './palette.ts'

type Shown = Pick<GridSummary, 'id' | 'level' | 'persons' | 'areaSquareMetres'>
const bands = [null, [1000, 2000], [500, 1000], null] as const
const grids: Shown[] = [
  { id: 'a', level: 1, persons: 0, areaSquareMetres: 3_000_000 },
  { id: 'b', level: 2, persons: 900, areaSquareMetres: 450_000 },
  { id: 'c', level: 2, persons: 2000, areaSquareMetres: 1_000_000 },
  { id: 'd', level: 3, persons: 1750, areaSquareMetres: 200_000 },
  { id: 'e', level: 3, persons: 10, areaSquareMetres: 20_000 },
]

/** As the map marks it. */
const stateOf = ({ values }: Colouring, { id }: Shown) => {
  const value = values?.get(id)
  return value === undefined ? {} : { counted: true, value }
}

function evaluate(expression: unknown, properties: object, state: object = {}): unknown {
  const made = createExpression(expression, 'test')
  if (made.result === 'error') throw new Error(made.value.map(error => error.message).join())
  return made.value.evaluate({ zoom: 12 }, { type: 3, properties: { ...properties } } as never, state)
}

const VALUES = new Map([
  ['a', 0],
  ['b', 12.5],
  ['c', 40],
  ['d', 3],
])
const colourings: Colouring[] = [
  { measure: 'persons', breaks: [100, 1000], bands, values: null },
  { measure: 'density', breaks: [500, 1000, 2000, 4000], bands, values: null },
  { measure: 'deviation', breaks: DEVIATION_BREAKS, bands, values: null },
  { measure: 'persons', breaks: [], bands, values: null },
  { measure: 'incidentRate', breaks: [3, 20], bands, values: VALUES },
]

describe.each(colourings)('coloured by $measure with breaks $breaks', colouring => {
  test('the map measures what the list measures', () => {
    for (const grid of grids) {
      const value = measureOf(colouring, grid)
      expect(evaluate(['case', hasMeasure(colouring), true, false], grid, stateOf(colouring, grid))).toBe(
        value !== null,
      )
      if (value !== null)
        expect(evaluate(measured(colouring), grid, stateOf(colouring, grid))).toBeCloseTo(value, 9)
    }
  })

  test('and fills a grid with the colour of its class in the legend', () => {
    const palette = PALETTES.light
    const colours = coloursOf(palette, colouring)
    for (const grid of grids) {
      const value = measureOf(colouring, grid)
      if (value === null) continue
      const colour = evaluate(['to-color', colours[classOf(value, colouring.breaks)]], {})
      expect(
        String(evaluate(['to-color', fillColour(palette, colouring)], grid, stateOf(colouring, grid))),
      ).toBe(String(colour))
    }
  })
})

test('within the band is a class of its own, at both of its ends', () => {
  const deviation = colourings[2]!
  const classes = [999, 1000, 1500, 2000, 2001].map(persons =>
    classOf(measureOf(deviation, { id: 'a', level: 2, persons, areaSquareMetres: 1 })!, deviation.breaks),
  )
  expect(classes).toEqual([1, 2, 2, 2, 3])
})
