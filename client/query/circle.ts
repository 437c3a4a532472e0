// Distances on the globe, and a circle to show while it is being drawn; what is counted in is made by the server.
import type { MultiPolygon, Place } from '../../core/contract/geometry.ts'

const EARTH_METRES = 6_371_008.8
const CORNERS = 72
const radians = (degrees: number): number => (degrees * Math.PI) / 180
const degrees = (angle: number): number => (angle * 180) / Math.PI

/** Along the great circle. */
export function metresBetween([lng1, lat1]: Place, [lng2, lat2]: Place): number {
  const half =
    Math.sin(radians(lat2 - lat1) / 2) ** 2 +
    Math.sin(radians(lng2 - lng1) / 2) ** 2 * Math.cos(radians(lat1)) * Math.cos(radians(lat2))
  return 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(half)))
}

function placeAt([lng, lat]: Place, metres: number, bearing: number): Place {
  const arc = metres / EARTH_METRES
  const north = Math.asin(
    Math.sin(radians(lat)) * Math.cos(arc) + Math.cos(radians(lat)) * Math.sin(arc) * Math.cos(bearing),
  )
  const east = Math.atan2(
    Math.sin(bearing) * Math.sin(arc) * Math.cos(radians(lat)),
    Math.cos(arc) - Math.sin(radians(lat)) * Math.sin(north),
  )
  return [lng + degrees(east), degrees(north)]
}

export function circleAround(center: Place, metres: number): MultiPolygon {
  const ring = Array.from({ length: CORNERS + 1 }, (_, corner) =>
    placeAt(center, metres, (-2 * Math.PI * (corner % CORNERS)) / CORNERS),
  )
  return { type: 'MultiPolygon', coordinates: [[ring]] }
}
