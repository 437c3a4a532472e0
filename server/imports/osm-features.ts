// OpenStreetMap as GDAL reads it: which layers, all tags as JSON, and the object's own identity.
import type { SourceFeature } from './source-feature.ts'
import { fromWkt } from './wkt.ts'

/** The order matters: GDAL names its first output after the data set, so the reader must know which one it is. */
export const OSM_LAYERS = ['points', 'lines', 'multipolygons']

const layer = (name: string, ids: string) => `[${name}]\n${ids}all_tags=yes\nother_tags=no\nattributes=\n`

export const OSM_CONFIGURATION = [
  'closed_ways_are_polygons=aeroway,amenity,boundary,building,craft,geological,historic,landuse,leisure,military,natural,' +
    'office,place,shop,sport,tourism,waterway=riverbank,waterway=dock,man_made=works,man_made=wastewater_plant,' +
    'man_made=water_works,man_made=storage_tank,man_made=gasometer,man_made=bunker_silo,highway=platform,public_transport=platform',
  'attribute_name_laundering=no',
  'tags_format=json',
  layer('points', 'osm_id=yes\n'),
  layer('lines', 'osm_id=yes\n'),
  layer('multipolygons', 'osm_id=yes\n'),
  layer('multilinestrings', 'osm_id=yes\n'),
  layer('other_relations', 'osm_id=yes\n'),
].join('\n')

/** `n`, `w` or `r` and the number, as OpenStreetMap writes it in short. */
function keyOf(row: readonly string[], header: readonly string[], layer: string): string {
  const id = row[header.indexOf('osm_id')] ?? ''
  if (layer === 'points') return `n${id}`
  if (layer === 'lines') return `w${id}`
  return id === '' ? `w${row[header.indexOf('osm_way_id')]}` : `r${id}`
}

export function osmFeature(
  row: readonly string[],
  header: readonly string[],
  layer: string,
  number: number,
): SourceFeature {
  const text = row[header.indexOf('all_tags')]
  const tags = text ? (JSON.parse(text) as Record<string, string>) : {}
  const shape = fromWkt(row[0] ?? '')
  const problem = shape === null ? { code: 'no-geometry', zh: '没有几何图形', en: 'has no geometry' } : null
  return { number, layer, key: keyOf(row, header, layer), shape, tags, problem }
}
