// Staff and posts 人员与岗位: who works where, from a date to a date, and who is responsible upward.
import { type Static, Type } from 'typebox'
import { Day, Id, orNull } from './text.ts'

export const FORCES = ['professional', 'full-time', 'assistant', 'part-time', 'volunteer', 'other'] as const

/** Staff are shown openly, by name and work phone. */
export const StaffPost = Type.Object({
  id: Id,
  role: Type.String(),
  from: Day,
  to: Type.Union([Day, Type.Null()], { description: 'the last day; null: still' }),
  staff: Type.Object({
    id: Id,
    name: Type.String(),
    phone: Type.Union([Type.String(), Type.Null()], { description: 'at work' }),
    force: Type.Enum([...FORCES]),
    forceKind: orNull(Type.String()),
    team: orNull(Type.String()),
    partyMember: Type.Boolean(),
    body: Type.Union([Type.String(), Type.Null()], { description: 'name of the office or team' }),
  }),
})
export type StaffPost = Static<typeof StaffPost>

export const STAFF_RULES = ['one-worker', '1+1+x', 'heads'] as const
export type StaffRuleKind = (typeof STAFF_RULES)[number]
/** What a staff rule may miss: a head 网格长, a worker 网格员, others. */
export const STAFF_NEEDS = ['head', 'worker', 'others'] as const
export type StaffNeed = (typeof STAFF_NEEDS)[number]

/** The rule that the level profile sets for a grid's level, and whether its posts meet it. */
export const StaffRule = Type.Object({
  kind: Type.Enum([...STAFF_RULES], {
    description: 'one-worker: one grid, one worker; 1+1+x: a head, a worker and others; heads: a head',
  }),
  complete: Type.Boolean(),
  heads: Type.Integer(),
  workers: Type.Integer(),
  others: Type.Integer(),
  missing: Type.Array(Type.Enum([...STAFF_NEEDS])),
})
export type StaffRule = Static<typeof StaffRule>

/** One step of the chain of responsible people: a grid, an area, or a road or water near by, and who is responsible. */
export const Chain = Type.Object({
  kind: Type.Enum(['grid', 'area', 'road', 'water']),
  id: Type.String({ description: 'of the grid, road or water; code of the area' }),
  name: Type.String(),
  level: Type.Union([Type.Integer(), Type.Null()], { description: 'of a grid' }),
  posts: Type.Array(StaffPost, { description: 'of a grid its heads; empty: nobody is named' }),
})
export type Chain = Static<typeof Chain>
