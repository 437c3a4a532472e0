// What the page asks the worker that holds the incidents, and what it answers: lattice steps and epoch seconds.
import type { IncidentColumnsHead } from '../../core/contract/incident-columns.ts'
import type { IncidentSummary } from '../../core/contract/incidents.ts'
import type { Looked, Wanted } from '../../core/incidents/book.ts'
import type { Filter } from '../../core/incidents/filter.ts'
import type { Pointed } from '../../core/incidents/near.ts'
import type { Span } from '../../core/incidents/rows.ts'
import type { Trend } from '../../core/incidents/trend.ts'

/** Every incident as a point to draw, in order of time. */
export interface PointCloud {
  /** Longitude and latitude of each. */
  readonly places: Float64Array
  /** Index into INCIDENT_STATUSES. */
  readonly status: Uint8Array
  /** Which top of the trees of categories, by index into `tops` of `Held`. */
  readonly top: Uint8Array
}

/** What the worker holds now. */
export interface Held {
  readonly head: IncidentColumnsHead
  readonly count: number
  /** Local days from the first incident to the last, which is included; null when there is none. */
  readonly days: readonly [first: number, last: number] | null
  /** Radii in metres that suit the place, the smallest first. */
  readonly radii: readonly number[]
  /** Categories without a parent, by index into those of `head`. */
  readonly tops: readonly number[]
  readonly points: PointCloud
}

/** One of those under the pointer, as the columns have it. */
export interface NearIncident {
  readonly row: number
  readonly time: number
  readonly x: number
  readonly y: number
  readonly category: number
  readonly status: number
  readonly source: number
}

export interface Asked {
  /** Takes over the buffer. */
  load: { readonly columns: ArrayBuffer }
  /** `event` is its number. */
  insert: { readonly incident: IncidentSummary; readonly event: number }
  /** One of them has taken a step. */
  change: { readonly incident: IncidentSummary; readonly event: number }
  /** The grids of a plan as TopoJSON, and in which the incidents lie. Takes over both buffers. */
  place: { readonly coverage: ArrayBuffer; readonly leaves: ArrayBuffer }
  filter: { readonly filter: Filter }
  look: { readonly span: Span; readonly wanted: Wanted }
  near: { readonly span: Span; readonly pointed: Pointed; readonly most: number }
  gridAt: { readonly x: number; readonly y: number }
}

export interface Answered {
  load: Held
  /** Null: load again. */
  insert: Held | null
  change: Held | null
  /** False: the incidents are others by now, load them again. */
  place: boolean
  /** By what each row fails: 0 is shown. */
  filter: { readonly trend: Trend; readonly fails: Uint8Array }
  look: Looked
  near: readonly NearIncident[]
  gridAt: string | null
}

export type Ask = keyof Asked
export interface HeatRequest<A extends Ask = Ask> {
  readonly ask: A
  readonly body: Asked[A]
}
export type HeatReply = { readonly answer: Answered[Ask] } | { readonly why: string }
