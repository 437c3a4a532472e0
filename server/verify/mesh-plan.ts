// For tests and measurements: a published plan of crooked cells at three ragged levels, with houses, of any size.
import { nextCode } from '../../core/coding/grid-code.ts'
import { areaSquareMetres, type Level, type Shape, tally, weightsOf } from '../../core/topology/index.ts'
import { startAtLeast } from '../../core/topology/shape.ts'
import type { Database } from '../db/database.ts'
import { type Cell, type TableRows, writeTable } from '../db/write-table.ts'
import { multiPolygonEwkb, pointEwkb } from '../imports/ewkb.ts'

export interface MeshSettings {
  readonly county: string
  /** Level-1 grids per side; each is 4 × 4 cells. */
  readonly side: number
  /** Positions on each edge of a cell beside its corners. */
  readonly bends: number
  readonly houses: number
}

/** Steps: 200 m. */
const CELL = 20_000
const WEST = 1_039_000_000
const SOUTH = 308_000_000
const HOUSE = 40

/** Numbers in [0, 1), the same for the same settings. */
function numbers(): () => number {
  let state = 12_345
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}

type Path = readonly (readonly [number, number])[]

/** The edges of a mesh of crooked cells, each made once; `block` walks around a rectangle of cells. */
function mesh(cells: number, bends: number, random: () => number) {
  const shake = (by: number) => Math.round((random() - 0.5) * by)
  const corners = Array.from({ length: cells + 1 }, (_, i) =>
    Array.from({ length: cells + 1 }, (_, j): [number, number] => [
      WEST + i * CELL + shake(CELL / 3),
      SOUTH + j * CELL + shake(CELL / 3),
    ]),
  )
  const edges = new Map<string, Path>()
  /** From corner (i, j) to the one east or north of it, without its end. */
  const edge = (i: number, j: number, east: boolean): Path => {
    const key = `${i} ${j} ${east}`
    const known = edges.get(key)
    if (known) return known
    const [ax, ay] = corners[i]![j]!
    const [bx, by] = east ? corners[i + 1]![j]! : corners[i]![j + 1]!
    const path = Array.from({ length: bends + 1 }, (_, n): [number, number] => {
      const t = n / (bends + 1)
      const aside = n === 0 ? 0 : shake(CELL / (bends + 1) / 3)
      return [
        Math.round(ax + (bx - ax) * t) + (east ? 0 : aside),
        Math.round(ay + (by - ay) * t) + (east ? aside : 0),
      ]
    })
    edges.set(key, path)
    return path
  }
  const backwards = (path: Path, end: readonly [number, number]): Path => [end, ...path.slice(1).reverse()]
  return (i0: number, j0: number, size: number): Shape => {
    const [i1, j1] = [i0 + size, j0 + size]
    const ring: (readonly [number, number])[] = []
    for (let i = i0; i < i1; i++) ring.push(...edge(i, j0, true))
    for (let j = j0; j < j1; j++) ring.push(...edge(i1, j, false))
    for (let i = i1 - 1; i >= i0; i--) ring.push(...backwards(edge(i, j1, true), corners[i + 1]![j1]!))
    for (let j = j1 - 1; j >= j0; j--) ring.push(...backwards(edge(i0, j, false), corners[i0]![j + 1]!))
    return [[startAtLeast(ring.flat())]]
  }
}

