// Shapes to and from GeoJSON degrees, exactly.
import type { MultiPolygon } from 'geojson'
import { LATTICE, type Ring, type Shape } from './model.ts'
import { canonicalRing, sortShape } from './shape.ts'

/** A shape in degrees, every coordinate `v / 1e7`, so that times 1e7 rounds back exactly. */
export const toGeoJson = (shape: Shape): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: shape.map(face =>
    face.map(ring => {
      const positions: [number, number][] = []
      for (let i = 0; i < ring.length; i += 2)
        positions.push([Math.round(ring[i]!) / LATTICE, Math.round(ring[i + 1]!) / LATTICE])
      positions.push([ring[0]! / LATTICE, ring[1]! / LATTICE])
      return positions
    }),
  ),
})

/** The reverse, for geometry that is known to be good: snaps, orients, starts and sorts, but checks nothing. */
export const fromGeoJson = (geometry: MultiPolygon): Shape =>
  sortShape(
    geometry.coordinates.map(face =>
      face.map((positions, hole): Ring => {
        const flat: number[] = []
        for (const [lon = 0, lat = 0] of positions) {
          const x = Math.round(lon * LATTICE) + 0
          const y = Math.round(lat * LATTICE) + 0
          const n = flat.length
          if (n === 0 || flat[n - 2] !== x || flat[n - 1] !== y) flat.push(x, y)
        }
        while (flat.length > 2 && flat[0] === flat.at(-2) && flat[1] === flat.at(-1)) flat.length -= 2
        return canonicalRing(flat, hole > 0)
      }),
    ),
  )
