// Plans 划分方案 and level profiles 层级方案.
import { type Static, Type } from 'typebox'
import { AreaCode } from './areas.ts'
import { Box } from './geometry.ts'
import { GridKind, GridSummary, Id } from './grids.ts'
import { STAFF_RULES } from './staff.ts'
import { Name } from './text.ts'

const Names = Type.Object({ zh: Type.String(), en: Type.String() })

/** What a grid may be made of. */
export const GRID_GEOMETRIES = ['ground', 'building', 'part', 'households'] as const
export const DIVISIONS = ['village', 'town', 'county'] as const

export const LevelProfile = Type.Object({
  profile: Type.String(),
  name: Names,
  levels: Type.Array(
    Type.Object({
      name: Names,
      band: Type.Union([Type.Tuple([Type.Integer(), Type.Integer()]), Type.Null()], {
        description: 'people a grid of this level should have, from–to',
      }),
      label: Type.Object(
        { zh: Type.String(), en: Type.String() },
        {
          description: 'which level of the place it is called: Shangdi calls its communities level 3',
        },
      ),
      kinds: Type.Array(GridKind, { description: 'kinds of grid that this level may have' }),
      geometry: Type.Array(Type.Enum([...GRID_GEOMETRIES]), {
        description: 'a piece of ground, a building, a part of one, the ground around some households',
      }),
      within: Type.Union([Type.Enum([...DIVISIONS]), Type.Null()], {
        description: 'the division that a grid of this level must not cross; null: any',
      }),
      staff: Type.Union([Type.Enum([...STAFF_RULES]), Type.Null()], {
        description: 'who a grid of this level must have: see the card',
      }),
      needs: Type.Union(
        [
          Type.Object({
            heads: Type.Integer(),
            workers: Type.Integer(),
            shared: Type.Boolean({ description: 'one person may serve several grids' }),
          }),
          Type.Null(),
        ],
        { description: 'how many of them at least' },
      ),
      codeDigits: Type.Integer({ description: 'digits that this level adds to a code' }),
    }),
  ),
})
export type LevelProfile = Static<typeof LevelProfile>

export const Plan = Type.Object({
  id: Id,
  name: Type.String(),
  area: AreaCode,
  areaName: Type.String(),
  county: Type.String(),
  profile: Type.String(),
  state: Type.Union([
    Type.Literal('draft'),
    Type.Literal('review'),
    Type.Literal('published'),
    Type.Literal('archived'),
  ]),
  revision: Type.Integer(),
  grids: Type.Integer({ description: 'how many grids it has now, all levels' }),
  bbox: Box,
  createdBy: Type.String(),
  createdAt: Type.String({ format: 'date-time' }),
  changedAt: Type.String({ format: 'date-time' }),
  undo: Type.Union([Type.Integer(), Type.Null()], { description: 'the revision your undo would reverse' }),
  redo: Type.Union([Type.Integer(), Type.Null()], { description: 'the undo that your redo would reverse' }),
  synthetic: Type.Boolean({ description: 'its people were spread from a total, not counted' }),
  demo: Type.Boolean({ description: 'of a generated place: shown with the mark 演示数据' }),
})
export type Plan = Static<typeof Plan>

export const NewPlan = Type.Object(
  {
    area: AreaCode,
    name: Name,
    profile: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
)
export type NewPlan = Static<typeof NewPlan>

export const PlanCopy = Type.Object({ name: Name }, { additionalProperties: false })
export type PlanCopy = Static<typeof PlanCopy>

const Demo = Type.Boolean({ description: 'of a generated place' })
export const GridList = Type.Object({
  revision: Type.Integer(),
  demo: Demo,
  grids: Type.Array(GridSummary),
})
export type GridList = Static<typeof GridList>

/** TopoJSON: delta-encoded integer arcs, scale 1e-7, exact; what the kernel in the worker loads. */
export const Coverage = Type.Object({
  type: Type.Literal('Topology'),
  revision: Type.Integer(),
  demo: Demo,
  transform: Type.Object({
    scale: Type.Tuple([Type.Number(), Type.Number()]),
    translate: Type.Tuple([Type.Number(), Type.Number()]),
  }),
  arcs: Type.Array(Type.Array(Type.Array(Type.Integer()))),
  objects: Type.Object({ grids: Type.Unknown() }),
})

/** Roads as a cut follows them. */
export const RoadCourses = Type.Object({
  roads: Type.Array(
    Type.Object({
      class: Type.String(),
      line: Type.Array(Type.Integer(), { description: 'x0, y0, x1, y1 … in lattice steps (1e-7 degree)' }),
    }),
  ),
})
export type RoadCourses = Static<typeof RoadCourses>
