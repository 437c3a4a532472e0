// Edits 编辑: what a planner asks for, what a preview promises, what the journal keeps.
import { type Static, Type } from 'typebox'
import { LineString, MultiPolygon } from './geometry.ts'
import { GridSummary, Id } from './grids.ts'
import { Plan } from './plans.ts'
import { LARGEST_REVISION, NoteText } from './text.ts'

const Base = Type.Integer({
  minimum: 0,
  maximum: LARGEST_REVISION,
  description: 'the plan revision the client saw',
})
const Note = Type.Optional(NoteText)

export const Split = Type.Object(
  {
    kind: Type.Literal('split'),
    base: Base,
    grid: Id,
    line: LineString,
    keep: Type.Optional(
      Type.Union([Type.Literal('left'), Type.Literal('right')], {
        description: 'which side of the line keeps the identity; default: the one with more people',
      }),
    ),
    note: Note,
  },
  { additionalProperties: false },
)
export type Split = Static<typeof Split>

export const Merge = Type.Object(
  {
    kind: Type.Literal('merge'),
    base: Base,
    grids: Type.Array(Id, { minItems: 2, maxItems: 100, uniqueItems: true }),
    keep: Type.Optional(
      Type.String({ format: 'uuid', description: 'which grid survives; default: the one with more people' }),
    ),
    note: Note,
  },
  { additionalProperties: false },
)
export type Merge = Static<typeof Merge>

/** One of the kinds; told apart by `kind`, so that a wrong body is judged against the kind it means. */
export const EditRequest = Type.Unsafe<Split | Merge>({
  type: 'object',
  discriminator: { propertyName: 'kind' },
  required: ['kind'],
  oneOf: [Split, Merge],
})
export type EditRequest = Static<typeof EditRequest>

export const UndoRequest = Type.Object(
  {
    base: Type.Optional(Base),
    revision: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: LARGEST_REVISION,
        description: 'name another edit than your latest',
      }),
    ),
  },
  { additionalProperties: false },
)
export type UndoRequest = Static<typeof UndoRequest>
export const RedoRequest = Type.Object({ base: Type.Optional(Base) }, { additionalProperties: false })

export const Side = Type.Union([Type.Literal('left'), Type.Literal('right')])
export type Side = Static<typeof Side>

export const EditPreview = Type.Object({
  kind: Type.String(),
  revision: Type.Integer({ description: 'the plan revision it was computed on' }),
  grids: Type.Array(
    Type.Object({
      ...GridSummary.properties,
      created: Type.Boolean(),
      side: Type.Union([Side, Type.Null()], { description: 'split: left or right of the line' }),
      geometry: MultiPolygon,
    }),
    { description: 'every grid as it would be: parts, then neighbours whose border bends by a lattice step' },
  ),
  removed: Type.Array(Id),
  bent: Type.Array(Id, { description: 'other grids whose border bends by about a lattice step (1 cm)' }),
})
export type EditPreview = Static<typeof EditPreview>

export const EditSummary = Type.Object({
  revision: Type.Integer(),
  kind: Type.String(),
  actor: Type.String(),
  at: Type.String({ format: 'date-time' }),
  note: Type.Union([Type.String(), Type.Null()]),
  undoes: Type.Union([Type.Integer(), Type.Null()]),
  undone: Type.Boolean(),
  before: Type.Array(Type.Object({ id: Id, code: Type.String(), name: Type.String() })),
  after: Type.Array(Type.Object({ id: Id, code: Type.String(), name: Type.String() })),
})
export type EditSummary = Static<typeof EditSummary>

export const EditReply = Type.Object({
  edit: EditSummary,
  plan: Plan,
  grids: Type.Array(GridSummary, { description: 'every grid the edit created or changed, as it is now' }),
  removed: Type.Array(Id),
})
export type EditReply = Static<typeof EditReply>
