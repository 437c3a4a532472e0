// The incidents on the analyst's desk: loaded once into a worker, kept in step with what is reported, asked by every move.
import { create } from 'zustand'
import type { Place } from '../../core/contract/geometry.ts'
import type { IncidentEvent } from '../../core/contract/incidents.ts'
import type { Looked, Wanted } from '../../core/incidents/book.ts'
import type { Filter } from '../../core/incidents/filter.ts'
import type { Span } from '../../core/incidents/rows.ts'
import type { Trend } from '../../core/incidents/trend.ts'
import { LATTICE } from '../../core/topology/model.ts'
import { Failure, getBytes } from '../api/call.ts'
import { loadIncidentOverlay } from '../map/incident-layers.ts'
import { Heat } from '../workers/heat.ts'
import type { Held, NearIncident } from '../workers/heat-messages.ts'
import { announceReported } from './announce-reported.tsx'

/** The incidents that were clicked, of one place or close together. */
export interface Picked {
  readonly at: Place
  readonly span: Span
  readonly incidents: readonly NearIncident[]
}

export interface Desk {
  county: string | null
  loading: boolean
  failure: Failure | null
  held: Held | null
  trend: Trend | null
  /** By what each row fails; 0 is shown. */
  fails: Uint8Array
  looked: Looked | null
  /** The plan whose grids the worker knows, at a revision. */
  placed: { plan: string; revision: number } | null
  placeFailure: Failure | null
  picked: Picked | null
  /** The incident under the pointer. */
  pointed: NearIncident | null
}

const NOTHING: Desk = {
  county: null,
  loading: false,
  failure: null,
  held: null,
  trend: null,
  fails: new Uint8Array(0),
  looked: null,
  placed: null,
  placeFailure: null,
  picked: null,
  pointed: null,
}
export const useDesk = create<Desk>()(() => NOTHING)
const set = useDesk.setState

const MOST_NEAR = 50

let heat: Heat | null = null
let events: EventSource | null = null
/** Another one for every county that is opened: late answers for the one before are dropped. */
let opening = 0

const failureOf = (error: unknown): Failure =>
  error instanceof Failure
    ? error
    : new Failure(null, 500, error instanceof Error ? error.message : String(error))

async function load(county: string, mine: number): Promise<void> {
  set({ loading: true, failure: null })
  try {
    const [columns] = await Promise.all([
      getBytes(`/api/incidents/columns?county=${county}`),
      loadIncidentOverlay(),
    ])
    const held = await heat?.ask('load', { columns }, [columns])
    if (mine === opening && held) set({ held, loading: false, placed: null, looked: null, picked: null })
  } catch (error) {
    if (mine === opening) set({ loading: false, failure: failureOf(error) })
  }
}

/** 510124.17 → 17 */
const numberOf = (id: string): number => Number(id.slice(id.lastIndexOf('.') + 1))

async function takeIn({ incident }: IncidentEvent, id: string, county: string, mine: number): Promise<void> {
  if (!useDesk.getState().held || !heat) return
  const held = await heat.ask('insert', { incident, event: numberOf(id) })
  if (mine !== opening) return
  if (held) set({ held })
  else await load(county, mine)
  announceReported(incident)
}

/** Opens the incidents of a county; the same one again changes nothing. */
export function openDesk(county: string): void {
  if (useDesk.getState().county === county) return
  closeDesk()
  const mine = ++opening
  set({ county, loading: true })
  heat = new Heat()
  // Listening begins first: what is reported while the columns are on their way is put in, or found to be in them.
  const source = new EventSource(`/api/incidents/events?county=${county}`)
  events = source
  let loaded: Promise<void> | null = null
  const loadOnce = () => {
    loaded ??= load(county, mine)
    return loaded
  }
  source.addEventListener('ready', () => void loadOnce())
  source.addEventListener('error', () => void loadOnce())
  source.addEventListener('reported', async (message: MessageEvent<string>) => {
    await loadOnce()
    if (mine === opening)
      await takeIn(JSON.parse(message.data) as IncidentEvent, message.lastEventId, county, mine)
  })
}

export function closeDesk(): void {
  opening++
  events?.close()
  heat?.close()
  events = null
  heat = null
  set(NOTHING)
}

export function retryDesk(): void {
  const { county } = useDesk.getState()
  if (county) void load(county, opening)
}

export async function filterDesk(filter: Filter): Promise<void> {
  const mine = opening
  const answer = await heat?.ask('filter', { filter })
  if (answer && mine === opening) set(answer)
}

/** Shows the last of many moves; those that come while one is being answered are left out. */
export async function lookAtWindow(span: Span, wanted: Wanted): Promise<void> {
  const mine = opening
  const looked = await heat?.askLatest('look', { span, wanted })
  if (looked && mine === opening) set({ looked })
}

/** Tells the worker the grids of a plan. */
export async function placePlan(plan: string, revision: number): Promise<void> {
  const mine = opening
  set({ placeFailure: null })
  try {
    const [coverage, leaves] = await Promise.all([
      getBytes(`/api/plans/${plan}/coverage?revision=${revision}`),
      getBytes(`/api/incidents/leaves?plan=${plan}&revision=${revision}`),
    ])
    const fits = await heat?.ask('place', { coverage, leaves }, [coverage, leaves])
    if (mine !== opening) return
    const { county } = useDesk.getState()
    if (fits) set({ placed: { plan, revision } })
    else if (county) await load(county, mine)
  } catch (error) {
    if (mine === opening) set({ placeFailure: failureOf(error) })
  }
}

const near = (span: Span, at: Place, reach: Place, most: number) => ({
  span,
  pointed: {
    x: at[0] * LATTICE,
    y: at[1] * LATTICE,
    reachX: reach[0] * LATTICE,
    reachY: reach[1] * LATTICE,
  },
  most,
})

/** What lies under the pointer while it moves. */
export async function pointAtIncident(span: Span, at: Place, reach: Place): Promise<void> {
  const [pointed = null] = (await heat?.askLatest('near', near(span, at, reach, 1))) ?? []
  if (pointed?.row !== useDesk.getState().pointed?.row) set({ pointed })
}

/** @returns whether there is any incident at the place that was clicked */
export async function pickIncidents(span: Span, at: Place, reach: Place): Promise<boolean> {
  const incidents = (await heat?.ask('near', near(span, at, reach, MOST_NEAR))) ?? []
  set({ picked: incidents.length > 0 ? { at, span, incidents } : null })
  return incidents.length > 0
}

export const dropPicked = (): void => set({ picked: null, pointed: null })

/** The grid without children that owns a place; null outside the plan. */
export async function gridAtPlace(at: Place): Promise<string | null> {
  const [x, y] = at.map(degrees => Math.round(degrees * LATTICE)) as [number, number]
  return (await heat?.ask('gridAt', { x, y })) ?? null
}
