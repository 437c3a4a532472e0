// One cut from loading the grid to the server's yes: pointer moves go to the kernel, its answers to the page.
import { create } from 'zustand'
import type { Split } from '../../core/contract/edits.ts'
import type { Place } from '../../core/contract/geometry.ts'
import type { GridList, Plan } from '../../core/contract/plans.ts'
import { Failure, getBytes } from '../api/call.ts'
import { reloadPlan, sendEdit } from '../api/edits.ts'
import { gridsKey, planKey, queries } from '../api/queries.ts'
import { usePage } from '../app/state.ts'
import type { MapPointer } from '../map/scene.ts'
import { startCut } from '../modes/cut.ts'
import { BROWSE, type Cut } from '../modes/mode.ts'
import { Kernel } from '../workers/kernel.ts'
import type { Outcome, Snapped } from '../workers/messages.ts'
import { announceEdit } from './announce.tsx'
import { dropDraft, readDraft, writeDraft } from './draft.ts'

export interface CutSession {
  /** What is loaded, and at which revision of the plan: the base of the edit. */
  loaded: { plan: string; grid: string; revision: number } | null
  loading: boolean
  snapped: Snapped | null
  outcome: Outcome | null
  saving: boolean
  failure: Failure | null
}

const NOTHING: CutSession = {
  loaded: null,
  loading: false,
  snapped: null,
  outcome: null,
  saving: false,
  failure: null,
}
export const useCutSession = create<CutSession>()(() => NOTHING)
const set = useCutSession.setState

/** Two clicks within this many pixels are one. */
const SAME_PLACE_PIXELS = 4

let kernel: Kernel | null = null
let abort: AbortController | null = null
/** The last request that may not have reached the server, with its key: sent again it is the same edit. */
let attempt: { body: string; key: string } | null = null

const cut = (): Cut | null => {
  const { mode } = usePage.getState()
  return mode.mode === 'cut' ? mode : null
}

const theKernel = (): Kernel => {
  kernel ??= new Kernel(() => ({ points: cut()?.points ?? [], done: cut()?.done ?? false }))
  return kernel
}

/** Looks again at the line without a pointer. */
function refresh(): void {
  if (!useCutSession.getState().loaded) return
  theKernel().look(null, false, ({ outcome }) => set({ outcome, snapped: null }))
}

async function load(plan: string, grid: string): Promise<void> {
  abort?.abort()
  const mine = new AbortController()
  abort = mine
  set({ loading: true, loaded: null, outcome: null, snapped: null })
  try {
    const revision = queries.getQueryData<Plan>(planKey(plan))?.revision
    if (revision === undefined) return
    const at = `within=${grid}&revision=${revision}`
    const [coverage, weights] = await Promise.all([
      getBytes(`/api/plans/${plan}/coverage?${at}`, mine.signal),
      getBytes(`/api/plans/${plan}/weights?within=${grid}`, mine.signal),
    ])
    await theKernel().load(grid, coverage, weights)
    if (mine.signal.aborted) return
    set({ loading: false, loaded: { plan, grid, revision } })
    refresh()
  } catch (error) {
    if (mine.signal.aborted) return
    set({ loading: false, failure: error instanceof Failure ? error : new Failure(null, 500, String(error)) })
  }
}

/** Loads again what the line is drawn on. */
export function retryLoading(): void {
  const { plan } = usePage.getState()
  const grid = cut()?.grid
  set({ failure: null })
  if (plan && grid) void load(plan, grid)
}

/** Ends the line, or says yes to one that has ended; after the clicks that are still being looked at. */
export function finishCut(): void {
  if (!useCutSession.getState().loaded) return
  theKernel().look(null, true, () => {
    if (usePage.getState().input({ on: 'finish' })?.do === 'save') void saveCut()
  })
}

