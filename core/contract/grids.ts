// Grids 网格 as lists, cards and edits show them.
import { type Static, Type } from 'typebox'
import { GRID_KINDS } from '../topology/model.ts'
import { Box, MultiPolygon } from './geometry.ts'
import { IncidentSummary } from './incidents.ts'
import { Chain, StaffPost, StaffRule } from './staff.ts'
import { Day, GridLevel, Id, orNull } from './text.ts'

export { GridLevel, Id } from './text.ts'

export const GridKind = Type.Enum([...GRID_KINDS])

export const Tally = Type.Object({
  persons: Type.Integer(),
  households: Type.Integer(),
  buildings: Type.Integer(),
})
export type Tally = Static<typeof Tally>

export const GridSummary = Type.Object({
  id: Id,
  level: GridLevel,
  parent: Type.Union([Id, Type.Null()]),
  leaf: Type.Boolean(),
  code: Type.String(),
  name: Type.String(),
  kind: GridKind,
  locked: Type.Boolean(),
  persons: Type.Integer(),
  households: Type.Integer(),
  buildings: Type.Integer(),
  areaSquareMetres: Type.Number(),
  bbox: Box,
})
export type GridSummary = Static<typeof GridSummary>

/** Counts of residents; the key groups of product.md, as of a day. Never a name. */
export const Residents = Type.Object({
  total: Type.Integer(),
  registered: Type.Integer(),
  floating: Type.Integer(),
  over60: Type.Integer({ description: '60 years and older' }),
  minors: Type.Integer({ description: 'younger than 18' }),
  pregnant: Type.Integer(),
  disabled: Type.Integer(),
  chronicallyIll: Type.Integer(),
  alone: Type.Integer(),
})
export type Residents = Static<typeof Residents>
export const RESIDENT_GROUPS = [
  'registered',
  'floating',
  'over60',
  'minors',
  'pregnant',
  'disabled',
  'chronicallyIll',
  'alone',
] as const
export type ResidentGroup = (typeof RESIDENT_GROUPS)[number]

/** How many there are of each kind, most first. */
export const KindCount = Type.Object({
  category: Type.String(),
  kind: Type.String(),
  count: Type.Integer(),
})
export type KindCount = Static<typeof KindCount>

export const OrganisationCounts = Type.Object({
  total: Type.Integer(),
  factoryPremises: Type.Integer(),
  employees: Type.Integer(),
  keyPlaces: Type.Integer({ description: 'with something that must be looked after in particular' }),
  specialEquipment: Type.Integer(),
})
export type OrganisationCounts = Static<typeof OrganisationCounts>

export const IncidentCounts = Type.Object({
  open: Type.Integer({ description: 'not closed, overdue ones included' }),
  overdue: Type.Integer(),
  last30Days: Type.Integer(),
  lastYear: Type.Integer(),
})
export type IncidentCounts = Static<typeof IncidentCounts>

export const GridName = Type.Object({
  id: Id,
  code: Type.String(),
  name: Type.String(),
  level: GridLevel,
})
export type GridName = Static<typeof GridName>

/** The leader's card. `persons`, `households` and `buildings` are the totals that tiles, tree and choropleth show. */
export const GridCard = Type.Object({
  ...GridSummary.properties,
  plan: Id,
  planName: Type.String(),
  revision: Type.Integer({ description: 'of the plan, at which this card is true' }),
  on: Type.Unsafe<string>({ ...Day, description: 'the day of posts, ages and incidents' }),
  area: Type.Object({ code: Type.String(), name: Type.String() }),
  levelName: Type.Object({ zh: Type.String(), en: Type.String() }),
  synthetic: Type.Boolean({ description: 'the people were spread from a total, not counted' }),
  demo: Type.Boolean({ description: 'of a generated place: show 演示数据' }),
  talliedAt: Type.String({ format: 'date-time' }),
  breadcrumb: Type.Array(GridName),
  residents: Type.Union([Residents, Type.Null()], {
    description: 'null: nobody is registered by name here, there are only the totals of buildings',
  }),
  dangerousHouses: Type.Union([Type.Integer(), Type.Null()], {
    description: 'of grade C or D; null: nobody has looked',
  }),
  addresses: Type.Integer(),
  organisations: OrganisationCounts,
  facilities: Type.Array(KindCount),
  objects: Type.Array(KindCount),
  staff: Type.Object({
    posts: Type.Array(StaffPost, { description: 'on this very grid' }),
    below: Type.Object(
      { posts: Type.Integer(), people: Type.Integer() },
      { description: 'on this grid and all grids below it; a person with two posts is one of people' },
    ),
    rule: orNull(StaffRule),
  }),
  chain: Type.Array(Chain, { description: 'who is responsible, from this grid upward' }),
  incidents: Type.Object({
    ...IncidentCounts.properties,
    latest: Type.Array(IncidentSummary, { description: 'up to five, open ones first, newest first' }),
  }),
  children: Type.Array(GridSummary),
  neighbours: Type.Array(
    Type.Object({
      id: Id,
      code: Type.String(),
      name: Type.String(),
      sharedMetres: Type.Number({ description: 'length of the border they share' }),
    }),
  ),
  geometry: MultiPolygon,
})
export type GridCard = Static<typeof GridCard>

export const GridStaff = Type.Object({
  plan: Id,
  revision: Type.Integer(),
  on: Day,
  demo: Type.Boolean(),
  rule: orNull(StaffRule),
  posts: Type.Array(Type.Object({ ...StaffPost.properties, grid: GridName }), {
    description: 'on this grid and all grids below it, by code of the grid; at most 5,000',
  }),
  chain: Type.Array(Chain),
})
export type GridStaff = Static<typeof GridStaff>
