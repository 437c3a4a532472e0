// One name for each polygon in view, where its visible part is widest: tiles cut polygons, their names must not repeat.
import type { Feature, FeatureCollection, MultiPolygon, Point, Polygon, Position } from 'geojson'
import type { Map as MapLibre } from 'maplibre-gl'
import type { Place } from '../../core/contract/geometry.ts'
import type { Level } from '../../core/topology/model.ts'
import { innerPoint } from './inner-point.ts'
import type { NameWishes } from './keep-names.ts'
import { isShownAt, shownLevel } from './levels.ts'
import { namedRank } from './name-rank.ts'

/** Polygons narrower than this on the screen carry no name. */
const LEAST_PIXELS = { areas: 26, grids: 42, water: 26 } as const
/** The buttons along the upper edge. */
const HEAD_PIXELS = 52
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

interface Candidate {
  key: string
  name: string
  rank: number
  properties: Record<string, unknown>
  polygons: readonly (readonly (readonly Position[])[])[]
}
type Box = readonly [west: number, north: number, east: number, south: number]

/** The part of a ring's box that lies in `view`, in pixels; null when it lies elsewhere. */
function boxInView(map: MapLibre, ring: readonly Position[], view: Box): Box | null {
  let [west, south, east, north] = [180, 90, -180, -90]
  for (const [lng = 0, lat = 0] of ring) {
    west = Math.min(west, lng)
    east = Math.max(east, lng)
    south = Math.min(south, lat)
    north = Math.max(north, lat)
  }
  const upper = map.project([west, north])
  const lower = map.project([east, south])
  const box: Box = [
    Math.max(view[0], upper.x),
    Math.max(view[1], upper.y),
    Math.min(view[2], lower.x),
    Math.min(view[3], lower.y),
  ]
  return box[0] < box[2] && box[1] < box[3] ? box : null
}

function candidatesOf(map: MapLibre, source: NamedSource, wishes: NameWishes): Candidate[] {
  if (!map.getSource(source)) return []
  const hasPlan = map.getSource('grids') !== undefined
  const level = shownLevel(map.getZoom(), wishes.chosenLevel)
  return map.querySourceFeatures(source, { sourceLayer: source }).flatMap(({ geometry, properties }) => {
    if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') return []
    const name = nameOf(source, properties)
    if (!name) return []
    const polygons = polygonsOf(geometry)
    // The pieces of a river carry one name together.
    if (source === 'water') return [{ key: `water ${name}`, name, rank: 0, properties, polygons }]
    const key = `${source} ${String(properties.id ?? properties.code)}`
    const rank = source === 'grids' ? Number(properties.level) : String(properties.code).length
    const grid = { level: rank, leaf: properties.leaf === true }
    if (source === 'grids' && rank > level && !isShownAt(grid, level)) return []
    // Where a plan is shown, its grids name the villages.
    if (source === 'areas' && rank === 12 && hasPlan) return []
    return [{ key, name, rank, properties, polygons }]
  })
}

const polygonsOf = (geometry: Polygon | MultiPolygon) =>
  geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates

/** Of nested polygons those of one rank, and the ones above it that have nothing below them. */
function suitable(map: MapLibre, source: NamedSource, candidates: Candidate[], view: Box): Candidate[] {
  if (source === 'water') return candidates
  const largest = new Map<string, { rank: number; size: number }>()
  for (const { key, rank, polygons } of candidates) {
    for (const [outer] of polygons) {
      const box = outer && boxInView(map, outer, view)
      if (!box) continue
      const size = Math.min(box[2] - box[0], box[3] - box[1])
      if (size > (largest.get(key)?.size ?? 0)) largest.set(key, { rank, size })
    }
  }
  const sizes = new Map<number, number[]>()
  for (const { rank, size } of largest.values()) {
    const same = sizes.get(rank)
    if (same) same.push(size)
    else sizes.set(rank, [size])
  }
  const named = namedRank(sizes)
  return candidates.filter(
    ({ rank, properties }) =>
      named !== null &&
      (rank === named ||
        (source === 'grids' && isShownAt({ level: rank, leaf: properties.leaf === true }, named as Level))),
  )
}

/** The names of the polygons in view. */
export function namePoints(map: MapLibre, wishes: NameWishes): FeatureCollection<Point> {
  const { count, covered } = wishes
  const canvas = map.getCanvas()
  const aside = covered.right > 0 ? covered.right + HALF_NAME_PIXELS : 0
  const view = [0, HEAD_PIXELS, canvas.clientWidth - aside, canvas.clientHeight - covered.bottom] as const
  const best = new Map<string, Named>()
  for (const source of SOURCES) {
    const least = LEAST_PIXELS[source]
    for (const candidate of suitable(map, source, candidatesOf(map, source, wishes), view)) {
      const { key, name, rank, properties } = candidate
      for (const polygon of candidate.polygons) {
        const box = polygon[0] && boxInView(map, polygon[0], view)
        if (!box || Math.min(box[2] - box[0], box[3] - box[1]) < least) continue
        const rings = polygon.map(ring => clipRing(toPixels(map, ring), view)).filter(ring => ring.length > 3)
        const found = innerPoint(rings, 4)
        if (!found || found.depth * 2 < least || (best.get(key)?.depth ?? 0) >= found.depth) continue
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
              name,
              level: source === 'grids' ? rank : 0,
              rank,
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
