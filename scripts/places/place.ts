// The words of the place generator: what one stage hands to the next. Lattice positions throughout (core/topology).
import type { GridKind, Level, Position, Shape } from '../../core/topology/index.ts'

export type PlaceName = 'tuanjie' | 'huairou' | 'shangdi' | 'chuzhou' | 'area-grid'

export type RoadClass = 'primary' | 'secondary' | 'tertiary' | 'residential' | 'service' | 'track' | 'footway'
export type WaterClass = 'river' | 'stream' | 'canal'

/**
 * A road or a water course: the very vertices of the faces that it separates, so faces, roads and borders agree. A line
 * is shared by reference: all edges of one course name the same object. `path` grows while the place is divided.
 */
export interface Line {
  readonly id: string
  readonly kind: 'road' | 'water'
  readonly class: RoadClass | WaterClass
  name: string | null
  path: Position[]
  /** Metres from the path that nothing may be built on: half the carriageway with pavement, half the river with bank. */
  readonly halfWidth: number
  /** Crosses water. */
  bridge?: boolean
}

/**
 * A piece of ground without holes. `ring` runs counter-clockwise, first position not repeated; `along[i]` is what runs
 * on the edge from i to i+1, null for nothing (a garden wall, a field's edge, a ridge).
 */
export interface Face {
  readonly ring: readonly Position[]
  readonly along: readonly (Line | null)[]
}

/** Ways into a village: the vertex of its ring where a road of the neighbour goes on. */
export interface Gate {
  readonly at: Position
  readonly class: RoadClass
  /** The road's name where it has one through several villages. */
  readonly name: string | null
}

/** A village or community before anything is in it. All sites of a place tile it: shared borders have equal vertices. */
export interface Site {
  /** 12 digits. */
  readonly code: string
  readonly name: string
  /** Code and name of the town or street. */
  readonly town: { readonly code: string; readonly name: string }
  /** The administrative area, whole. */
  readonly area: Shape
  /** The ground of its basic grids: the area, or what special grids have left of it. */
  readonly face: Face
  /** Where its houses are densest; inside the face. */
  readonly centre: Position
  /** town: streets and estates; plain: hamlets among fields; mountain: one settlement in a valley, forest around. */
  readonly ground: 'town' | 'plain' | 'mountain'
  readonly gates: readonly Gate[]
}

/**
 * A level-1 grid that is no village: a street corridor, a development zone, an enterprise area. Each piece is carved out of
 * one site's area; with `parts` every piece is a level-2 grid of it, else it is a leaf.
 */
export interface SpecialSite {
  /** 12 digits: the town's nine and a number from 601. */
  readonly code: string
  readonly name: string
  readonly kind: GridKind
  readonly town: { readonly code: string; readonly name: string }
  readonly pieces: readonly { readonly name: string; readonly site: string; readonly face: Face }[]
  readonly parts: boolean
}

/** Exact numbers that a village must come out with; see quotas.ts. */
export interface Quota {
  readonly persons: number
  readonly households: number
  /** How many grids of levels 2, 3 and 4. */
  readonly grids: readonly [two: number, three: number, four: number]
}

/** A grid as generated. Codes follow product.md; a leaf has no children. */
export interface GeneratedGrid {
  readonly id: string
  readonly level: Level
  readonly parent: string | null
  readonly leaf: boolean
  readonly code: string
  readonly name: string
  readonly kind: GridKind
  readonly shape: Shape
}

export type Use =
  | 'estate' // 小区: rows of slab blocks, entrances and floors
  | 'old-town' // shop-houses along the streets
  | 'houses' // rows of farmhouses along lanes
  | 'hamlet' // 林盘: a loose cluster under trees
  | 'factory' // halls, workshops
  | 'shops' // market, mall, hotel
  | 'office' // government, bank, firm
  | 'school'
  | 'hospital'
  | 'square'
  | 'park'
  | 'yard' // bus station, depot, water works
  | 'field'
  | 'orchard'
  | 'greenhouse'
  | 'forest'
  | 'lake'
  | 'idle'

