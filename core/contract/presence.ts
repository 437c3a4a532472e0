// Who else is here 在场: the desks that have a plan open, and what each is touching.
import { type Static, Type } from 'typebox'
import { Id } from './text.ts'

/** What is in a hand: a tool of the planner, or nothing. */
export const DESK_TOOLS = [
  'browse',
  'cut',
  'along',
  'merge',
  'reshape',
  'push',
  'vertex',
  'simplify',
  'transfer',
  'give',
  'carve',
  'details',
] as const
export type DeskTool = (typeof DESK_TOOLS)[number]

export const Touch = Type.Object(
  {
    tool: Type.Enum([...DESK_TOOLS]),
    grids: Type.Array(Id, { maxItems: 100, description: 'grids that are chosen or being edited' }),
  },
  { additionalProperties: false },
)
export type Touch = Static<typeof Touch>

/** One open page. Until sign-in exists nobody is named. */
export const Desk = Type.Object({ desk: Id, ...Touch.properties })
export type Desk = Static<typeof Desk>

export const Presence = Type.Object({ desks: Type.Array(Desk) })
export type Presence = Static<typeof Presence>
