// Shapes from the database as TWKB: a quarter of the text of GeoJSON, and whole lattice steps as they are.
import type { Shape } from '../../core/topology/index.ts'

/** An SQL expression says `encode(st_astwkb(geom, 7), 'base64')`. */
export function shapeOfTwkb(base64: string): Shape {
  const bytes = Buffer.from(base64, 'base64')
  // A multipolygon with seven decimal digits, and nothing else of what the format may hold.
  if (bytes[0] !== 0xe6 || bytes[1] !== 0) throw new TypeError('Not a multipolygon on the lattice.')
  let at = 2
  const count = () => {
    let value = 0
    for (let weight = 1; ; weight *= 128) {
      const byte = bytes[at++]!
      value += (byte & 127) * weight
      if (byte < 128) return value
    }
  }
  const step = () => {
    const value = count()
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }
  let x = 0
  let y = 0
  const ring = () => {
    const flat: number[] = []
    for (let n = count(); n > 0; n--) {
      x += step()
      y += step()
      flat.push(x, y)
    }
    // The first position comes again at the end.
    flat.length -= 2
    return flat
  }
  const times = <T>(one: () => T): T[] => Array.from({ length: count() }, one)
  return times(() => times(ring))
}
