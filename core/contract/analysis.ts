// Spatial queries and counts by grid: how many of everything lie in a shape, or in each grid of a level.
import { type Static, Type } from 'typebox'
import { LineString, MultiPolygon, Outline, Place } from './geometry.ts'
import { IncidentCounts, KindCount, OrganisationCounts, RESIDENT_GROUPS, Residents } from './grids.ts'
import { INCIDENT_STATUSES, OnDay } from './incidents.ts'
import { Day, GridLevel, Id, Instant, LARGEST_REVISION, orNull } from './text.ts'

export const QUERY_LAYERS = [
  'persons',
  'households',
  'buildings',
  'addresses',
  'facilities',
  'organisations',
  'objects',
  'staff',
  'incidents',
] as const
export type QueryLayer = (typeof QUERY_LAYERS)[number]
const LayerName = Type.Enum([...QUERY_LAYERS])

/** The limits of a query; what is beyond is refused with a sentence. */
export const QUERY_LIMITS = {
  /** Circles and corridors. */
  leastMetres: 1,
  mostMetres: 50_000,
  mostNearest: 1000,
  mostSquareKilometres: 100_000,
  mostVertices: 10_000,
  /** Rows of a file. */
  mostRows: 200_000,
} as const

const within = <K extends string>(kind: K) => ({ kind: Type.Literal(kind) })
export const PolygonShape = Type.Object(
  { ...within('polygon'), geometry: Outline },
  { additionalProperties: false },
)
export const CircleShape = Type.Object(
  { ...within('circle'), center: Place, metres: Type.Number() },
  { additionalProperties: false },
)
export const CorridorShape = Type.Object(
  {
    ...within('corridor'),
    line: LineString,
    metres: Type.Number({ description: 'to either side' }),
  },
  { additionalProperties: false },
)
export const NearestShape = Type.Object(
  {
    ...within('nearest'),
    point: Place,
    n: Type.Integer(),
  },
  {
    additionalProperties: false,
    description: 'the n nearest of each layer; persons and households: those of the n nearest buildings',
  },
)
export const GridShape = Type.Object({ ...within('grid'), grid: Id }, { additionalProperties: false })
export type QueryShape =
  | Static<typeof PolygonShape>
  | Static<typeof CircleShape>
  | Static<typeof CorridorShape>
  | Static<typeof NearestShape>
  | Static<typeof GridShape>
/** Told apart by `kind`, so that a wrong shape is judged against the kind it means. */
export const QueryShape = Type.Unsafe<QueryShape>({
  type: 'object',
  discriminator: { propertyName: 'kind' },
  required: ['kind'],
  oneOf: [PolygonShape, CircleShape, CorridorShape, NearestShape, GridShape],
})

export const QueryRequest = Type.Object(
  {
    plan: Type.Optional(
      Type.String({
        format: 'uuid',
        description:
          'whose county is asked, and whose grids staff have posts on; default: found from the shape',
      }),
    ),
    revision: Type.Optional(Type.Integer({ minimum: 0, maximum: LARGEST_REVISION })),
    shape: QueryShape,
    layers: Type.Array(LayerName, { uniqueItems: true, description: 'what to count' }),
    on: OnDay,
    from: Type.Optional(Type.Unsafe<string>({ ...Instant, description: 'incidents reported from … ' })),
    to: Type.Optional(Type.Unsafe<string>({ ...Instant, description: '… until before' })),
    table: Type.Optional(
      Type.Object(
        {
          layer: LayerName,
          limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
          offset: Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 }),
        },
        { additionalProperties: false, description: 'rows of one layer; with `format` all of them' },
      ),
    ),
  },
  { additionalProperties: false },
)
export type QueryRequest = Static<typeof QueryRequest>

