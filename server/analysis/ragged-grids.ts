// For tests: eight grids in four ragged levels on a square, with a vertex on both sides wherever borders meet.
import { fromGeoJson, type Level } from '../../core/topology/index.ts'
import type { TalliedGrid } from '../plans/queries.ts'

/** Lattice steps: west, south and side of the town, a side that halves to 1/64 without rest. */
const WEST = 1_039_000_000
const SOUTH = 308_000_000
const SIDE = 204_800

/** 0..64 across the town → lattice. */
export const at = (x: number, y: number): [number, number] => [
  WEST + Math.round((x * SIDE) / 64),
  SOUTH + Math.round((y * SIDE) / 64),
]
export const degrees = (x: number, y: number): [number, number] => {
  const [lng, lat] = at(x, y)
  return [lng / 1e7, lat / 1e7]
}

//  64 +---------+---------+
//     |   WN    |         |     level 1: W, E (E is a leaf)
//  32 +----+----+    E    |     level 2: WS, WN (WN is a leaf)
//     | a2 |    |         |     level 3: a, b in WS (b is a leaf)
//  16 +----+ b  |         |     level 4: a1, a2 in a
//     | a1 |    |         |     every corner is a vertex on both sides
//   0 +----+----+---------+
//     0   16   32        64
const OUTLINES = {
  W: [0, 0, 16, 0, 32, 0, 32, 32, 32, 64, 0, 64, 0, 32, 0, 16],
  E: [32, 0, 64, 0, 64, 64, 32, 64, 32, 32],
  WS: [0, 0, 16, 0, 32, 0, 32, 32, 16, 32, 0, 32, 0, 16],
  WN: [0, 32, 16, 32, 32, 32, 32, 64, 0, 64],
  a: [0, 0, 16, 0, 16, 16, 16, 32, 0, 32, 0, 16],
  b: [16, 0, 32, 0, 32, 32, 16, 32, 16, 16],
  a1: [0, 0, 16, 0, 16, 16, 0, 16],
  a2: [0, 16, 16, 16, 16, 32, 0, 32],
} as const
export type GridLetter = keyof typeof OUTLINES
export const PARENTS: Partial<Record<GridLetter, GridLetter>> = {
  WS: 'W',
  WN: 'W',
  a: 'WS',
  b: 'WS',
  a1: 'a',
  a2: 'a',
}
export const levelOf = (grid: GridLetter): Level => {
  const parent = PARENTS[grid]
  return parent ? ((levelOf(parent) + 1) as Level) : 1
}
export const GRIDS = Object.keys(OUTLINES) as GridLetter[]
export const LEAVES: readonly GridLetter[] = ['E', 'WN', 'b', 'a1', 'a2']

export const outlineOf = (grid: GridLetter) => {
  const flat = OUTLINES[grid]
  const ring: [number, number][] = []
  for (let i = 0; i < flat.length; i += 2) ring.push(degrees(flat[i]!, flat[i + 1]!))
  ring.push(ring[0]!)
  return fromGeoJson({ type: 'MultiPolygon', coordinates: [[ring]] })
}

/** As stored, before anybody is counted. */
export const gridsOf = (village: string, ids: Readonly<Record<GridLetter, string>>): TalliedGrid[] =>
  GRIDS.map((grid, n) => {
    const parent = PARENTS[grid]
    return {
      id: ids[grid],
      level: levelOf(grid),
      parent: parent ? ids[parent] : null,
      leaf: LEAVES.includes(grid),
      code: `${village}${String(n + 1).padStart(3, '0')}`,
      name: `网格${grid}`,
      kind: 'basic',
      locked: false,
      shape: outlineOf(grid),
      persons: 0,
      households: 0,
      buildings: 0,
    }
  })
