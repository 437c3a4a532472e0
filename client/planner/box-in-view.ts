// Which piece of the plan to load where a line may be drawn over any grid: what is in view, and as much again around it.
import type { Box, Place } from '../../core/contract/geometry.ts'
import type { View } from '../map/scene.ts'

/** The world at zoom 0, pixels. */
const WORLD = 512

/** Null without a view: then everything is loaded. */
export function boxInView(
  view: View | null,
  points: readonly Place[],
  size: { width: number; height: number } = { width: window.innerWidth, height: window.innerHeight },
): Box | null {
  if (!view) return null
  const perPixel = 360 / (WORLD * 2 ** view.zoom)
  const x = size.width * perPixel
  const y = size.height * perPixel * Math.cos((view.lat * Math.PI) / 180)
  const xs = [view.lng - x, view.lng + x, ...points.map(([lng]) => lng)]
  const ys = [view.lat - y, view.lat + y, ...points.map(([, lat]) => lat)]
  return [
    Math.max(-180, Math.min(...xs)),
    Math.max(-90, Math.min(...ys)),
    Math.min(180, Math.max(...xs)),
    Math.min(90, Math.max(...ys)),
  ]
}

export const isInBox = ([x, y]: Place, [west, south, east, north]: Box): boolean =>
  x >= west && x <= east && y >= south && y <= north
