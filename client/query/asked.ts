// What a spatial query asks about: how it comes from a drawing, how a link and an input field write it.
import type { QueryShape } from '../../core/contract/analysis.ts'
import type { Place } from '../../core/contract/geometry.ts'
import type { DrawnShape } from '../modes/mode.ts'
import { metresBetween } from './circle.ts'

export type Asked =
  | { kind: 'polygon'; points: readonly Place[] }
  | { kind: 'circle'; center: Place; metres: number }
  | { kind: 'corridor'; points: readonly Place[]; metres: number }
  | { kind: 'nearest'; point: Place; n: number }
  | { kind: 'grid'; grid: string }

export const ASKED_KINDS = ['polygon', 'circle', 'corridor', 'nearest', 'grid'] as const
export type AskedKind = (typeof ASKED_KINDS)[number]

/** What is set by numbers and not by drawing. */
export interface AskedNumbers {
  /** Radius of a circle. */
  radius: number
  /** Of a corridor, to either side of its line. */
  width: number
  n: number
}

/** @returns null when there are too few places for the kind */
export function askedFrom(kind: DrawnShape, points: readonly Place[], numbers: AskedNumbers): Asked | null {
  const [first] = points
  if (!first) return null
  switch (kind) {
    case 'polygon':
      return points.length > 2 ? { kind, points } : null
    case 'circle':
      return { kind, center: first, metres: numbers.radius }
    case 'corridor':
      return points.length > 1 ? { kind, points, metres: numbers.width } : null
    case 'nearest':
      return { kind, point: first, n: numbers.n }
  }
}

/** Of a finished drawing; a circle that was drawn has the radius of the drawing, in whole metres. */
export function askedOf(
  { shape, points }: { shape: DrawnShape; points: readonly Place[] },
  numbers: AskedNumbers,
): Asked | null {
  const [center, edge] = points
  const radius =
    shape === 'circle' && center && edge
      ? Math.max(1, Math.round(metresBetween(center, edge)))
      : numbers.radius
  return askedFrom(shape, points, { ...numbers, radius })
}

/** The places that make the shape. */
export function placesOf(asked: Asked): readonly Place[] {
  switch (asked.kind) {
    case 'polygon':
    case 'corridor':
      return asked.points
    case 'circle':
      return [asked.center]
    case 'nearest':
      return [asked.point]
    case 'grid':
      return []
  }
}

export function shapeOf(asked: Asked): QueryShape {
  switch (asked.kind) {
    case 'polygon': {
      const ring = [...asked.points, ...asked.points.slice(0, 1)]
      return { kind: 'polygon', geometry: { type: 'Polygon', coordinates: [ring] } }
    }
    case 'corridor':
      return {
        kind: 'corridor',
        line: { type: 'LineString', coordinates: [...asked.points] },
        metres: asked.metres,
      }
    case 'circle':
    case 'nearest':
    case 'grid':
      return asked
  }
}

/** To the lattice that everything is stored on. */
const DIGITS = 7
const writePlace = (place: Place): string => place.map(part => Number(part.toFixed(DIGITS))).join(',')

/** `104.05,30.93; 104.06,30.94` */
export const writePlaces = (places: readonly Place[]): string => places.map(writePlace).join('; ')

/** One place for each pair, separated by semicolons or lines; null when one of them is no place on earth. */
export function readPlaces(text: string): Place[] | null {
  const parts = text.split(/[;；\n]/).filter(part => part.trim() !== '')
  const places = parts.map((part): Place | null => {
    const [lng, lat, more] = part
      .trim()
      .split(/[,，\s]+/)
      .map(word => (word === '' ? Number.NaN : Number(word)))
    if (lng === undefined || lat === undefined || more !== undefined) return null
    return Math.abs(lng) <= 180 && Math.abs(lat) <= 90 ? [lng, lat] : null
  })
  return places.every(place => place !== null) ? places : null
}

/** `circle:104.05,30.93:500`, for a link. */
export function writeAsked(asked: Asked): string {
  if (asked.kind === 'grid') return `grid:${asked.grid}`
  const places = placesOf(asked).map(writePlace).join(';')
  const number = asked.kind === 'polygon' ? [] : [asked.kind === 'nearest' ? asked.n : asked.metres]
  return [asked.kind, places, ...number].join(':')
}

/** Nonsense gives null; a number that is out of range is left for the server to refuse. */
export function readAsked(text: string | null): Asked | null {
  const [name, body = '', number] = (text ?? '').split(':')
  const kind = ASKED_KINDS.find(one => one === name)
  if (!kind) return null
  if (kind === 'grid') return /^[0-9a-f-]{36}$/i.test(body) ? { kind, grid: body } : null
  const places = readPlaces(body)
  const value = kind === 'polygon' ? 0 : number ? Number(number) : Number.NaN
  if (!places || !Number.isFinite(value)) return null
  return askedFrom(kind, places, { radius: value, width: value, n: value })
}
