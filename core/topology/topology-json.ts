// Grids to and from TopoJSON: every shared border once, integers, exact both ways.
import type { GeometryCollection, MultiPolygon, Topology } from 'topojson-specification'
import { type Grid, LATTICE, type Polygon, type Ring } from './model.ts'
import { Points, pairKey } from './points.ts'
import { sortShape, startAtLeast } from './shape.ts'

/** What a grid's TopoJSON geometry carries beside its arcs and id. */
export type GridProperties = Omit<Grid, 'id' | 'shape'>

export type GridTopology = Topology<{ grids: GeometryCollection<GridProperties> }>

/**
 * A TopoJSON topology of grids of any levels: positions quantised with scale 1e-7 and no translation (so the deltas are
 * lattice steps), `objects.grids` with id and properties. `fromTopology` gives equal grids back.
 */
export const toTopology = (grids: readonly Grid[]): GridTopology => {
  const points = new Points()
  const rings = new Map<Ring, Int32Array>()
  for (const grid of grids)
    for (const face of grid.shape)
      for (const ring of face) {
        const numbers = new Int32Array(ring.length / 2)
        for (let i = 0; i < numbers.length; i++) numbers[i] = points.add(ring[2 * i]!, ring[2 * i + 1]!)
        rings.set(ring, numbers)
      }
  const isNode = findNodes(points.size, rings.values())
  const arcs: [number, number][][] = []
  const arcFrom = new Map<number, number>()
  const arcOf = (walk: readonly number[]): number => {
    const known = arcFrom.get(pairKey(walk[0]!, walk[1]!))
    if (known !== undefined) return known
    const arc = arcs.length
    arcFrom.set(pairKey(walk[0]!, walk[1]!), arc)
    arcFrom.set(pairKey(walk[walk.length - 1]!, walk[walk.length - 2]!), ~arc)
    let x = 0
    let y = 0
    arcs.push(
      walk.map(point => {
        const step: [number, number] = [points.x(point) - x, points.y(point) - y]
        x = points.x(point)
        y = points.y(point)
        return step
      }),
    )
    return arc
  }
  const ringArcs = (ring: Ring): number[] => {
    const numbers = rings.get(ring)!
    const n = numbers.length
    const start = Math.max(
      0,
      numbers.findIndex(point => isNode[point] === 1),
    )
    const found: number[] = []
    let walk = [numbers[start]!]
    for (let i = 1; i <= n; i++) {
      const point = numbers[(start + i) % n]!
      walk.push(point)
      if (isNode[point] === 1 || i === n) {
        found.push(arcOf(walk))
        walk = [point]
      }
    }
    return found
  }
  const geometries = grids.map(({ id, shape, level, parent, leaf, code, name, kind, locked }) => ({
    type: 'MultiPolygon' as const,
    id,
    properties: { level, parent, leaf, code, name, kind, locked },
    arcs: shape.map(face => face.map(ringArcs)),
  }))
  return {
    type: 'Topology',
    transform: { scale: [1 / LATTICE, 1 / LATTICE], translate: [0, 0] },
    objects: { grids: { type: 'GeometryCollection', geometries } },
    arcs,
  }
}

/** Points where rings part: those with more than two different neighbours. Closed rings need no other nodes. */
const findNodes = (count: number, rings: Iterable<Int32Array>): Uint8Array => {
  const isNode = new Uint8Array(count)
  const one = new Int32Array(count).fill(-1)
  const two = new Int32Array(count).fill(-1)
  for (const numbers of rings)
    for (let i = 0; i < numbers.length; i++) {
      const point = numbers[i]!
      for (const other of [numbers[(i + 1) % numbers.length]!, numbers.at(i - 1)!]) {
        if (one[point] === -1) one[point] = other
        else if (one[point] !== other && two[point] === -1) two[point] = other
        else if (one[point] !== other && two[point] !== other) isNode[point] = 1
      }
    }
  return isNode
}

/** The grids of a topology made by `toTopology` (or by anyone, with the same transform and properties). */
export const fromTopology = (topology: Topology): Grid[] => {
  const arcs = topology.arcs.map(arc => {
    let x = 0
    let y = 0
    return arc.map(([dx = 0, dy = 0]) => {
      x += dx
      y += dy
      return [x, y] as const
    })
  })
  const ringOf = (numbers: readonly number[]): Ring => {
    const flat: number[] = []
    for (const number of numbers) {
      const arc = arcs[number < 0 ? ~number : number] ?? []
      const walk = number < 0 ? [...arc].reverse() : arc
      for (const [x, y] of walk.slice(0, -1)) flat.push(x, y)
    }
    return startAtLeast(flat)
  }
  const collection = topology.objects.grids as GeometryCollection<GridProperties>
  return collection.geometries.map(geometry => {
    const { arcs: faces, id, properties } = geometry as MultiPolygon<GridProperties>
    const shape = sortShape(faces.map((face): Polygon => face.map(ringOf)))
    return { id: String(id), ...properties!, shape }
  })
}
