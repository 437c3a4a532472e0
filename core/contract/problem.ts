// What an error looks like on the wire: RFC 9457 with a stable code, a sentence, and a place where there is one.
import { type Static, Type } from 'typebox'
import { Place } from './geometry.ts'
import { GridLevel, Id } from './text.ts'

export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  code: Type.String({ description: 'stable; the rest is for people' }),
  message: Type.String({ description: 'the same as `detail`' }),
  place: Type.Optional(Type.Union([Place, Type.Null()])),
  grid: Type.Optional(Type.String({ description: 'the grid that refuses' })),
  buildings: Type.Optional(
    Type.Array(Type.String(), { description: 'cuts-building: the buildings a new border runs through' }),
  ),
  revision: Type.Optional(Type.Integer({ description: 'stale: the revision that came in between' })),
  actor: Type.Optional(Type.String({ description: 'stale: who made it' })),
  at: Type.Optional(Type.String({ format: 'date-time', description: 'stale: when' })),
  successors: Type.Optional(
    Type.Array(Type.Object({ id: Id, level: GridLevel, code: Type.String(), name: Type.String() }), {
      description: 'grid-gone: the grids that its ground went to',
    }),
  ),
})
export type Problem = Static<typeof Problem>

/** The problems every route may answer with. */
export const problems = {
  400: Problem,
  404: Problem,
  409: Problem,
  410: Problem,
  413: Problem,
  422: Problem,
  503: Problem,
}
