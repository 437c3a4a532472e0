// How long a round number of metres is on the screen, at the latitude in the middle of the view.
import type { View } from '../map/scene.ts'

const EARTH_METRES = 40_075_016.7
const TILE_PIXELS = 512
const MOST_PIXELS = 110

/** The longest of 1, 2, 5 × 10ⁿ metres that fits into 110 pixels. */
export function scaleOf({ lat, zoom }: View): { metres: number; pixels: number } {
  const perPixel = (EARTH_METRES * Math.cos((lat * Math.PI) / 180)) / (TILE_PIXELS * 2 ** zoom)
  const most = perPixel * MOST_PIXELS
  const power = 10 ** Math.floor(Math.log10(most))
  const metres = power * ([5, 2, 1].find(step => step * power <= most) ?? 1)
  return { metres, pixels: metres / perPixel }
}
