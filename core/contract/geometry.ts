// GeoJSON as it travels: degrees, EPSG:4326, longitude first.
import { type Static, Type } from 'typebox'

const Degrees = Type.Tuple(
  [Type.Number({ minimum: -180, maximum: 180 }), Type.Number({ minimum: -90, maximum: 90 })],
  {
    description: '[longitude, latitude] in degrees',
  },
)
export const Place = Degrees
export type Place = Static<typeof Place>

/** A drawn line: 2 to 2,000 positions; closed when the last equals the first. */
export const LineString = Type.Object({
  type: Type.Literal('LineString'),
  coordinates: Type.Array(Degrees, { minItems: 2, maxItems: 2_000 }),
})
export type LineString = Static<typeof LineString>

/** As `toGeoJson` of the kernel writes it. */
export const MultiPolygon = Type.Unsafe<GeoJSON.MultiPolygon>(
  Type.Object({
    type: Type.Literal('MultiPolygon'),
    coordinates: Type.Array(Type.Array(Type.Array(Degrees))),
  }),
)
export type MultiPolygon = GeoJSON.MultiPolygon

/**
 * An outline from outside. Only its kind is checked here; positions are judged by `cleanOutline`, which can say what is
 * wrong and where.
 */
export const Outline = Type.Object({
  type: Type.Union([Type.Literal('Polygon'), Type.Literal('MultiPolygon')]),
  coordinates: Type.Array(Type.Unknown()),
})
export type Outline = Static<typeof Outline>

/** West, south, east, north in degrees. */
export const Box = Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number()])
export type Box = Static<typeof Box>
