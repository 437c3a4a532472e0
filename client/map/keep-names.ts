// Keeps the names of polygons where they can be read: moved whenever the view or its tiles have come to rest.
import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl'
import { namePoints } from './name-points.ts'

/** Returns how to stop. `count` is asked anew each time: its language may change. */
export function keepNames(map: MapLibre, count: () => (persons: number) => string): () => void {
  let stale = true
  let drawn = ''
  const spoil = (event: { sourceId?: string; type: string }) => {
    if (event.type !== 'sourcedata' || ['areas', 'grids', 'water'].includes(event.sourceId ?? ''))
      stale = true
  }
  const place = () => {
    if (!stale) return
    stale = false
    const names = namePoints(map, count())
    const text = JSON.stringify(names)
    if (text === drawn) return
    drawn = text
    map.getSource<GeoJSONSource>('names')?.setData(names)
  }
  map.on('moveend', spoil)
  map.on('sourcedata', spoil)
  map.on('idle', place)
  return () => {
    map.off('moveend', spoil)
    map.off('sourcedata', spoil)
    map.off('idle', place)
  }
}
