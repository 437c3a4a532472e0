// Shapes to and from GeoJSON degrees, exactly.
import type { MultiPolygon } from 'geojson'
import type { Shape } from './model.ts'
export const toGeoJson = (_shape: Shape): MultiPolygon => {
  throw new Error('soon')
}
export const fromGeoJson = (_geometry: MultiPolygon): Shape => {
  throw new Error('soon')
}
