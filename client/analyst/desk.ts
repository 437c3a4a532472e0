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
import { queries } from '../api/queries.ts'
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
const SHORTEST_TURN_MS = 20_000
const LONGEST_TIMER_MS = 2 ** 31 - 1

let heat: Heat | null = null
let events: EventSource | null = null
/** Another one for every county that is opened: late answers for the one before are dropped. */
let opening = 0

const failureOf = (error: unknown): Failure =>
  error instanceof Failure
    ? error
    : new Failure(null, 500, error instanceof Error ? error.message : String(error))

/** When another incident becomes overdue by the mere passing of time, and what waits for it. */
let turn: number | null = null
let turning: ReturnType<typeof setTimeout> | undefined

/** Status is the server's word: at the turn the columns are loaded again. */
function awaitTurn(instant: string | null): void {
  const at = instant === null ? null : Date.parse(instant)
  if (at === null || (turn !== null && turn <= at)) return
  turn = at
  clearTimeout(turning)
  const delay = Math.min(LONGEST_TIMER_MS, Math.max(SHORTEST_TURN_MS, at - Date.now()))
  turning = setTimeout(retryDesk, delay)
}

async function load(county: string, mine: number): Promise<void> {
  set({ loading: true, failure: null })
  try {
    const [columns] = await Promise.all([
      getBytes(`/api/incidents/columns?county=${county}`),
      loadIncidentOverlay(),
    ])
    const held = await heat?.ask('load', { columns }, [columns])
    if (mine !== opening || !held) return
    set({ held, loading: false, placed: null })
    turn = null
    awaitTurn(held.head.turns)
  } catch (error) {
    if (mine === opening) set({ loading: false, failure: failureOf(error) })
  }
}

/** 510124.17 → 17 */
const numberOf = (id: string): number => Number(id.slice(id.lastIndexOf('.') + 1))

async function takeIn(
  { kind, incident }: IncidentEvent,
  id: string,
  county: string,
  mine: number,
): Promise<void> {
  if (!useDesk.getState().held || !heat) return
  const isNew = kind === 'reported'
  const held = await heat.ask(isNew ? 'insert' : 'change', { incident, event: numberOf(id) })
  if (mine !== opening) return
  if (held) {
    set({ held })
    // The day of a demo stands still.
    if (isNew && !held.head.demo) awaitTurn(incident.due)
  } else await load(county, mine)
  if (isNew) announceReported(incident)
  else {
    void queries.invalidateQueries({ queryKey: ['incident', incident.id] })
    void queries.invalidateQueries({ queryKey: ['incidents-at'] })
  }
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
  for (const kind of ['reported', 'stepped'] satisfies IncidentEvent['kind'][]) {
    source.addEventListener(kind, async (message: MessageEvent<string>) => {
      await loadOnce()
      if (mine === opening)
        await takeIn(JSON.parse(message.data) as IncidentEvent, message.lastEventId, county, mine)
    })
  }
}

export function closeDesk(): void {
  opening++
  clearTimeout(turning)
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
