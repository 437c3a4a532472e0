// Incidents 事件: what was reported, where and when, and how far it has come through the seven steps.
import { type Static, Type } from 'typebox'
import { Place } from './geometry.ts'
import { County, Day, GridLevel, Id, Instant, Line, NoteText, orNull } from './text.ts'

export const INCIDENT_SOURCES = ['hotline', 'grid', 'public', 'camera', 'assigned', 'other'] as const
export type IncidentSource = (typeof INCIDENT_SOURCES)[number]
export const CIRCULATIONS = ['micro', 'small', 'large'] as const
export type Circulation = (typeof CIRCULATIONS)[number]
/** Open and in time; open and past its due time; closed. */
export const INCIDENT_STATUSES = ['open', 'overdue', 'closed'] as const
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number]
export const SEVERITIES = [1, 2, 3, 4] as const

const Source = Type.Enum([...INCIDENT_SOURCES])
const Status = Type.Enum([...INCIDENT_STATUSES])
const CirculationName = Type.Enum([...CIRCULATIONS], {
  description: 'micro: inside the community grid; small: street; large: district',
})
const Severity = Type.Integer({ minimum: 1, maximum: 4, description: '1 most grave … 4 least' })
const Step = Type.Integer({
  minimum: 1,
  maximum: 7,
  description: '1 collect, 2 file, 3 dispatch, 4 handle, 5 verify, 6 close, 7 evaluate',
})

export const IncidentCategory = Type.Object({
  category: Type.String(),
  parent: orNull(Type.String()),
  tree: Type.Enum(['social', 'city'], {
    description: 'social governance, or the city tree after GB/T 30428',
  }),
  name: Type.Object({ zh: Type.String(), en: Type.String() }),
  leaf: Type.Boolean({ description: 'has nothing below it; incidents are reported under leaves' }),
  severity: orNull(Severity),
  hours: Type.Union([Type.Integer(), Type.Null()], { description: 'in which it should be solved' }),
})
export type IncidentCategory = Static<typeof IncidentCategory>

export const IncidentSummary = Type.Object({
  id: Id,
  county: County,
  number: Type.String(),
  category: Type.String(),
  severity: Severity,
  source: Source,
  status: Status,
  step: Step,
  circulation: CirculationName,
  title: Type.String(),
  address: orNull(Type.String()),
  place: Type.Union([Place, Type.Null()], { description: 'null: only an address is known' }),
  reportedAt: Instant,
  due: orNull(Instant),
  closedAt: orNull(Instant),
  body: Type.Union([Type.Object({ id: Id, name: Type.String() }), Type.Null()], {
    description: 'who handles it',
  }),
})
export type IncidentSummary = Static<typeof IncidentSummary>

export const IncidentList = Type.Object({
  total: Type.Integer({ description: 'how many there are on all pages' }),
  incidents: Type.Array(IncidentSummary, { description: 'newest first' }),
  next: Type.Union([Type.String(), Type.Null()], { description: 'give it as `after` for the next page' }),
})
export type IncidentList = Static<typeof IncidentList>

const StaffName = Type.Object({ id: Id, name: Type.String(), phone: orNull(Type.String()) })

export const IncidentStep = Type.Object({
  number: Type.Integer(),
  step: Step,
  circulation: CirculationName,
  at: Instant,
  staff: orNull(StaffName),
  body: orNull(Type.Object({ id: Id, name: Type.String() })),
  actor: Type.Union([Type.String(), Type.Null()], { description: 'which user wrote it down' }),
  note: orNull(Type.String()),
})
export type IncidentStep = Static<typeof IncidentStep>