export function pointAt(pointer: MapPointer): void {
  const mode = cut()
  const page = usePage.getState()
  if (!mode) return
  if (pointer.on === 'leave') {
    page.input({ on: 'move', at: null })
    refresh()
    return
  }
  if (mode.grid === null) {
    if (pointer.on === 'click') page.input({ on: 'grid', grid: pointer.grid?.id ?? null })
    return
  }
  if (pointer.on === 'double') {
    finishCut()
    return
  }
  if (mode.done || !useCutSession.getState().loaded) return
  const { at, road, perPixel, free } = pointer
  const isClick = pointer.on === 'click'
  theKernel().look({ at, road, perPixel, free }, isClick, ({ snapped, outcome }) => {
    if (!cut() || !snapped) return
    set({ snapped: snapped.kind ? snapped : null, outcome })
    const reach: Place = [perPixel[0] * SAME_PLACE_PIXELS, perPixel[1] * SAME_PLACE_PIXELS]
    page.input(isClick ? { on: 'point', at: snapped.at, reach } : { on: 'move', at: snapped.at })
  })
}

/** What the line would be sent as; null while there is no line that divides. */
function request(): Split | null {
  const mode = cut()
  const { loaded } = useCutSession.getState()
  if (!mode?.grid || !loaded || mode.points.length < 2) return null
  return {
    kind: 'split',
    base: loaded.revision,
    grid: mode.grid,
    line: { type: 'LineString', coordinates: mode.points.map(([lng, lat]): Place => [lng, lat]) },
    overrule: ['cuts-building'],
  }
}

/** Somebody was faster: take in the change, keep the line. */
async function catchUp(plan: string): Promise<void> {
  await reloadPlan(plan)
  const mode = cut()
  if (!mode?.grid) return
  const list = queries.getQueryData<GridList>(gridsKey(plan))
  if (list?.grids.some(grid => grid.id === mode.grid)) await load(plan, mode.grid)
  else usePage.getState().set({ mode: { ...mode, grid: null, cursor: null } })
}

export async function saveCut(): Promise<void> {
  const { plan } = usePage.getState()
  const body = request()
  if (!plan || !body || useCutSession.getState().saving) return
  const text = JSON.stringify(body)
  if (attempt?.body !== text) attempt = { body: text, key: crypto.randomUUID() }
  set({ saving: true, failure: null })
  try {
    const reply = await sendEdit(plan, body, attempt.key)
    attempt = null
    dropDraft(plan)
    set({ saving: false })
    const page = usePage.getState()
    page.chooseGrid(null)
    page.begin(BROWSE)
    announceEdit(reply)
  } catch (error) {
    const failure = error instanceof Failure ? error : new Failure(null, 500, String(error))
    set({ saving: false, failure })
    if (failure.problem?.code === 'stale' || failure.problem?.code === 'unknown-grid') await catchUp(plan)
  }
}

/** Follows the page's mode: loads what is to be cut, keeps the draft, forgets when the cut is left. Returns how to stop. */
export function followCutMode(): () => void {
  return usePage.subscribe((now, before) => {
    if (now.mode === before.mode) return
    const was = before.mode.mode === 'cut' ? before.mode : null
    const is = now.mode.mode === 'cut' ? now.mode : null
    if (!is) {
      if (was) {
        abort?.abort()
        set(NOTHING)
      }
      return
    }
    const { plan } = now
    if (!plan) return
    if (is.grid && is.grid !== was?.grid) void load(plan, is.grid)
    if (is.points === was?.points && is.done === was.done) return
    if (is.points.length > 0 && is.grid) writeDraft(plan, { grid: is.grid, points: is.points })
    else if (is.points.length === 0 && was && was.points.length > 0) dropDraft(plan)
    if (was) set({ failure: null })
    refresh()
  })
}

/** Takes up a line that was left unsaved in this tab. */
export function resumeDraft(plan: string, list: GridList): void {
  const draft = readDraft(plan)
  if (!draft || usePage.getState().mode.mode !== 'browse') return
  const known = list.grids.some(grid => grid.id === draft.grid)
  usePage.getState().begin(startCut(known ? draft.grid : null, draft.points))
}
