// The nearest point of a drawn road to the pointer, from the tiles that are on the screen.
import type { Position } from 'geojson'
import type { Map as MapLibre, Point } from 'maplibre-gl'
import type { Place } from '../../core/contract/geometry.ts'

/** Within how many pixels a line snaps. */
export const SNAP_PIXELS = 10
const ROAD_LAYERS = ['road-fill', 'bridge-fill', 'road-tunnel', 'rail-line', 'road-path']

/** The nearest road point within reach of `pixel`, or null. Corners of a road win over its course when both are near. */
export function nearestRoad(map: MapLibre, pixel: Point): Place | null {
  const layers = ROAD_LAYERS.filter(id => map.getLayer(id))
  if (layers.length === 0) return null
  const features = map.queryRenderedFeatures(
    [
      [pixel.x - SNAP_PIXELS, pixel.y - SNAP_PIXELS],
      [pixel.x + SNAP_PIXELS, pixel.y + SNAP_PIXELS],
    ],
    { layers },
  )
  let best: { x: number; y: number; distance: number } | null = null
  const consider = (x: number, y: number, handicap: number) => {
    const reach = Math.hypot(x - pixel.x, y - pixel.y)
    if (reach <= SNAP_PIXELS && (!best || reach + handicap < best.distance))
      best = { x, y, distance: reach + handicap }
  }
  const along = (line: readonly Position[]) => {
    const points = line.map(([lng = 0, lat = 0]) => map.project([lng, lat]))
    points.forEach((point, index) => {
      consider(point.x, point.y, 0)
      const before = points[index - 1]
      if (!before) return
      const dx = point.x - before.x
      const dy = point.y - before.y
      const length2 = dx * dx + dy * dy
      const t = length2 === 0 ? 0 : ((pixel.x - before.x) * dx + (pixel.y - before.y) * dy) / length2
      if (t > 0 && t < 1) consider(before.x + t * dx, before.y + t * dy, 3)
    })
  }
  for (const { geometry } of features) {
    if (geometry.type === 'LineString') along(geometry.coordinates)
    else if (geometry.type === 'MultiLineString') geometry.coordinates.forEach(along)
  }
  if (!best) return null
  const { x, y } = best
  const { lng, lat } = map.unproject([x, y])
  return [lng, lat]
}
