// Keeps the names of polygons where they can be read: moved whenever the view or its tiles have come to rest.
import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl'
import type { ChosenLevel } from './levels.ts'
import { namePoints } from './name-points.ts'

export interface NameWishes {
  /** How many people, as a label says it. */
  count: (persons: number) => string
  /** Pixels of the map that panels lie over. */
  covered: { right: number; bottom: number }
  chosenLevel: ChosenLevel
}

export function keepNames(
  map: MapLibre,
  first: NameWishes,
): { wish: (wishes: NameWishes) => void; stop: () => void } {
  let wishes = first
  let stale = true
  let drawn = ''
  const spoil = (event: { sourceId?: string; type: string }) => {
    if (event.type !== 'sourcedata' || ['areas', 'grids', 'water'].includes(event.sourceId ?? ''))
      stale = true
  }
  const place = () => {
    if (!stale) return
    stale = false
    const names = namePoints(map, wishes)
    const text = JSON.stringify(names)
    if (text === drawn) return
    drawn = text
    map.getSource<GeoJSONSource>('names')?.setData(names)
  }
  map.on('moveend', spoil)
  map.on('sourcedata', spoil)
  map.on('idle', place)
  return {
    wish: wanted => {
      wishes = wanted
      stale = true
      map.triggerRepaint()
    },
    stop: () => {
      map.off('moveend', spoil)
      map.off('sourcedata', spoil)
      map.off('idle', place)
    },
  }
}
