// Bringing data in: a file is uploaded and looked at, its settings are changed until the map shows it right, then it is imported.
import { type Static, Type } from 'typebox'
import { AreaCode } from './areas.ts'
import { Box, Place } from './geometry.ts'
import { Complaint, jobOf } from './jobs.ts'
import { Id, Name, orNull } from './text.ts'

/** Ours; `grids` become a plan; `catalogue`: anything else, as a layer of its own with a name. */
export const IMPORT_LAYERS = [
  'areas',
  'grids',
  'buildings',
  'addresses',
  'households',
  'residents',
  'roads',
  'water',
  'green',
  'facilities',
  'organisations',
  'staff',
  'incidents',
  'catalogue',
] as const
export type ImportLayer = (typeof IMPORT_LAYERS)[number]

export const DATUMS = ['wgs84', 'cgcs2000', 'gcj02', 'bd09'] as const
export type Datum = (typeof DATUMS)[number]

/** Everything may be left out: then it is found out from the file. */
export const ImportSettings = Type.Object(
  {
    layer: Type.Optional(Type.Enum([...IMPORT_LAYERS])),
    name: Type.Optional(Name),
    profile: Type.Optional(Type.String({ maxLength: 40, description: 'with grids: the level profile' })),
    area: Type.Optional(AreaCode),
    sourceLayer: Type.Optional(
      Type.String({ maxLength: 200, description: 'one of `layers`; left out: all' }),
    ),
    encoding: Type.Optional(Type.String({ maxLength: 40, description: 'utf-8, gb18030, big5 …' })),
    crs: Type.Optional(Type.String({ pattern: '^(EPSG|epsg):[0-9]{4,6}$' })),
    datum: Type.Optional(Type.Enum([...DATUMS])),
    swapAxes: Type.Optional(Type.Boolean({ description: 'the file gives latitude (or northing) first' })),
    columns: Type.Optional(
      Type.Record(Type.String({ maxLength: 200 }), Type.String({ maxLength: 40 }), {
        description: 'column of the file → role; an empty role: do not use this column',
      }),
    ),
  },
  { additionalProperties: false },
)
export type ImportSettings = Static<typeof ImportSettings>

export const ENCODING_SOURCES = ['chosen', 'format', 'cpg', 'dbf', 'valid', 'fallback'] as const
export const AREA_SOURCES = ['chosen', 'file', 'place', 'only', 'none'] as const
export const CRS_SOURCES = ['chosen', 'declared', 'format', 'guessed', 'none', 'unknown'] as const

const Reason = Type.Object({ code: Type.String(), message: Type.String(), rows: Type.Integer() })

/** Outlines that were put right; sizes in square metres. */
export const Repairs = Type.Object({
  rows: Type.Integer(),
  before: Type.Number({ description: 'of all of them together' }),
  after: Type.Number(),
  kinds: Type.Array(Reason),
  first: Type.Array(
    Type.Object({
      row: Type.Integer(),
      name: orNull(Type.String()),
      what: Type.String(),
      before: Type.Number(),
      after: Type.Number(),
    }),
    { description: 'the first twenty' },
  ),
  file: orNull(Type.String({ description: 'address of the table of all of them' })),
})
export type Repairs = Static<typeof Repairs>

/** What was changed so that somebody's grids are one map without gaps and overlaps. */
export const GridChanges = Type.Object({
  count: Type.Integer(),
  kinds: Type.Array(
    Type.Object({
      code: Type.String(),
      message: Type.String(),
      count: Type.Integer(),
      squareMetres: Type.Number({ description: 'of ground, added up without signs' }),
    }),
  ),
  first: Type.Array(Type.Object({ message: Type.String(), squareMetres: Type.Number(), place: Place }), {
    description: 'the twenty with most ground',
  }),
  file: orNull(Type.String({ description: 'address of the table of all of them' })),
})
export type GridChanges = Static<typeof GridChanges>

const Choice = Type.Object({ value: Type.String(), label: Type.String() })

