// Work that takes longer than a request: what it does now, how far it is, what came of it.
import { type Static, type TSchema, Type } from 'typebox'
import { Id, orNull } from './text.ts'

export const JOB_STATES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const
export type JobState = (typeof JOB_STATES)[number]

/** What went wrong, with a stable code; the sentence is in the language of the request. */
export const Complaint = Type.Object({ code: Type.String(), message: Type.String() })
export type Complaint = Static<typeof Complaint>

export const jobOf = <T extends TSchema>(result: T) =>
  Type.Object({
    id: Id,
    kind: Type.String({ description: 'import' }),
    state: Type.Enum([...JOB_STATES]),
    progress: Type.Number({ minimum: 0, maximum: 1 }),
    message: Type.String({ description: 'what it does now' }),
    rows: Type.Integer({ description: 'rows read so far' }),
    rowsPerSecond: Type.Integer(),
    startedAt: Type.String({ format: 'date-time' }),
    finishedAt: orNull(Type.String({ format: 'date-time' })),
    result: orNull(result),
    problem: orNull(Complaint),
  })
