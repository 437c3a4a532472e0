// What the analyst has chosen: window, filters, and how the map shows them; and how the address writes it.
import {
  INCIDENT_SOURCES,
  INCIDENT_STATUSES,
  type IncidentSource,
  type IncidentStatus,
} from '../../core/contract/incidents.ts'
import { type Block, HOURS, readDay, WEEKDAYS, writeDay } from '../../core/incidents/calendar.ts'

export const SHOWN_AS = ['heat', 'points', 'grids'] as const
export type ShownAs = (typeof SHOWN_AS)[number]
/** What counts by grid are divided by. */
export const PER = ['count', 'people', 'area'] as const
export type Per = (typeof PER)[number]
export const POINT_COLOURS = ['status', 'category'] as const
export type PointColour = (typeof POINT_COLOURS)[number]

/** Local days, the last left out. */
export interface DayWindow {
  readonly from: number
  readonly to: number
}

export interface Analysis {
  readonly as: ShownAs
  /** Null: all the time there is. */
  readonly window: DayWindow | null
  readonly categories: readonly string[]
  readonly statuses: readonly IncidentStatus[]
  readonly sources: readonly IncidentSource[]
  readonly block: Block | null
  /** Metres; null: what suits the place. */
  readonly radius: number | null
  readonly per: Per
  readonly colour: PointColour
}

export const FIRST_ANALYSIS: Analysis = {
  as: 'heat',
  window: null,
  categories: [],
  statuses: [],
  sources: [],
  block: null,
  radius: null,
  per: 'count',
  colour: 'status',
}

const MOST_CATEGORIES = 200

const listed = <T extends string>(text: string | null, all: readonly T[]): T[] => {
  const parts = new Set((text ?? '').split(','))
  return all.filter(one => parts.has(one))
}

/** `2026-03-01..2026-03-31`, the last day included. */
function readWindow(text: string | null): DayWindow | null {
  const [first, last] = (text ?? '').split('..').map(readDay)
  return first == null || last == null || last < first ? null : { from: first, to: last + 1 }
}
const writeWindow = ({ from, to }: DayWindow): string => `${writeDay(from)}..${writeDay(to - 1)}`

/** `1-5.8-17`: Monday to Friday, eight to before eighteen. */
function readBlock(text: string | null): Block | null {
  const parts = /^([1-7])-([1-7])\.(\d{1,2})-(\d{1,2})$/
    .exec(text ?? '')
    ?.slice(1)
    .map(Number)
  if (!parts) return null
  const [first = 0, last = 0, from = 0, to = 0] = parts
  if (first > last || last > WEEKDAYS || from > to || to >= HOURS) return null
  return { weekdays: [first - 1, last - 1], hours: [from, to] }
}
const writeBlock = ({ weekdays, hours }: Block): string =>
  `${weekdays[0] + 1}-${weekdays[1] + 1}.${hours[0]}-${hours[1]}`

export function readAnalysis(query: URLSearchParams): Analysis {
  const radius = Number(query.get('radius'))
  return {
    as: SHOWN_AS.find(one => one === query.get('show')) ?? FIRST_ANALYSIS.as,
    window: readWindow(query.get('days')),
    categories: (query.get('category') ?? '')
      .split(',')
      .filter(one => /^[\w-]{1,100}$/.test(one))
      .slice(0, MOST_CATEGORIES),
    statuses: listed(query.get('status'), INCIDENT_STATUSES),
    sources: listed(query.get('source'), INCIDENT_SOURCES),
    block: readBlock(query.get('hours')),
    radius: Number.isInteger(radius) && radius > 0 && radius <= 1_000_000 ? radius : null,
    per: PER.find(one => one === query.get('per')) ?? FIRST_ANALYSIS.per,
    colour: POINT_COLOURS.find(one => one === query.get('points')) ?? FIRST_ANALYSIS.colour,
  }
}

/** Pairs for the address; null is left out. */
export function writeAnalysis(analysis: Analysis): [key: string, value: string | number | null][] {
  const differs = <K extends 'as' | 'per' | 'colour'>(key: K) =>
    analysis[key] === FIRST_ANALYSIS[key] ? null : analysis[key]
  return [
    ['show', differs('as')],
    ['days', analysis.window && writeWindow(analysis.window)],
    ['category', analysis.categories.join(',') || null],
    ['status', analysis.statuses.join(',') || null],
    ['source', analysis.sources.join(',') || null],
    ['hours', analysis.block && writeBlock(analysis.block)],
    ['radius', analysis.radius],
    ['per', differs('per')],
    ['points', differs('colour')],
  ]
}
