// Other tiles for a source that is drawn already. MapLibre does not fetch them when the style of the same source changes
// while they are on their way, so they are asked for when the map rests, and again when the style came between.
import { type Map as MapLibre, VectorTileSource } from 'maplibre-gl'

interface Wish {
  source: string
  tiles: string
  asked: boolean
}
const wishes = new WeakMap<MapLibre, Map<string, Wish>>()

const wishesOf = (map: MapLibre): Map<string, Wish> => {
  const known = wishes.get(map)
  if (known) return known
  const made = new Map<string, Wish>()
  wishes.set(map, made)
  map.on('idle', () => {
    for (const wish of [...made.values()]) {
      const source = map.getSource(wish.source)
      if (wish.asked || !(source instanceof VectorTileSource)) made.delete(wish.source)
      else {
        wish.asked = true
        source.setTiles([wish.tiles])
      }
    }
  })
  return made
}

/** The old tiles stay until the new ones are there, so nothing flashes. */
export function changeTiles(map: MapLibre, source: string, tiles: string): void {
  wishesOf(map).set(source, { source, tiles, asked: false })
  map.triggerRepaint()
}

/** The style of a source has changed. */
export function styleChanged(map: MapLibre, source: string): void {
  const wish = wishesOf(map).get(source)
  if (wish) wish.asked = false
}

/** Tiles that were asked for are still to come. */
export const awaitsTiles = (map: MapLibre): boolean => wishesOf(map).size > 0
