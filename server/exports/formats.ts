// The formats of files that go out, and how each is made.

export const EXPORT_FORMATS = ['gpkg', 'shp', 'geojson', 'kml', 'dxf', 'xlsx', 'csv'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** Of those that GDAL writes. */
export const DRIVERS: Partial<Record<ExportFormat, string>> = {
  gpkg: 'GPKG',
  shp: 'ESRI Shapefile',
  kml: 'KML',
  dxf: 'DXF',
  xlsx: 'XLSX',
}

/**
 * Drawings are in metres: CGCS2000 Gauss–Krüger, three-degree zones with the zone's number in front, so that nobody has to
 * ask which (EPSG:4513 is zone 25, 75° E). Outside China, UTM.
 * @returns an EPSG name
 */
export function metresAt(longitude: number, latitude: number): string {
  const zone = Math.round(longitude / 3)
  if (zone >= 25 && zone <= 45 && latitude > 0) return `EPSG:${4513 + zone - 25}`
  return `EPSG:${(latitude >= 0 ? 32600 : 32700) + Math.min(60, Math.floor((longitude + 180) / 6) + 1)}`
}
