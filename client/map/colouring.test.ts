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

type Counted = Pick<GridSummary, 'level' | 'persons' | 'areaSquareMetres'>
const bands = [null, [1000, 2000], [500, 1000], null] as const
const grids: Counted[] = [
  { level: 1, persons: 0, areaSquareMetres: 3_000_000 },
  { level: 2, persons: 900, areaSquareMetres: 450_000 },
  { level: 2, persons: 2000, areaSquareMetres: 1_000_000 },
  { level: 3, persons: 1750, areaSquareMetres: 200_000 },
  { level: 3, persons: 10, areaSquareMetres: 20_000 },
]

function evaluate(expression: unknown, properties: object): unknown {
  const made = createExpression(expression, 'test')
  if (made.result === 'error') throw new Error(made.value.map(error => error.message).join())
  return made.value.evaluate({ zoom: 12 }, { type: 3, properties: { ...properties } } as never)
}

const colourings: Colouring[] = [
  { measure: 'persons', breaks: [100, 1000], bands },
  { measure: 'density', breaks: [500, 1000, 2000, 4000], bands },
  { measure: 'deviation', breaks: DEVIATION_BREAKS, bands },
  { measure: 'persons', breaks: [], bands },
]

describe.each(colourings)('coloured by $measure with breaks $breaks', colouring => {
  test('the map measures what the list measures', () => {
    for (const grid of grids) {
      const value = measureOf(colouring, grid)
      expect(evaluate(['case', hasMeasure(colouring), true, false], grid)).toBe(value !== null)
      if (value !== null) expect(evaluate(measured(colouring), grid)).toBeCloseTo(value, 9)
    }
  })

  test('and fills a grid with the colour of its class in the legend', () => {
    const palette = PALETTES.light
    const colours = coloursOf(palette, colouring)
    for (const grid of grids) {
      const value = measureOf(colouring, grid)
      if (value === null) continue
      const colour = evaluate(['to-color', colours[classOf(value, colouring.breaks)]], {})
      expect(String(evaluate(['to-color', fillColour(palette, colouring)], grid))).toBe(String(colour))
    }
  })
})

test('within the band is a class of its own, at both of its ends', () => {
  const deviation = colourings[2]!
  const classes = [999, 1000, 1500, 2000, 2001].map(persons =>
    classOf(measureOf(deviation, { level: 2, persons, areaSquareMetres: 1 })!, deviation.breaks),
  )
  expect(classes).toEqual([1, 2, 2, 2, 3])
})
