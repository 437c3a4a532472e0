// What a planner can ask for: one schema per kind of edit.
import { type Static, type TProperties, Type } from 'typebox'
import { LineString, MultiPolygon, Place } from './geometry.ts'
import { GridKind, Id } from './grids.ts'
import { LARGEST_REVISION, Name, NoteText } from './text.ts'

export const Base = Type.Integer({
  minimum: 0,
  maximum: LARGEST_REVISION,
  description: 'the plan revision the client saw',
})

export const Overrule = Type.Union([Type.Literal('would-disconnect'), Type.Literal('cuts-building')])
export type Overrule = Static<typeof Overrule>

const edit = <K extends string, P extends TProperties>(kind: K, description: string, properties: P) =>
  Type.Object(
    {
      kind: Type.Literal(kind),
      base: Base,
      ...properties,
      overrule: Type.Optional(
        Type.Array(Overrule, { uniqueItems: true, description: 'warnings that do not stop the edit' }),
      ),
      note: Type.Optional(NoteText),
    },
    { additionalProperties: false, description },
  )

const Line = LineString
const Outline = Type.Object(LineString.properties, {
  description: 'a closed line: the last position equals the first',
})
const Grids = (least: number) => Type.Array(Id, { minItems: least, maxItems: 100, uniqueItems: true })

export const Split = edit('split', 'cut a grid along an open line across it, or a closed line inside it', {
  grid: Id,
  line: Line,
  keep: Type.Optional(
    Type.Union([Type.Literal('left'), Type.Literal('right')], {
      description: 'which side of the line keeps the identity; default: the one with more people',
    }),
  ),
})
export type Split = Static<typeof Split>

export const Merge = edit('merge', 'merge neighbours of one parent', {
  grids: Grids(2),
  keep: Type.Optional(
    Type.String({ format: 'uuid', description: 'which grid survives; default: the one with more people' }),
  ),
})
export type Merge = Static<typeof Merge>

export const Reshape = edit('reshape', 'a new course for a stretch of the border that two grids share', {
  grids: Type.Array(Id, { minItems: 2, maxItems: 2, uniqueItems: true }),
  line: Line,
})
export const MoveVertex = edit('move-vertex', 'move a border vertex, with all borders that end there', {
  from: Place,
  to: Place,
})
export const InsertVertex = edit('insert-vertex', 'put a vertex into the border at a place', {
  at: Place,
  to: Type.Optional(Place),
})
export const DeleteVertex = edit('delete-vertex', 'take a vertex out of a border', { at: Place })
export const TransferArea = edit(
  'transfer-area',
  'give what lies inside a closed line to a grid of the same level',
  {
    from: Id,
    to: Id,
    line: Outline,
  },
)
export const TransferGrids = edit('transfer-grids', 'give whole grids to another grid', {
  grids: Grids(1),
  to: Id,
})
export const Push = edit(
  'push',
  'push the border of two grids of a level: units of the loser that it sweeps in the direction of movement change sides',
  {
    grids: Type.Array(Id, { minItems: 2, maxItems: 2, uniqueItems: true }),
    from: Place,
    to: Place,
    units: Type.Optional(
      Type.Array(MultiPolygon, {
        minItems: 1,
        maxItems: 999,
        description: 'faces that do not overlap, as blocks; default: the grids just below the one that loses',
      }),
    ),
  },
)
export const Carve = edit('carve', 'a new grid of some kind out of all that lies inside a closed line', {
  line: Outline,
  gridKind: GridKind,
  parent: Type.Union([Id, Type.Null()], { description: 'null: a grid of level 1' }),
  name: Type.Optional(Name),
})
export const Reparent = edit('reparent', 'put a grid with its descendants under another parent', {
  grid: Id,
  parent: Id,
})
export const Rename = edit('rename', 'give a grid another name', { grid: Id, name: Name })
export const Recode = edit('recode', 'give a grid another code; never one that was given before', {
  grid: Id,
  code: Type.String({ pattern: '^[0-9]{15,21}$' }),
})
export const ChangeKind = edit('change-kind', 'make a grid one of another kind', {
  grid: Id,
  gridKind: GridKind,
})
export const Lock = edit('lock', 'lock or unlock a grid', { grid: Id, locked: Type.Boolean() })

export const Simplify = edit(
  'simplify',
  'simplify or smooth the border that two grids share, both sides at once',
  {
    grids: Type.Array(Id, { minItems: 2, maxItems: 2, uniqueItems: true }),
    metres: Type.Number({
      exclusiveMinimum: 0,
      maximum: 1000,
      description: 'how far the border may move; less where it would cross another',
    }),
    smooth: Type.Optional(Type.Boolean({ default: false, description: 'cut corners instead of vertices' })),
  },
)
export const Partition = edit(
  'partition',
  'divide a grid into given parts one level below; they take the place of what is there',
  { parent: Id, parts: Type.Array(MultiPolygon, { minItems: 1, maxItems: 999 }) },
)

export const Renumber = edit(
  'renumber',
  'number grids anew, from west to east in rows from north to south, and all below them after their parents',
  { parent: Type.Union([Id, Type.Null()], { description: 'the grids below it; null: the whole plan' }) },
)

const KINDS = [
  Split,
  Merge,
  Reshape,
  MoveVertex,
  InsertVertex,
  DeleteVertex,
  TransferArea,
  TransferGrids,
  Push,
  Carve,
  Reparent,
  Rename,
  Recode,
  ChangeKind,
  Lock,
  Simplify,
  Partition,
  Renumber,
]

/** One of the kinds; told apart by `kind`, so that a wrong body is judged against the kind it means. */
export const EditRequest = Type.Unsafe<Static<(typeof KINDS)[number]>>({
  type: 'object',
  discriminator: { propertyName: 'kind' },
  required: ['kind'],
  oneOf: KINDS,
})
export type EditRequest = Static<typeof EditRequest>
export type EditKind = EditRequest['kind']
/** The request of one kind. */
export type EditOf<K extends EditKind> = Extract<EditRequest, { kind: K }>
