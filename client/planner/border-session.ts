// One edit of borders from loading the grids to the server's yes: pointer moves go to the kernel, its answers to the page.
import { create } from 'zustand'
import type { EditSummary, EditWarning } from '../../core/contract/edits.ts'
import type { Box, Place } from '../../core/contract/geometry.ts'
import type { GridList, RoadCourses } from '../../core/contract/plans.ts'
import type { Failure } from '../api/call.ts'
import { get, getBytes } from '../api/call.ts'
import { reloadPlan } from '../api/edits.ts'
import { gridsKey, planWithGrids, queries } from '../api/queries.ts'
import { usePage } from '../app/state.ts'
import { startCut } from '../modes/cut.ts'
import { BROWSE } from '../modes/mode.ts'
import { startPush } from '../modes/push.ts'
import { startRedraw } from '../modes/redraw.ts'
import { Kernel } from '../workers/kernel.ts'
import type { Outcome, PointerAt, Snapped } from '../workers/messages.ts'
import { announceEdit } from './announce.tsx'
import {
  type BorderMode,
  borderMode,
  groundOf,
  isDone,
  lineNow,
  pointsOf,
  requestOf,
  targetsOf,
} from './border-edits.ts'
import { boxInView, isInBox } from './box-in-view.ts'
import { draftOf, dropDraft, readDraft, writeDraft } from './draft.ts'
import { asFailure, isOvertaken, send, warningsOf } from './send.ts'

export interface BorderSession {
  /** What is loaded, and at which revision of the plan: the base of the edit. */
  loaded: {
    plan: string
    targets: readonly string[]
    revision: number
    ids: ReadonlySet<string>
    /** Only what lies near; null: all that the targets need. */
    near: Box | null
  } | null
  loading: boolean
  /** The vertices in and around the grids that are loaded. */
  vertices: readonly Place[]
  snapped: Snapped | null
  outcome: Outcome | null
  /** What the server warns of: the next yes overrules it. */
  warnings: readonly EditWarning[]
  saving: boolean
  failure: Failure | null
  /** Whose edit came in between; the line was kept. */
  overtakenBy: Pick<EditSummary, 'actor' | 'at' | 'revision'> | null
}

const NOTHING: BorderSession = {
  loaded: null,
  loading: false,
  vertices: [],
  snapped: null,
  outcome: null,
  warnings: [],
  saving: false,
  failure: null,
  overtakenBy: null,
}
export const useBorderSession = create<BorderSession>()(() => NOTHING)
const set = useBorderSession.setState

let kernel: Kernel | null = null
let abort: AbortController | null = null

export const modeNow = (): BorderMode | null => borderMode(usePage.getState().mode)

const theKernel = (): Kernel => {
  kernel ??= new Kernel(() => {
    const mode = modeNow()
    return mode ? lineNow(mode) : { act: { do: 'find' }, points: [], done: true }
  })
  return kernel
}

/** Asks the kernel about a pointer; clicks are never passed over. */
export function lookAt(
  pointer: PointerAt | null,
  isClick: boolean,
  then: (snapped: Snapped | null) => void,
): void {
  const { loaded } = useBorderSession.getState()
  if (!loaded) return
  if (loaded.near && pointer && !isInBox(pointer.at, loaded.near)) {
    loadFor(loaded.plan, modeNow())
    return
  }
  theKernel().look(pointer, isClick, ({ snapped, outcome }) => {
    if (!modeNow()) return
    set({ snapped: snapped?.kind ? snapped : null, outcome })
    then(snapped)
  })
}

/** Looks again at the line without a pointer. */
export const refresh = (): void => lookAt(null, false, () => undefined)

/** What to load: around some grids, or, where any grid may be meant, what lies near. */
const around = (grids: readonly string[], near: Box | null): string =>
  near ? `near=${near.join(',')}` : grids.length > 0 ? `within=${grids.join(',')}` : ''

async function load(plan: string, mode: BorderMode, targets: readonly string[]): Promise<void> {
  abort?.abort()
  const mine = new AbortController()
  abort = mine
  set({ loading: true, loaded: null, outcome: null, snapped: null, warnings: [] })
  try {
    const [{ revision }, list] = await planWithGrids(plan)
    const near = targets.length === 0 ? boxInView(usePage.getState().view, pointsOf(mode)) : null
    const [coverage, weights, roads] = await Promise.all([
      getBytes(`/api/plans/${plan}/coverage?${around(targets, near)}&revision=${revision}`, mine.signal),
      getBytes(`/api/plans/${plan}/weights?${around(groundOf(mode, targets, list), near)}`, mine.signal),
      mode.mode === 'cut' && mode.roads
        ? get<RoadCourses>(`/api/plans/${plan}/roads?${around(targets, null)}`, mine.signal)
        : null,
    ])
    const { ids, vertices } = await theKernel().load(targets, coverage, weights, roads)
    if (mine.signal.aborted) return
    set({ loading: false, loaded: { plan, targets, revision, ids: new Set(ids), near }, vertices })
    refresh()
  } catch (error) {
    if (!mine.signal.aborted) set({ loading: false, failure: asFailure(error) })
  }
}

const loadFor = (plan: string | null, mode: BorderMode | null): void => {
  const targets = mode && targetsOf(mode)
  if (plan && mode && targets) void load(plan, mode, targets)
}

