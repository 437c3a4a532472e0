// The tables that hold a place, and the order in which a place is taken out again.
import type { Schema } from '../db/database.ts'

/** Whatever refers to a row comes before that row. */
export const PLACE_TABLES = [
  'visit',
  'incident_step',
  'incident',
  'matter',
  'post',
  'staff',
  'body',
  'object',
  'organisation',
  'resident',
  'household',
  'room',
  'entrance',
  'address',
  'facility',
  'building',
  'road',
  'water',
  'green',
  'grid_lineage',
  'edit',
  'grid_code',
  'grid_version',
  'plan',
  'area',
  'people_spread',
  'import',
] as const satisfies readonly (keyof Schema)[]
export type PlaceTable = (typeof PLACE_TABLES)[number]

const known: ReadonlySet<string> = new Set(PLACE_TABLES)
export const isPlaceTable = (table: string): table is PlaceTable => known.has(table)

/** `layer` of the generator's own row in `import`; every other one there is a file that somebody brought. */
export const DEMO_IMPORT = 'demo'