export const Inspection = Type.Object({
  upload: Id,
  name: Type.String(),
  bytes: Type.Integer(),
  format: Type.String({ description: 'shp, gpkg, geojson, xlsx …' }),
  /** Layers, sheets or folders within the file. */
  layers: Type.Array(
    Type.Object({
      name: Type.String(),
      features: orNull(Type.Integer({ description: 'null: not counted' })),
    }),
  ),
  rows: Type.Integer({ description: 'rows looked at' }),
  more: Type.Boolean({ description: 'the file holds more than was looked at' }),
  geometry: Type.Union([
    Type.Literal('point'),
    Type.Literal('line'),
    Type.Literal('polygon'),
    Type.Literal('mixed'),
    Type.Literal('none'),
  ]),
  encoding: Type.Object({
    used: Type.String(),
    how: Type.Enum([...ENCODING_SOURCES], {
      description:
        'chosen by you · of the format · .cpg · language byte of the .dbf · valid UTF-8 · fallback GB18030',
    }),
    choices: Type.Array(Choice),
  }),
  crs: Type.Object({
    used: orNull(Type.String({ description: 'EPSG:n or the name of a system; null: not known, ask' })),
    how: Type.Enum([...CRS_SOURCES], {
      description: 'none: the file has no places at all; unknown: must be asked, see `choices`',
    }),
    choices: Type.Array(Choice, { description: 'likely ones first' }),
  }),
  datum: Type.Object({
    used: Type.Enum([...DATUMS]),
    ask: Type.Boolean({
      description: 'degrees in China whose datum the file cannot tell: show on the map and ask',
    }),
    choices: Type.Array(Choice),
  }),
  swapAxes: Type.Boolean(),
  area: Type.Object({
    used: orNull(AreaCode),
    how: Type.Enum([...AREA_SOURCES], {
      description:
        'chosen by you · each row says its own · the county its places lie in · the only county there is · none: rows count nowhere',
    }),
    choices: Type.Array(Choice, { description: 'areas that hold places of the file, likely ones first' }),
  }),
  columns: Type.Array(
    Type.Object({
      name: Type.String(),
      role: orNull(Type.String({ description: 'one of `roles`; null: not used' })),
      values: Type.Array(Type.String(), { description: 'the first few that are not empty' }),
    }),
  ),
  roles: Type.Array(Type.Object({ role: Type.String(), label: Type.String(), required: Type.Boolean() }), {
    description: 'what a column can be in the layer chosen',
  }),
  firstRows: Type.Array(
    Type.Object({
      number: Type.Integer(),
      values: Type.Record(Type.String(), Type.String()),
      problem: orNull(Type.String({ description: 'why this row would be rejected' })),
    }),
    { description: 'ten' },
  ),
  judged: Type.Object({
    rows: Type.Integer({ description: 'of the rows looked at, as the settings stand' }),
    good: Type.Integer(),
    repaired: Type.Integer(),
    rejected: Type.Integer(),
    repairs: Repairs,
    reasons: Type.Array(Reason),
  }),
  sample: Type.Unsafe<GeoJSON.FeatureCollection>(
    Type.Object({ type: Type.Literal('FeatureCollection'), features: Type.Array(Type.Unknown()) }),
  ),
  bbox: orNull(Box),
  layer: Type.Enum([...IMPORT_LAYERS], { description: 'chosen, or the one that suits best' }),
  settings: ImportSettings,
  remembered: Type.Boolean({ description: 'the settings are those of the last file of this kind' }),
  ready: Type.Boolean({ description: 'could be imported as it stands' }),
  problems: Type.Array(Complaint),
})
export type Inspection = Static<typeof Inspection>

/** Of the whole file, where an inspection looks at its beginning only. */
export const FileExtent = Type.Object({ rows: Type.Integer(), bbox: orNull(Box) })
export type FileExtent = Static<typeof FileExtent>

export const NewImport = Type.Object(
  {
    upload: Id,
    settings: ImportSettings,
    people: Type.Optional(
      Type.Object(
        {
          persons: Type.Integer({ minimum: 0, maximum: 100_000_000 }),
          households: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000_000 })),
        },
        { description: 'with buildings: spread this many people over them' },
      ),
    ),
  },
  { additionalProperties: false },
)
export type NewImport = Static<typeof NewImport>

const counts = {
  read: Type.Integer(),
  imported: Type.Integer(),
  unchanged: Type.Integer(),
  rejected: Type.Integer(),
  repaired: Type.Integer(),
  duplicates: Type.Integer({ description: 'the same row again, or a piece that was joined to its object' }),
}
export const ImportSummary = Type.Object({
  id: orNull(Id),
  file: Type.String(),
  area: orNull(Type.String({ description: 'code of the area that it was filed under' })),
  ...counts,
  reasons: Type.Array(Reason),
  repairs: orNull(Repairs),
  rejects: orNull(Type.String({ description: 'address of the file with the rejected rows' })),
  people: orNull(Type.Object({ persons: Type.Integer(), households: Type.Integer() })),
  bbox: orNull(Box),
  changes: orNull(GridChanges),
  plan: orNull(
    Type.Object({
      id: Id,
      name: Type.String(),
      area: AreaCode,
      areaMade: Type.Boolean({ description: 'the area was made of the outline of the grids' }),
      levels: Type.Array(Type.Integer(), { description: 'grids at levels 1, 2, 3, 4' }),
    }),
  ),
})
export type ImportSummary = Static<typeof ImportSummary>

export const ImportJob = jobOf(ImportSummary)
export type ImportJob = Static<typeof ImportJob>

export const ImportRecord = Type.Object({
  id: Id,
  county: Type.String(),
  file: Type.String(),
  actor: Type.String(),
  at: Type.String({ format: 'date-time' }),
  layers: Type.Array(Type.Object({ layer: Type.String(), name: orNull(Type.String()), ...counts })),
  ...counts,
  rejects: orNull(Type.String()),
  repairs: orNull(Type.String({ description: 'address of the table of what was put right' })),
  plan: orNull(Id),
  bbox: orNull(Box),
  settings: Type.Record(Type.String(), Type.Unknown()),
})
export type ImportRecord = Static<typeof ImportRecord>

export const ImportWithdrawn = Type.Object({
  id: Id,
  removed: Type.Integer({ description: 'rows it had brought' }),
  restored: Type.Integer({ description: 'rows it had changed, now as they were' }),
})
export type ImportWithdrawn = Static<typeof ImportWithdrawn>