/** Loads again what the line is drawn on. */
export function retryLoading(): void {
  set({ failure: null })
  loadFor(usePage.getState().plan, modeNow())
}

/** After somebody else's edit that the page knows of: load the borders again, keep the line; what is gone has to be chosen again. */
function catchUp(plan: string): void {
  const mode = modeNow()
  const list = queries.getQueryData<GridList>(gridsKey(plan))
  if (!mode || !list || usePage.getState().plan !== plan) return
  const lives = (id: string) => list.grids.some(grid => grid.id === id)
  const gone = (targetsOf(mode) ?? []).some(id => !lives(id))
  if (!gone) loadFor(plan, mode)
  else if (mode.mode === 'cut' || mode.mode === 'vertex')
    usePage.getState().set({ mode: { ...mode, grid: null } })
  else if (mode.mode === 'push') usePage.getState().set({ mode: startPush(mode.grids.filter(lives)) })
  else if (mode.mode === 'simplify')
    usePage.getState().set({ mode: { ...mode, grids: mode.grids.filter(lives) } })
  else usePage.getState().set({ mode: { ...mode, grids: mode.grids.filter(lives), cursor: null } })
}

/** Somebody else has edited the plan; the page knows of it already. */
export function takeInOthers(edit: EditSummary): void {
  const { loaded } = useBorderSession.getState()
  const plan = loaded?.plan
  if (!plan || edit.revision <= loaded.revision) return
  if (![...edit.before, ...edit.after].some(({ id }) => loaded.ids.has(id))) return
  set({ overtakenBy: edit, failure: null })
  catchUp(plan)
}

export async function saveBorder(): Promise<void> {
  const { plan } = usePage.getState()
  const mode = modeNow()
  const { loaded, saving, warnings, outcome } = useBorderSession.getState()
  const overruled = [...new Set(warnings.map(({ code }) => code))]
  const body = mode && loaded && requestOf(mode, loaded.revision, overruled, outcome?.course)
  if (!plan || !body || saving) return
  set({ saving: true, failure: null, overtakenBy: null })
  try {
    const asked = await warningsOf(plan, body)
    if (asked.length > 0) {
      set({ saving: false, warnings: [...warnings, ...asked] })
      return
    }
    const reply = await send(plan, body)
    dropDraft(plan)
    set({ saving: false })
    const page = usePage.getState()
    page.chooseGrid(null)
    page.begin(BROWSE)
    announceEdit(reply)
  } catch (error) {
    const failure = asFailure(error)
    set({ saving: false, failure, warnings: [] })
    if (isOvertaken(failure)) {
      await reloadPlan(plan)
      catchUp(plan)
    }
  }
}

/** Follows the page's mode: loads what is to be edited, keeps the draft, forgets when it is left. Returns how to stop. */
export function followBorderMode(): () => void {
  return usePage.subscribe((now, before) => {
    if (now.mode === before.mode) return
    const was = borderMode(before.mode)
    const is = borderMode(now.mode)
    if (!is) {
      if (was) {
        abort?.abort()
        set(NOTHING)
      }
      return
    }
    const { plan } = now
    if (!plan) return
    const targets = targetsOf(is)
    const known = was?.mode === is.mode ? targetsOf(was) : null
    const wantsRoads = is.mode === 'cut' && is.roads && !(was?.mode === 'cut' && was.roads)
    if (targets?.join() !== known?.join() || (wantsRoads && targets)) {
      if (targets) void load(plan, is, targets)
      else set({ ...NOTHING, failure: useBorderSession.getState().failure })
    }
    if (was && isKnown(was, is)) return
    if (is.mode === 'cut' || 'cursor' in is) {
      if (is.points.length > 0) writeDraft(plan, draftOf(is))
      else if (was && pointsOf(was).length > 0) dropDraft(plan)
    }
    if (was) set({ failure: null, warnings: [], overtakenBy: null })
    // What was shown along roads must not be sent for other points.
    if (is.mode === 'cut' && is.roads && is.done) set({ outcome: null })
    refresh()
  })
}

/** The line is what the kernel was asked about already. */
const isKnown = (was: BorderMode, is: BorderMode): boolean => {
  if (isDone(was) !== isDone(is)) return false
  if (is.mode === 'vertex' || is.mode === 'push')
    return was.mode === is.mode && was.held === is.held && !is.done
  if (is.mode === 'simplify')
    return was.mode === is.mode && was.metres === is.metres && was.smooth === is.smooth
  if (is.mode === 'cut') return was.mode === 'cut' && was.points === is.points && was.roads === is.roads
  return was.mode === is.mode && was.points === is.points && was.gridKind === is.gridKind
}

/** Takes up a line that was left unsaved in this tab. */
export function resumeDraft(plan: string, list: GridList): void {
  const draft = readDraft(plan)
  if (!draft || usePage.getState().mode.mode !== 'browse') return
  const grids = draft.grids.filter(id => list.grids.some(grid => grid.id === id))
  usePage
    .getState()
    .begin(
      draft.mode === 'cut'
        ? startCut(grids[0] ?? null, draft.points, draft.roads)
        : startRedraw(draft.mode, grids, draft.points),
    )
}