export const IncidentDetail = Type.Object({
  ...IncidentSummary.properties,
  description: orNull(Type.String()),
  reporter: Type.Union(
    [Type.Object({ name: orNull(Type.String()), phone: orNull(Type.String()) }), Type.Null()],
    { description: 'masked' },
  ),
  staff: orNull(StaffName),
  passOnDue: orNull(Instant),
  passedOnAt: orNull(Instant),
  solvedAt: orNull(Instant),
  feedbackAt: orNull(Instant),
  satisfied: orNull(Type.Boolean()),
  steps: Type.Array(IncidentStep),
  nextSteps: Type.Array(Step, { description: 'which may be taken now, the usual one first' }),
  grids: Type.Array(
    Type.Object({ id: Id, plan: Id, level: GridLevel, code: Type.String(), name: Type.String() }),
    {
      description:
        'found from the place in the plan named, else in the published one: level 1 to the deepest',
    },
  ),
  demo: Type.Boolean({ description: 'of a generated place' }),
})
export type IncidentDetail = Static<typeof IncidentDetail>

export const NewIncident = Type.Object(
  {
    place: Place,
    category: Type.String({ minLength: 1, maxLength: 100 }),
    title: Line,
    description: Type.Optional(NoteText),
    address: Type.Optional(Line),
    source: Type.Enum([...INCIDENT_SOURCES], { default: 'grid' }),
    severity: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 4, description: 'default: what the category says' }),
    ),
    plan: Type.Optional(Id),
  },
  { additionalProperties: false },
)
export type NewIncident = Static<typeof NewIncident>

export const Body = Type.Object({
  id: Id,
  name: Type.String(),
  kind: Type.String(),
  circulation: CirculationName,
})
export type Body = Static<typeof Body>

export const NewIncidentStep = Type.Object(
  {
    step: Step,
    after: Type.Integer({
      minimum: 0,
      maximum: 32_767,
      description: 'number of the last step that was seen; 409 when another has been taken since',
    }),
    at: Type.Optional(
      Type.String({ format: 'date-time', description: 'default: now; not before the last step' }),
    ),
    body: Type.Optional(Type.String({ format: 'uuid', description: 'who handles it; a dispatch needs one' })),
    staff: Type.Optional(Id),
    circulation: Type.Optional(
      Type.Enum([...CIRCULATIONS], {
        description: 'a dispatch may pass it to a higher level, with a reason',
      }),
    ),
    solved: Type.Optional(Type.Boolean({ description: 'of 4 handle; default: true' })),
    satisfied: Type.Optional(Type.Boolean({ description: 'of 7 evaluate; default: no answer' })),
    note: Type.Optional(NoteText),
  },
  { additionalProperties: false },
)
export type NewIncidentStep = Static<typeof NewIncidentStep>

/** Which incidents: every filter narrows. Times are half-open: from ≤ reported < to. */
export const IncidentFilter = Type.Object({
  county: Type.Optional(County),
  plan: Type.Optional(Type.String({ format: 'uuid', description: 'its county; with `grid`, where to look' })),
  grid: Type.Optional(
    Type.String({ format: 'uuid', description: 'inside this grid, by the half-open test' }),
  ),
  revision: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 })),
  bbox: Type.Optional(Type.String({ maxLength: 200, description: 'west,south,east,north in degrees' })),
  from: Type.Optional(Instant),
  to: Type.Optional(Instant),
  category: Type.Optional(
    Type.Array(Type.String({ maxLength: 100 }), {
      maxItems: 200,
      description: 'any of these, or below them in the tree; repeat the parameter',
    }),
  ),
  status: Type.Optional(Type.Array(Status, { maxItems: 3 })),
  source: Type.Optional(Type.Array(Source, { maxItems: 6 })),
  limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
  after: Type.Optional(Type.String({ maxLength: 100, description: '`next` of the page before' })),
})
export type IncidentFilter = Static<typeof IncidentFilter>

/** What a listener of `/api/incidents/events` is told. */
export const IncidentEvent = Type.Object({
  kind: Type.Enum(['reported', 'stepped']),
  incident: IncidentSummary,
})
export type IncidentEvent = Static<typeof IncidentEvent>

export const OnDay = Type.Optional(
  Type.Unsafe<string>({
    ...Day,
    description: 'as of this day; default: today, of a demo the day of its data',
  }),
)
