// Edits 编辑: what a preview promises, what the journal keeps. The requests are in edit-kinds.ts.
import { type Static, Type } from 'typebox'
import { Base, Overrule } from './edit-kinds.ts'
import { MultiPolygon, Place } from './geometry.ts'
import { GridSummary, Id } from './grids.ts'
import { Plan } from './plans.ts'
import { LARGEST_REVISION } from './text.ts'

export * from './edit-kinds.ts'

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

/** What should be known before an edit is made; it is refused until its code stands in `overrule`. */
export const EditWarning = Type.Object({
  code: Overrule,
  message: Type.String(),
  place: Type.Union([Place, Type.Null()]),
  grid: Type.Union([Id, Type.Null()], {
    description: 'would-disconnect: the grid in more pieces than before',
  }),
  buildings: Type.Array(Id, { description: 'cuts-building: the buildings a new border runs through' }),
  named: Type.Array(
    Type.Object({
      id: Id,
      name: Type.Union([Type.String(), Type.Null()]),
      kind: Type.Union([Type.String(), Type.Null()]),
      persons: Type.Integer(),
      at: Place,
    }),
    { description: 'up to twenty of the buildings, those with most people first' },
  ),
})
export type EditWarning = Static<typeof EditWarning>

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
  warnings: Type.Array(EditWarning),
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
