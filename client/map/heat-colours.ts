// The colours of incidents: density in the steps of viridis, points by status or by the top of their category.
import type { IncidentStatus } from '../../core/contract/incidents.ts'
import { HEAT_BREAKS } from '../../core/incidents/density.ts'
import { PALETTES, type Theme } from './palette.ts'

/** Lowest first: viridis, on light ground from bright to dark, on dark ground from dark to bright. */
export const HEAT_COLOURS: Record<Theme, readonly string[]> = {
  light: ['#fde725', '#addc30', '#5ec962', '#28ae80', '#21918c', '#2c728e', '#3b528b', '#472d7b', '#440154'],
  dark: ['#482475', '#414487', '#355f8d', '#2a788e', '#21918c', '#22a884', '#44bf70', '#7ad151', '#fde725'],
}

const FAINTEST = 0.5
const STRONGEST = 0.85
/** How strongly a class covers the map: little where little happens. */
export const heatOpacity = (index: number): number =>
  FAINTEST + ((STRONGEST - FAINTEST) * index) / (HEAT_BREAKS.length - 1)

/** As a class looks on the map, over bare land. */
export const heatSample = (theme: Theme, index: number): string =>
  `color-mix(in srgb, ${HEAT_COLOURS[theme][index]} ${heatOpacity(index) * 100}%, ${PALETTES[theme].land})`

export const STATUS_COLOURS: Record<Theme, Record<IncidentStatus, string>> = {
  light: { open: '#0072b2', overdue: '#d55e00', closed: '#8a8d90' },
  dark: { open: '#56b4e9', overdue: '#ff8a3d', closed: '#7f858d' },
}

/** Enough for the tops of both trees; told apart by people with any colour vision as far as eleven can be (Tol). */
const TOPS: Record<Theme, readonly string[]> = {
  light: [
    '#332288',
    '#117733',
    '#44aa99',
    '#3d9cc7',
    '#b59a1f',
    '#cc6677',
    '#aa4499',
    '#882255',
    '#e07b39',
    '#5b6b7a',
    '#7a5c3e',
  ],
  dark: [
    '#8c7ae6',
    '#3fae63',
    '#5fd3c0',
    '#88ccee',
    '#ddcc77',
    '#f08a99',
    '#d67bc6',
    '#c7588c',
    '#ff9f5f',
    '#9fb0c0',
    '#b58f68',
  ],
}
export const topColour = (theme: Theme, top: number): string => TOPS[theme][top % TOPS[theme].length]!
export const TOP_COLOURS = TOPS.light.length

/** `#rrggbb` as three parts of 0 to 1. */
export const partsOf = (colour: string): [red: number, green: number, blue: number] => {
  const part = (at: number) => Number.parseInt(colour.slice(at, at + 2), 16) / 255
  return [part(1), part(3), part(5)]
}
