// What fills the grids with colour: a number of each grid, and the classes it falls into.
import type { ExpressionSpecification } from 'maplibre-gl'
import type { GridSummary } from '../../core/contract/grids.ts'
import { type Band, bandDeviation } from '../../core/measures/band-deviation.ts'
import type { Palette } from './palette.ts'

/** What the grids themselves tell. */
export const OWN_MEASURES = ['persons', 'density', 'deviation'] as const
/** What must be counted for them. */
export const COUNTED_MEASURES = ['staff', 'incidents', 'incidentRate'] as const
export const MEASURES = [...OWN_MEASURES, ...COUNTED_MEASURES] as const
export type OwnMeasure = (typeof OWN_MEASURES)[number]
export type CountedMeasure = (typeof COUNTED_MEASURES)[number]
export type Measure = (typeof MEASURES)[number]

export const isCounted = (measure: Measure | null): measure is CountedMeasure =>
  COUNTED_MEASURES.some(one => one === measure)

/** Where one class ends and the next begins: a value at a break belongs to the class above it. */
export interface Classes {
  measure: Measure
  breaks: readonly number[]
}
export interface Colouring extends Classes {
  /** Of each level, for the deviation. */
  bands: readonly (Band | null)[]
  /** Of each grid, for what must be counted; a grid that is not in it has no colour. */
  values: ReadonlyMap<string, number> | null
}

/** Every deviation within the band is 0; this keeps "a little above" apart from "within". */
const LEAST_DEVIATION = 1e-9
export const DEVIATION_BREAKS: readonly number[] = [-0.5, -LEAST_DEVIATION, LEAST_DEVIATION, 0.5]

export const classOf = (value: number, breaks: readonly number[]): number =>
  breaks.findLastIndex(start => value >= start) + 1

/** So many colours of a ramp, from one end to the other; a single one from its middle. */
const spread = (ramp: readonly string[], count: number): string[] =>
  Array.from({ length: count }, (_, index) => {
    const at = count === 1 ? 0.5 : index / (count - 1)
    return ramp[Math.round(at * (ramp.length - 1))]!
  })

/** The colours of the classes, lowest first. */
export const coloursOf = (palette: Palette, { measure, breaks }: Classes): readonly string[] =>
  measure === 'deviation' ? palette.deviation : spread(palette.ramp, breaks.length + 1)

type Shown = Pick<GridSummary, 'id' | 'level' | 'persons' | 'areaSquareMetres'>
type Measuring = Pick<Colouring, 'measure' | 'bands' | 'values'>

/** The measure of a grid; null where it has none. */
export function measureOf({ measure, bands, values }: Measuring, grid: Shown): number | null {
  if (isCounted(measure)) return values?.get(grid.id) ?? null
  if (measure === 'persons') return grid.persons
  if (measure === 'density') return grid.persons / (Math.max(1, grid.areaSquareMetres) / 1e6)
  return bandDeviation(grid.persons, bands[grid.level - 1])
}

/** How strongly a coloured grid covers the ground. */
export const COLOURED_OPACITY = 0.68

/** The colours as they look on the map, over bare land. */
export const samplesOf = (palette: Palette, classes: Classes): readonly string[] =>
  coloursOf(palette, classes).map(
    colour => `color-mix(in srgb, ${colour} ${COLOURED_OPACITY * 100}%, ${palette.land})`,
  )

const PERSONS: ExpressionSpecification = ['to-number', ['get', 'persons'], 0]
const SQUARE_KILOMETRES: ExpressionSpecification = [
  '/',
  ['max', 1, ['to-number', ['get', 'areaSquareMetres'], 1]],
  1e6,
]

/** The same as `measureOf`, as the map computes it of a grid in a tile. */
export function measured({ measure, bands }: Pick<Measuring, 'measure' | 'bands'>): ExpressionSpecification {
  if (isCounted(measure)) return ['to-number', ['feature-state', 'value'], 0]
  if (measure === 'persons') return PERSONS
  if (measure === 'density') return ['/', PERSONS, SQUARE_KILOMETRES]
  const cases = bands.flatMap((band, index) => {
    if (!band) return []
    const [from, to] = band
    const above = ['-', ['/', PERSONS, to], 1]
    const below = ['-', ['/', PERSONS, from], 1]
    return [
      ['==', ['get', 'level'], index + 1],
      ['case', ['>', PERSONS, to], above, ['<', PERSONS, from], below, 0],
    ]
  })
  return (cases.length > 0 ? ['case', ...cases, 0] : ['literal', 0]) as unknown as ExpressionSpecification
}

export function fillColour(palette: Palette, colouring: Colouring): ExpressionSpecification {
  const [first, ...others] = coloursOf(palette, colouring)
  const steps = others.flatMap((colour, index) => [colouring.breaks[index], colour])
  return (
    steps.length > 0 ? ['step', measured(colouring), first, ...steps] : ['to-color', first]
  ) as ExpressionSpecification
}

/** Grids of a level without a band have no deviation to show, and where nobody lives there is nothing per person. */
export const hasMeasure = ({ measure, bands }: Colouring): ExpressionSpecification | true => {
  if (isCounted(measure)) return ['boolean', ['feature-state', 'counted'], false]
  if (measure !== 'deviation') return true
  const levels = bands.flatMap((band, index) => (band ? [index + 1] : []))
  return ['in', ['get', 'level'], ['literal', levels]]
}
