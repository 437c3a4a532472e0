// Rows of what stands on the ground and of the grids: areas, roads, water, greens, buildings, plan.
import { buffer } from '@turf/turf'
import {
  areaSquareMetres,
  fromGeoJson,
  LATTICE,
  type Position,
  type Shape,
  type Tally,
} from '../../core/topology/index.ts'
import { multiLineEwkb, multiPolygonEwkb, pointEwkb } from '../../server/imports/ewkb.ts'
import type { Building, Cell, Filling, GeneratedGrid, Line, TableRows } from './place.ts'

/** What every row of a place has in common. */
export interface Origin {
  readonly county: string
  readonly importId: string
  /** When the place's records end; rows carry it as their last change. */
  readonly today: string
}

/** People of a building, as settled. */
export interface Dwellers {
  readonly persons: number
  readonly households: number
  /** Grade of a dangerous house; null: nobody has looked. */
  readonly dangerous?: 'C' | 'D' | null
}

const flat = (ring: readonly Position[]): number[] => ring.flat()
const shapeOf = (...polygons: readonly (readonly (readonly Position[])[])[]): Shape =>
  polygons.map(rings => rings.map(flat))

export interface GeneratedArea {
  readonly code: string
  readonly name: string
  readonly shape: Shape
}

export const areaRows = ({ county }: Origin, areas: readonly GeneratedArea[]): TableRows => ({
  table: 'area',
  columns: ['county', 'code', 'name', 'local', 'source', 'geom', 'created_by'],
  rows: areas.map(({ code, name, shape }) => [
    county,
    code,
    name,
    false,
    'demo',
    multiPolygonEwkb(shape),
    'demo',
  ]),
})

/** Water this wide or wider is drawn as a surface. */
const WIDE_METRES = 8

export function lineRows({ county, importId }: Origin, lines: readonly Line[]): TableRows[] {
  const roads: Cell[][] = []
  const waters: Cell[][] = []
  for (const line of lines) {
    if (line.path.length < 2) continue
    const common = [county, line.id, line.id, importId, line.name]
    if (line.kind === 'road')
      roads.push([...common, line.class, line.bridge ?? false, multiLineEwkb([flat(line.path)])])
    else {
      const wide = line.halfWidth >= WIDE_METRES
      waters.push([...common, line.class, wide ? surfaceOf(line) : multiLineEwkb([flat(line.path)])])
    }
  }
  const columns = ['county', 'id', 'source_key', 'import_id', 'name']
  return [
    { table: 'road', columns: [...columns, 'class', 'bridge', 'geom'], rows: roads },
    { table: 'water', columns: [...columns, 'kind', 'geom'], rows: waters },
  ]
}

/** Metres of bank between the water's edge and what may be built on. */
const BANK_METRES = 6

function surfaceOf({ path, halfWidth }: Line): string {
  const course = {
    type: 'LineString' as const,
    coordinates: path.map(([x, y]) => [x / LATTICE, y / LATTICE]),
  }
  const surface = buffer(course, halfWidth - BANK_METRES, { units: 'meters', steps: 4 })
  if (!surface) throw new Error('A river without a surface.')
  const { geometry } = surface
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  return multiPolygonEwkb(fromGeoJson({ type: 'MultiPolygon', coordinates: polygons }))
}

export function fillingRows(
  { county, importId }: Origin,
  filling: Filling,
  people: ReadonlyMap<string, Dwellers>,
  ids: () => string,
): TableRows[] {
  const columns = ['county', 'id', 'source_key', 'import_id', 'name']
  const surfaces = (list: readonly { name: string | null; rings: readonly (readonly Position[])[] }[]) =>
    list.map(({ name, rings }): Cell[] => {
      const id = ids()
      return [county, id, id, importId, name, multiPolygonEwkb(shapeOf(rings))]
    })
  return [
    {
      table: 'green',
      columns: [...columns, 'geom', 'kind'],
      rows: surfaces(filling.greens).map((row, i) => [...row, filling.greens[i]!.kind]),
    },
    {
      table: 'water',
      columns: [...columns, 'geom', 'kind'],
      rows: surfaces(filling.ponds).map(row => [...row, 'pond']),
    },
    ...lineRows({ county, importId, today: '' }, filling.lines),
    {
      table: 'building',
      columns: [
        ...columns,
        'kind',
        'storeys',
        'built',
        'floor_area_m2',
        'persons',
        'households',
        'people_source',
        'dangerous',
        'geom',
        'point',
      ],
      rows: filling.buildings.map(building => {
        const {
          persons,
          households,
          dangerous = null,
        } = people.get(building.id) ?? { persons: 0, households: 0 }
        const shape = shapeOf([building.footprint])
        return [
          county,
          building.id,
          building.id,
          importId,
          building.name,
          building.kind,
          building.storeys,
          building.built,
          Math.round(floorArea(building, shape) * 10) / 10,
          persons,
          households,
          persons > 0 ? 'spread' : 'none',
          dangerous,
          multiPolygonEwkb(shape),
          pointEwkb(building.point),
        ]
      }),
    },
  ]
}

const floorArea = (building: Building, shape: Shape): number => areaSquareMetres(shape) * building.storeys

export function gridRows(
  { county }: Origin,
  plan: string,
  grids: readonly (GeneratedGrid & Tally)[],
): TableRows[] {
  return [
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
        'kind',
        'geom',
        'area_m2',
        'persons',
        'households',
        'buildings',
      ],
      rows: grids.map(grid => [
        county,
        plan,
        grid.id,
        0,
        grid.level,
        grid.parent,
        grid.leaf,
        grid.code,
        grid.name,
        grid.kind,
        multiPolygonEwkb(grid.shape),
        areaSquareMetres(grid.shape),
        grid.persons,
        grid.households,
        grid.buildings,
      ]),
    },
    {
      table: 'grid_code',
      columns: ['county', 'plan_id', 'code', 'grid_id'],
      rows: grids.map(grid => [county, plan, grid.code, grid.id]),
    },
  ]
}
