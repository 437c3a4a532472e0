// Encodes a vector tile in Node, for the engine that has no st_asmvt.
import { fromGeojsonVt } from '@maplibre/vt-pbf'
import { BUFFER, EXTENT, type TileAddress } from './tile.ts'

/** Properties, and the geometry as GeoJSON text in degrees, already clipped near the tile. */
export interface TileRow {
  readonly geojson: string | null
  readonly [property: string]: unknown
}

type Pixel = [x: number, y: number]
type Degrees = readonly number[]
const POINT = 1
const LINE = 2
const AREA = 3

/** @returns the tile, empty when no row leaves anything to draw */
export function encodeTile(layer: string, tile: TileAddress, rows: readonly TileRow[]): Buffer {
  const toPixel = projector(tile)
  const features = rows.flatMap(({ geojson, ...properties }) => {
    if (!geojson) return []
    const drawn = draw(JSON.parse(geojson), toPixel)
    if (!drawn) return []
    const tags = Object.fromEntries(
      Object.entries(properties).filter(
        (entry): entry is [string, string | number | boolean] => entry[1] !== null,
      ),
    )
    return [{ ...drawn, tags }]
  })
  if (features.length === 0) return Buffer.alloc(0)
  const tileOf = { features } as unknown as Parameters<typeof fromGeojsonVt>[0][string]
  return Buffer.from(fromGeojsonVt({ [layer]: tileOf }, { version: 2, extent: EXTENT }))
}

/** Web Mercator onto the tile's own grid, rounded as st_asmvtgeom rounds. */
function projector({ z, x, y }: TileAddress): (position: Degrees) => Pixel {
  const scale = 2 ** z * EXTENT
  return ([longitude, latitude]) => {
    const sine = Math.sin((latitude! * Math.PI) / 180)
    const mercatorX = longitude! / 360 + 0.5
    const mercatorY = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)
    return [Math.round(mercatorX * scale - x * EXTENT), Math.round(mercatorY * scale - y * EXTENT)]
  }
}

function draw(
  geometry: GeoJSON.Geometry,
  toPixel: (position: Degrees) => Pixel,
): { type: number; geometry: unknown } | undefined {
  switch (geometry.type) {
    case 'Point': {
      const [x, y] = toPixel(geometry.coordinates)
      const inside = Math.min(x, y) >= -BUFFER && Math.max(x, y) <= EXTENT + BUFFER
      return inside ? { type: POINT, geometry: [[x, y]] } : undefined
    }
    case 'LineString':
      return some(LINE, lines([geometry.coordinates], toPixel))
    case 'MultiLineString':
      return some(LINE, lines(geometry.coordinates, toPixel))
    case 'Polygon':
      return some(AREA, rings([geometry.coordinates], toPixel))
    case 'MultiPolygon':
      return some(AREA, rings(geometry.coordinates, toPixel))
    case 'GeometryCollection': {
      // Clipping may leave points and lines where an area only touched the edge; the widest kind is what was meant.
      const drawn = geometry.geometries.flatMap(part => draw(part, toPixel) ?? [])
      const type = Math.max(0, ...drawn.map(part => part.type))
      return some(
        type,
        drawn.filter(part => part.type === type).flatMap(part => part.geometry as Pixel[][]),
      )
    }
    default:
      return undefined
  }
}

const some = (type: number, parts: Pixel[][]) => (parts.length > 0 ? { type, geometry: parts } : undefined)

const lines = (paths: readonly Degrees[][], toPixel: (position: Degrees) => Pixel): Pixel[][] =>
  paths.map(path => withoutRepeats(path.map(toPixel))).filter(path => path.length >= 2)

/** The specification wants outer rings clockwise on the screen (y down) and holes the other way. */
function rings(polygons: readonly Degrees[][][], toPixel: (position: Degrees) => Pixel): Pixel[][] {
  return polygons.flatMap(polygon => {
    const drawn: Pixel[][] = []
    for (const [index, ring] of polygon.entries()) {
      const path = withoutRepeats(ring.map(toPixel))
      const area = path.length < 4 ? 0 : doubledArea(path)
      if (area === 0 && index === 0) return []
      if (area !== 0) drawn.push(area > 0 === (index === 0) ? path : path.reverse())
    }
    return drawn
  })
}

const withoutRepeats = (path: Pixel[]): Pixel[] =>
  path.filter((point, i) => i === 0 || point[0] !== path[i - 1]![0] || point[1] !== path[i - 1]![1])

/** Positive when clockwise on the screen. */
function doubledArea(path: Pixel[]): number {
  let sum = 0
  for (let i = 1; i < path.length; i++) {
    const [ax, ay] = path[i - 1]!
    const [bx, by] = path[i]!
    sum += ax * by - bx * ay
  }
  return sum
}