export const QueryCounts = Type.Object({
  persons: Type.Optional(
    Type.Object({
      total: Type.Integer({ description: 'by the totals of buildings, as in cards and tiles' }),
      residents: orNull(Residents),
    }),
  ),
  households: Type.Optional(Type.Object({ total: Type.Integer() })),
  buildings: Type.Optional(Type.Object({ total: Type.Integer(), dangerous: orNull(Type.Integer()) })),
  addresses: Type.Optional(Type.Object({ total: Type.Integer() })),
  facilities: Type.Optional(Type.Object({ total: Type.Integer(), kinds: Type.Array(KindCount) })),
  organisations: Type.Optional(OrganisationCounts),
  objects: Type.Optional(Type.Object({ total: Type.Integer(), kinds: Type.Array(KindCount) })),
  staff: Type.Optional(
    Type.Object({
      total: Type.Integer({ description: 'posts on grids; a post lies at the inner point of its grid' }),
      people: Type.Integer(),
      roles: Type.Array(Type.Object({ role: Type.String(), count: Type.Integer() })),
    }),
  ),
  incidents: Type.Optional(
    Type.Object({
      total: Type.Integer({ description: 'in the time asked for; all when no time is given' }),
      ...IncidentCounts.properties,
    }),
  ),
})
export type QueryCounts = Static<typeof QueryCounts>

/** A cell of a table. Instants are ISO text. */
export const Cell = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])
export type Cell = Static<typeof Cell>

export const QueryTable = Type.Object({
  layer: LayerName,
  columns: Type.Array(
    Type.Object({
      key: Type.String(),
      name: Type.Object({ zh: Type.String(), en: Type.String() }),
      type: Type.Enum(['text', 'number', 'time', 'flag']),
    }),
  ),
  rows: Type.Array(
    Type.Object({
      id: Type.String(),
      place: orNull(Place),
      cells: Type.Array(Cell, { description: 'in the order of `columns`' }),
    }),
  ),
  total: Type.Integer(),
  offset: Type.Integer(),
})
export type QueryTable = Static<typeof QueryTable>

export const QueryReply = Type.Object({
  plan: orNull(Id),
  county: orNull(Type.String()),
  on: Day,
  demo: Type.Boolean(),
  shape: Type.Object({
    geometry: Type.Union([MultiPolygon, Type.Null()], {
      description: 'the very shape that was asked, on the lattice; null for `nearest`',
    }),
    areaSquareMetres: orNull(Type.Number()),
  }),
  counts: QueryCounts,
  table: orNull(QueryTable),
  note: Type.Union([Type.String(), Type.Null()], {
    description: 'a sentence when there is nothing: what was looked for, and a way on',
  }),
})
export type QueryReply = Static<typeof QueryReply>

export const COUNTED = [...QUERY_LAYERS, ...RESIDENT_GROUPS] as const
export type Counted = (typeof COUNTED)[number]

export const CountsRequest = Type.Object(
  {
    plan: Id,
    level: GridLevel,
    revision: Type.Optional(Type.Integer({ minimum: 0, maximum: LARGEST_REVISION })),
    what: Type.Enum([...COUNTED]),
    on: OnDay,
    from: Type.Optional(Instant),
    to: Type.Optional(Instant),
    categories: Type.Optional(
      Type.Array(Type.String({ maxLength: 100 }), {
        maxItems: 200,
        description: 'of incidents: any of these, or below them in the tree',
      }),
    ),
    status: Type.Optional(Type.Array(Type.Enum([...INCIDENT_STATUSES]), { maxItems: 3 })),
  },
  { additionalProperties: false },
)
export type CountsRequest = Static<typeof CountsRequest>

export const GridCounts = Type.Object({
  plan: Id,
  revision: Type.Integer(),
  level: GridLevel,
  what: Type.Enum([...COUNTED]),
  on: Day,
  demo: Type.Boolean(),
  counted: Type.Boolean({ description: 'false: nothing of this kind is recorded here at all' }),
  total: Type.Integer({ description: 'the sum over the grids below' }),
  above: Type.Integer({ description: 'staff: posts on grids of higher levels, which lie in no grid here' }),
  grids: Type.Array(
    Type.Object({
      id: Id,
      level: Type.Unsafe<1 | 2 | 3 | 4>({
        ...GridLevel,
        description: 'less than asked for: a shallow leaf that stands in for itself',
      }),
      code: Type.String(),
      name: Type.String(),
      count: Type.Integer(),
      persons: Type.Integer(),
      perThousand: Type.Union([Type.Number(), Type.Null()], {
        description: 'per 1,000 people; null where nobody lives',
      }),
      perSquareKilometre: Type.Number(),
    }),
  ),
})
export type GridCounts = Static<typeof GridCounts>
