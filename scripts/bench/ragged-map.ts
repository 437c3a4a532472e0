// A made-up plan of any size: four ragged levels of crooked grids, about 76 to a village, with buildings in every leaf.
import {
  type Grid,
  type Level,
  type Position,
  type Shape,
  type Weights,
  weightsOf,
} from '../../core/topology/index.ts'
import { startAtLeast } from '../../core/topology/shape.ts'

/** Side of the smallest cell: about 100 m. */
const CELL = 10_000
const WEST = 1_166_000_000
const SOUTH = 403_000_000
/** Cells along the side of a grid of level 1, 2, 3, 4. */
const SIDES = [8, 4, 2, 1] as const
const VILLAGE = SIDES[0]
/** Positions on each side of a cell beside its corners. */
const BENDS = 9
const BUILDINGS = 15

/** In [0, 1), the same for the same numbers. */
const noise = (a: number, b: number, c: number): number => {
  let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c + 1, 0xc2b2ae35)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39)
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32
}
const shake = (a: number, b: number, c: number, by: number) => Math.round((noise(a, b, c) - 0.5) * by)

type Flat = readonly number[]

/** Where cells meet. */
export const corner = (i: number, j: number): Position => [
  WEST + i * CELL + shake(i, j, 0, CELL / 3),
  SOUTH + j * CELL + shake(i, j, 1, CELL / 3),
]

/** The crooked side of a cell from corner (i, j) eastward or northward, without its end. */
const side = (i: number, j: number, east: boolean): Flat => {
  const [ax, ay] = corner(i, j)
  const [bx, by] = east ? corner(i + 1, j) : corner(i, j + 1)
  const flat = [ax, ay]
  for (let n = 1; n <= BENDS; n++) {
    const t = n / (BENDS + 1)
    const aside = shake(i, j, 2 * n + (east ? 1 : 0), CELL / 20)
    flat.push(Math.round(ax + (bx - ax) * t) + (east ? 0 : aside))
    flat.push(Math.round(ay + (by - ay) * t) + (east ? aside : 0))
  }
  return flat
}

const backwards = (flat: Flat, end: Flat): number[] => {
  const turned = [end[0]!, end[1]!]
  for (let n = flat.length - 2; n > 0; n -= 2) turned.push(flat[n]!, flat[n + 1]!)
  return turned
}

const block = (i: number, j: number, cells: number): Shape => {
  const ring: number[] = []
  for (let p = i; p < i + cells; p++) ring.push(...side(p, j, true))
  for (let q = j; q < j + cells; q++) ring.push(...side(i + cells, q, false))
  for (let p = i + cells - 1; p >= i; p--)
    ring.push(...backwards(side(p, j + cells, true), side(p + 1, j + cells, true)))
  for (let q = j + cells - 1; q >= j; q--) ring.push(...backwards(side(i, q, false), side(i, q + 1, false)))
  return [[startAtLeast(ring)]]
}

export interface RaggedMap {
  readonly grids: readonly Grid[]
  readonly weights: Weights
  /** Grids of each level that lie away from the outer ring, for edits all over the map. */
  readonly inner: ReadonlyMap<Level, readonly string[]>
}

/** Every seventh grid of level 3 and every eleventh of level 2 has no children. */
export function raggedMap(count: number): RaggedMap {
  const villages = Math.max(9, Math.round(count / 76))
  const columns = Math.ceil(Math.sqrt(villages))
  const grids: Grid[] = []
  const inner = new Map<Level, string[]>([1, 2, 3, 4].map(level => [level as Level, []]))
  const columnsOf = {
    x: [] as number[],
    y: [] as number[],
    persons: [] as number[],
    households: [] as number[],
  }
  const settle = (i: number, j: number) => {
    for (let n = 0; n < BUILDINGS; n++) {
      columnsOf.x.push(WEST + Math.round((i + noise(i, j, 50 + n)) * CELL))
      columnsOf.y.push(SOUTH + Math.round((j + noise(i, j, 80 + n)) * CELL))
      columnsOf.persons.push(n % 7)
      columnsOf.households.push(n % 3)
    }
  }
  const add = (level: Level, parent: string | null, i: number, j: number, isInner: boolean) => {
    const cells = SIDES[level - 1]!
    const id = `${level}-${i}-${j}`
    const number = grids.length
    const leaf = level === 4 || (level === 3 && number % 7 === 0) || (level === 2 && number % 11 === 0)
    grids.push({
      ...{ id, level, parent, leaf, code: id, name: id, kind: 'basic', locked: false },
      shape: block(i, j, cells),
    })
    if (isInner) inner.get(level)!.push(id)
    if (leaf) settle(i, j)
    else
      for (let k = 0; k < 4; k++)
        add((level + 1) as Level, id, i + ((k % 2) * cells) / 2, j + (Math.floor(k / 2) * cells) / 2, isInner)
  }
  for (let v = 0; v < villages; v++) {
    const [column, row] = [v % columns, Math.floor(v / columns)]
    const isInner = column > 0 && row > 0 && column < columns - 1 && v + 1 < villages
    add(1, null, column * VILLAGE, row * VILLAGE, isInner)
  }
  const column = (name: keyof typeof columnsOf) => Int32Array.from(columnsOf[name])
  return {
    grids,
    inner,
    weights: weightsOf({
      x: column('x'),
      y: column('y'),
      persons: column('persons'),
      households: column('households'),
    }),
  }
}
