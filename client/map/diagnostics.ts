// `window.huage`: a hook for tests and diagnosis, to click at coordinates and to wait until everything is drawn.
import type { Map as MapLibre } from 'maplibre-gl'
import type { Place } from '../../core/contract/geometry.ts'
import { awaitsIncidents } from './incident-layers.ts'
import { awaitsTiles } from './new-tiles.ts'

export interface Diagnostics {
  map: MapLibre
  /** Degrees to pixels of the page. */
  project(place: Place): { x: number; y: number }
  /** Resolves when the view rests and every tile and incident in it is drawn. */
  idle(): Promise<void>
}

declare global {
  interface Window {
    huage?: Diagnostics
  }
}

/** Returns how to take the hook away. */
export function exposeMap(map: MapLibre): () => void {
  window.huage = {
    map,
    project: place => {
      const { left, top } = map.getCanvas().getBoundingClientRect()
      const { x, y } = map.project([place[0], place[1]])
      return { x: x + left, y: y + top }
    },
    idle: () =>
      new Promise(resolve => {
        const look = () => {
          if (awaitsTiles(map) || awaitsIncidents(map)) map.once('idle', look)
          else resolve()
        }
        map.once('idle', look)
        map.triggerRepaint()
      }),
  }
  return () => {
    delete window.huage
  }
}