/** A piece of ground between roads, lanes and borders, inside one leaf grid; what stands on it comes next. */
export interface Block extends Face {
  readonly use: Use
  /** Id of the leaf grid that it lies in. */
  readonly grid: string
  /** Name of the estate, hamlet, school … where it has one. */
  readonly name: string | null
  /** How densely lived in, 0 (nobody) to 1 (tower blocks). */
  readonly density: number
}

/** A village with its grids, blocks, roads and waters: all of it but what stands on the blocks. */
export interface Layout {
  readonly site: Site
  readonly grids: readonly GeneratedGrid[]
  readonly blocks: readonly Block[]
  /** Lines inside the village or begun by it; a border's line belongs to one village only. */
  readonly lines: readonly Line[]
}

export interface Building {
  readonly id: string
  /** Counter-clockwise, first position not repeated. */
  readonly footprint: readonly Position[]
  /** Inside the footprint and well inside its block. */
  readonly point: Position
  /** OpenStreetMap's values where there is one: house, apartments, industrial, school, … */
  readonly kind: string
  readonly use: Use
  readonly storeys: number
  readonly built: number
  readonly name: string | null
  /** Doors, numbered from 1. */
  readonly entrances: readonly { readonly number: number; readonly point: Position }[]
  /** Dwellings on each floor of each entrance; 0: nobody lives here. */
  readonly homesPerFloor: number
  /** Where its door opens to: the name of a street, lane, hamlet or estate; for the address. */
  readonly street: string
  readonly grid: string
  /** Of an estate, a school …: the block's name. */
  readonly estate: string | null
}

export interface Green {
  readonly kind: string
  readonly name: string | null
  /** Counter-clockwise outer ring, then holes. */
  readonly rings: readonly (readonly Position[])[]
}

/** What block filling adds to a layout. */
export interface Filling {
  readonly buildings: readonly Building[]
  readonly greens: readonly Green[]
  /** Footpaths and drives inside blocks; ponds. */
  readonly lines: readonly Line[]
  readonly ponds: readonly {
    readonly name: string | null
    readonly rings: readonly (readonly Position[])[]
  }[]
}

/** Seeded, the same on every machine. */
export interface Random {
  /** 0 ≤ x < 1 */
  next(): number
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number
  /** Mean 0, deviation 1. */
  normal(): number
  pick<T>(from: readonly T[]): T
  /** By weight; at least one weight must be positive. */
  weighted<T>(from: readonly (readonly [T, number])[]): T
  /** A stream of its own for a named part, so that one part's changes do not move the others. */
  fork(name: string): Random
  /** A UUIDv7-shaped id, random bits from this stream. */
  id(): string
}

/** Metres east and north of an origin, for layout; positions for everything kept. */
export interface Frame {
  metres(position: Position): readonly [x: number, y: number]
  position(x: number, y: number): Position
}

export type Cell = string | number | boolean | null

/** Rows for a table: text as it is, instants and dates in ISO form, geometries as hexadecimal EWKB (server/imports/ewkb.ts). */
export interface TableRows {
  readonly table: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

export interface PlaceOptions {
  /** A whole number from 0. */
  readonly seed: number
  /** 1: the figures of the reference deployment; only Huairou takes another. */
  readonly scale: number
}

/** A place about to be generated, batch by batch. */
export interface OpenedPlace {
  /** 6 digits. */
  readonly county: string
  readonly name: string
  /** What a row refers to comes earlier. */
  readonly batches: AsyncIterable<PlaceBatch>
  /** What was generated, for comparison: {"residents": 66473, …}. Complete when the batches have been read. */
  readonly counts: Readonly<Record<string, number>>
}
export interface PlaceBatch {
  readonly rows: readonly TableRows[]
  readonly message: { readonly zh: string; readonly en: string }
  /** 0 to 1 */
  readonly done: number
}
export type OpenPlace = (place: PlaceName, options: PlaceOptions) => OpenedPlace
