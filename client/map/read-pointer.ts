// Turns a mouse or touch event of the map into what the rest of the program understands.
import type { Map as MapLibre, MapMouseEvent } from 'maplibre-gl'
import type { Place } from '../../core/contract/geometry.ts'
import { nearestRoad } from './road-snap.ts'
import type { GridInTile, MapPointer } from './scene.ts'

/** The grid under a pixel, of the level that is shown, with what its tile tells. */
export function gridUnder(map: MapLibre, pixel: { x: number; y: number }): GridInTile | null {
  if (!map.getLayer('grid-fill')) return null
  let deepest: GridInTile | null = null
  for (const { properties } of map.queryRenderedFeatures([pixel.x, pixel.y], { layers: ['grid-fill'] })) {
    const grid: GridInTile = {
      id: String(properties.id),
      level: Number(properties.level),
      code: String(properties.code ?? ''),
      name: String(properties.name ?? ''),
      persons: Number(properties.persons ?? 0),
      households: Number(properties.households ?? 0),
      buildings: Number(properties.buildings ?? 0),
      areaSquareMetres: Number(properties.areaSquareMetres ?? 0),
    }
    if (!deepest || grid.level > deepest.level) deepest = grid
  }
  return deepest
}

/** A finger or a mouse need not hit the point itself. */
const NEAR_PIXELS = 5

function rowUnder(map: MapLibre, { x, y }: { x: number; y: number }): string | null {
  if (!map.getLayer('query-point')) return null
  const near: [[number, number], [number, number]] = [
    [x - NEAR_PIXELS, y - NEAR_PIXELS],
    [x + NEAR_PIXELS, y + NEAR_PIXELS],
  ]
  const [found] = map.queryRenderedFeatures(near, { layers: ['query-point'] })
  return found ? String(found.properties.id) : null
}

export function readPointer(
  map: MapLibre,
  event: MapMouseEvent,
  on: 'move' | 'click' | 'double' | 'press' | 'release',
  drawing: boolean,
): MapPointer {
  const { lng, lat } = event.lngLat
  const { x, y } = event.point
  const beside = map.unproject([x + 1, y + 1])
  const perPixel: Place = [Math.abs(beside.lng - lng), Math.abs(beside.lat - lat)]
  return {
    on,
    at: [lng, lat],
    grid: gridUnder(map, event.point),
    row: drawing ? null : rowUnder(map, event.point),
    road: drawing && !event.originalEvent.altKey ? nearestRoad(map, event.point) : null,
    perPixel,
    free: event.originalEvent.altKey,
  }
}
