// A grid as a draughtsman draws it: its outline as closed lines and its name inside, each level on layers of its own.
import type { Polygon } from 'geojson'
import type { ExportRow } from './rows.ts'

/** GeoJSON features for GDAL's drawing driver: `Layer` and the style that it draws by. */
export function* drawing({ values, geometry, inside }: ExportRow): Generator<string> {
  // Names of layers travel safely between programs in plain letters only.
  const layer = values.level === undefined ? 'SHAPES' : `GRID_LEVEL_${values.level}`
  const label = [values.code, values.name].filter(Boolean).join(' ')
  yield featureOf(layer, 'PEN(c:#000000)', JSON.stringify(linesOf(geometry)))
  if (label !== '')
    yield featureOf(
      `${layer}_TEXT`,
      `LABEL(t:"${label.replace(/["\\]/g, ' ')}",s:${TEXT_METRES}g,p:5)`,
      JSON.stringify({ type: 'Point', coordinates: inside }),
    )
}

const TEXT_METRES = 10

const featureOf = (layer: string, style: string, geometry: string) =>
  `{"type":"Feature","properties":${JSON.stringify({ Layer: layer, style })},"geometry":${geometry}}`

/** Outlines as closed lines; what is no area stays as it is. */
function linesOf(text: string): object {
  const geometry = JSON.parse(text) as { type: string; coordinates: Polygon['coordinates'][] }
  if (geometry.type !== 'MultiPolygon') return geometry
  const rings = geometry.coordinates.flat()
  return rings.length === 1
    ? { type: 'LineString', coordinates: rings[0] }
    : { type: 'MultiLineString', coordinates: rings }
}