/** Writes area, plan, grids and houses into an empty county. @returns the plan's id and how many grids it has */
export async function buildMeshPlan(
  database: Database,
  { county, side, bends, houses }: MeshSettings,
): Promise<{ plan: string; grids: number }> {
  const random = numbers()
  const cells = side * 4
  const block = mesh(cells, bends, random)
  const id = (kind: number, n: number) =>
    `0190${county.slice(0, 4)}-${county.slice(4)}0${kind}-7000-8000-${String(n).padStart(12, '0')}`
  const plan = id(9, 0)
  const points = Array.from({ length: houses }, () => ({
    x: WEST + Math.floor((0.5 + random() * (cells - 1)) * CELL),
    y: SOUTH + Math.floor((0.5 + random() * (cells - 1)) * CELL),
    persons: Math.floor(random() * 9),
    households: 1 + Math.floor(random() * 2),
  }))
  const column = (name: 'x' | 'y' | 'persons' | 'households') => Int32Array.from(points, point => point[name])
  const weights = weightsOf({
    x: column('x'),
    y: column('y'),
    persons: column('persons'),
    households: column('households'),
  })
  const grids: Cell[][] = []
  const codes: Cell[][] = []
  const add = (level: Level, parent: string | null, leaf: boolean, code: string, shape: Shape): string => {
    const grid = id(1, grids.length)
    const { persons, households, buildings } = tally(weights, shape)
    grids.push([
      county,
      plan,
      grid,
      0,
      level,
      parent,
      leaf,
      code,
      code,
      multiPolygonEwkb(shape),
      areaSquareMetres(shape),
      persons,
      households,
      buildings,
    ])
    codes.push([county, plan, code, grid])
    return grid
  }
  let villages = 0
  for (let i = 0; i < cells; i += 4) {
    for (let j = 0; j < cells; j += 4) {
      const village = `${county}101${String(200 + ++villages).padStart(3, '0')}`
      const code = nextCode(village, 1, [])!
      const whole = villages % 5 === 0
      const one = add(1, null, whole, code, block(i, j, 4))
      for (let q = 0; q < 4 && !whole; q++) {
        const [i2, j2] = [i + (q % 2) * 2, j + Math.floor(q / 2) * 2]
        const undivided = (villages + q) % 3 === 0
        const two = add(2, one, undivided, `${code}0${q + 1}`, block(i2, j2, 2))
        for (let c = 0; c < 4 && !undivided; c++)
          add(3, two, true, `${code}0${q + 1}0${c + 1}`, block(i2 + (c % 2), j2 + Math.floor(c / 2), 1))
      }
    }
  }
  const square = (x: number, y: number): Shape => [
    [[x - HOUSE, y - HOUSE, x + HOUSE, y - HOUSE, x + HOUSE, y + HOUSE, x - HOUSE, y + HOUSE]],
  ]
  const area = `${county}101`
  const tables: TableRows[] = [
    {
      table: 'area',
      columns: ['county', 'code', 'name', 'source', 'created_by', 'geom'],
      rows: [[county, area, '网格镇', 'mesh', 'mesh', multiPolygonEwkb(block(0, 0, cells))]],
    },
    {
      table: 'building',
      columns: [
        'county',
        'id',
        'source_key',
        'import_id',
        'floor_area_m2',
        'persons',
        'households',
        'geom',
        'point',
      ],
      rows: points.map(({ x, y, persons, households }, n) => [
        county,
        id(2, n),
        id(2, n),
        id(3, 0),
        100,
        persons,
        households,
        multiPolygonEwkb(square(x, y)),
        pointEwkb([x, y]),
      ]),
    },
    {
      table: 'plan',
      columns: ['county', 'plan_id', 'area_code', 'name', 'profile', 'state', 'grids', 'created_by'],
      rows: [[county, plan, area, '网格镇', 'country', 'published', grids.length, 'mesh']],
    },
    {
      table: 'grid_version',
      columns: [
        'county',
        'plan_id',
        'grid_id',
        'from_revision',
        'level',
        'parent_id',
        'leaf',
        'code',
        'name',
        'geom',
        'area_m2',
        'persons',
        'households',
        'buildings',
      ],
      rows: grids,
    },
    { table: 'grid_code', columns: ['county', 'plan_id', 'code', 'grid_id'], rows: codes },
  ]
  await database.owner.transaction().execute(async tx => {
    for (const table of tables) await writeTable(tx, table)
  })
  return { plan, grids: grids.length }
}
