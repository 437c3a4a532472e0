// Grids 网格 as lists, cards and edits show them.
import { type Static, Type } from 'typebox'
import { GRID_KINDS } from '../topology/model.ts'
import { Box, MultiPolygon } from './geometry.ts'

export const Id = Type.String({ format: 'uuid' })
export const GridLevel = Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3), Type.Literal(4)])
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

/** The leader's card. */
export const GridCard = Type.Object({
  ...GridSummary.properties,
  plan: Id,
  planName: Type.String(),
  revision: Type.Integer({ description: 'of the plan, at which this card is true' }),
  area: Type.Object({ code: Type.String(), name: Type.String() }),
  levelName: Type.Object({ zh: Type.String(), en: Type.String() }),
  synthetic: Type.Boolean({ description: 'the people were spread from a total, not counted' }),
  talliedAt: Type.String({ format: 'date-time' }),
  breadcrumb: Type.Array(Type.Object({ id: Id, name: Type.String(), level: GridLevel })),
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
