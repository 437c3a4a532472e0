// One name for each polygon in view, where its visible part is widest: tiles cut polygons, their names must not repeat.
import type { Feature, FeatureCollection, Point, Position } from 'geojson'
import type { Map as MapLibre } from 'maplibre-gl'
import type { Place } from '../../core/contract/geometry.ts'
import { innerPoint } from './inner-point.ts'

/** Polygons narrower than this on the screen carry no name. */
const LEAST_PIXELS = 26
/** Room beside a panel for half of a name. */
const HALF_NAME_PIXELS = 64
const SOURCES = ['areas', 'grids', 'water'] as const
type NamedSource = (typeof SOURCES)[number]

interface Named {
  key: string
  depth: number
  feature: Feature<Point>
}

/** Cuts a ring to a box, side by side (Sutherland–Hodgman). */
function clipRing(ring: readonly Place[], box: readonly [number, number, number, number]): Place[] {
  let points = [...ring]
  for (const [axis, limit, keepGreater] of [
    [0, box[0], true],
    [1, box[1], true],
    [0, box[2], false],
    [1, box[3], false],
  ] as const) {
    const kept = (p: Place) => (keepGreater ? p[axis] >= limit : p[axis] <= limit)
    const clipped: Place[] = []
    points.forEach((point, index) => {
      const before = points[(index + points.length - 1) % points.length]!
      if (kept(point) !== kept(before)) {
        const t = (limit - before[axis]) / (point[axis] - before[axis])
        clipped.push([before[0] + t * (point[0] - before[0]), before[1] + t * (point[1] - before[1])])
      }
      if (kept(point)) clipped.push(point)
    })
    points = clipped
  }
  return points
}

const toPixels = (map: MapLibre, ring: readonly Position[]): Place[] =>
  ring.map(([lng = 0, lat = 0]) => {
    const { x, y } = map.project([lng, lat])
    return [x, y]
  })

function nameOf(source: NamedSource, properties: Record<string, unknown>): string {
  return String(properties.name ?? '') || (source === 'grids' ? String(properties.code ?? '') : '')
}

/** The names of the polygons in view; `count` writes the number of people of a grid. */
export function namePoints(
  map: MapLibre,
  count: (persons: number) => string,
  covered: { right: number; bottom: number },
): FeatureCollection<Point> {
  const canvas = map.getCanvas()
  const aside = covered.right > 0 ? covered.right + HALF_NAME_PIXELS : 0
  const box = [0, 0, canvas.clientWidth - aside, canvas.clientHeight - covered.bottom] as const
  const best = new Map<string, Named>()
  for (const source of SOURCES) {
    if (!map.getSource(source)) continue
    for (const feature of map.querySourceFeatures(source, { sourceLayer: source })) {
      const { geometry, properties } = feature
      if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') continue
      const text = nameOf(source, properties)
      if (!text || (source === 'grids' && properties.leaf === false)) continue
      const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
      for (const polygon of polygons) {
        const rings = polygon.map(ring => clipRing(toPixels(map, ring), box)).filter(ring => ring.length > 3)
        const found = innerPoint(rings, 4)
        if (!found || found.depth * 2 < LEAST_PIXELS) continue
        // A name of its own for each water body piece that has none nearby would repeat it: names stand for all.
        const key =
          source === 'water' ? `water ${text}` : `${source} ${String(properties.id ?? properties.code)}`
        if ((best.get(key)?.depth ?? 0) >= found.depth) continue
        const { lng, lat } = map.unproject([found.at[0], found.at[1]])
        best.set(key, {
          key,
          depth: found.depth,
          feature: {
            type: 'Feature',
            geometry: { type: 'Point', coordinates: [lng, lat] },
            properties: {
              of: source,
              id: String(properties.id ?? ''),
              name: text,
              level: Number(properties.level ?? 0),
              count: source === 'grids' ? count(Number(properties.persons ?? 0)) : '',
            },
          },
        })
      }
    }
  }
  return {
    type: 'FeatureCollection',
    features: [...best.values()].sort((a, b) => (a.key < b.key ? -1 : 1)).map(named => named.feature),
  }
}
