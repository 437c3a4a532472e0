// What a village is when people move in, and what its people share while they are written.
import type { Figures } from '../figures.ts'
import type { Origin } from '../ground-rows.ts'
import type { Block, Building, Cell, Frame, GeneratedGrid, Line, Random, Site } from '../place.ts'
import type { Bodies } from './bodies.ts'
import type { IdNumbers } from './identities.ts'
import type { VillageQuota } from './quotas.ts'

export interface Village {
  readonly site: Site
  readonly figures: Figures
  readonly quota: VillageQuota
  /**
   * Every grid that is staffed with this village: its own, the pieces of special grids carved out of it, and a grid that
   * spans villages with the first of them only.
   */
  readonly grids: readonly GeneratedGrid[]
  readonly blocks: readonly Block[]
  readonly buildings: readonly Building[]
  /** Roads and waters in it and those of its filling; the lines of its border are taken from the site. */
  readonly lines: readonly Line[]
  /** Waters of the whole place: a river may wet a corner of a village that it does not border on. */
  readonly waters?: readonly Line[]
  readonly frame: Frame
  readonly origin: Origin
  readonly bodies: Bodies
  /** The place's. */
  readonly idNumbers: IdNumbers
  /** The place's stream; the village takes a branch of its own. */
  readonly random: Random
}

/** Somewhere that something stands or happens. */
export interface Spot {
  readonly ewkb: string
  /** As people write it: 学府路12号3栋. */
  readonly where: string
  /** The leaf grid, where it is known. */
  readonly grid: string | null
}

/** Rows of one table, filled one by one. */
export interface Table {
  readonly table: string
  readonly columns: readonly string[]
  readonly rows: (readonly Cell[])[]
}
export const tableOf = (table: string, columns: string): Table => ({
  table,
  columns: columns.split(' '),
  rows: [],
})

/** The columns that every imported row begins with. */
export const IMPORTED = 'county id source_key import_id'
