// A grid as a draughtsman draws it: its outline as closed lines and its name inside, each level on layers of its own.
import type { Geometry, Position } from 'geojson'
import { fromGeoJson, interiorPoint, LATTICE } from '../../core/topology/index.ts'
import type { ExportRow } from './rows.ts'

/** GeoJSON features for GDAL's drawing driver: `Layer` and the style that it draws by. */
export function* drawing({ values, geometry, inside }: ExportRow): Generator<string> {
  // Names of layers travel safely between programs in plain letters only.
  const layer = values.level === undefined ? 'SHAPES' : `GRID_LEVEL_${values.level}`
  const label = [values.code, values.name].filter(Boolean).join(' ')
  const { lines, middles } = drawn(JSON.parse(geometry), inside)
  for (const line of lines) yield featureOf(layer, 'PEN(c:#000000)', line)
  if (label === '') return
  const style = `LABEL(t:"${label.replace(/["\\]/g, ' ')}",s:${TEXT_METRES}g,p:5)`
  for (const middle of middles)
    yield featureOf(`${layer}_TEXT`, style, { type: 'Point', coordinates: middle })
}

const TEXT_METRES = 10

const featureOf = (layer: string, style: string, geometry: Geometry) =>
  JSON.stringify({ type: 'Feature', properties: { Layer: layer, style }, geometry })

/**
 * The outline of each part as a closed line, and a place in each. A hole is what other grids fill; their outlines draw it.
 * What is no area stays as it is.
 */
function drawn(geometry: Geometry, inside: ExportRow['inside']): { lines: Geometry[]; middles: Position[] } {
  if (geometry.type !== 'MultiPolygon') return { lines: [geometry], middles: [[...inside]] }
  return {
    lines: geometry.coordinates.map(([outline]) => ({ type: 'LineString', coordinates: outline! })),
    middles: geometry.coordinates.map(part => {
      const [x, y] = interiorPoint(fromGeoJson({ type: 'MultiPolygon', coordinates: [part] }))
      return [x / LATTICE, y / LATTICE]
    }),
  }
}
