// Looking at one file: it is sent, read, and read again after every change of a setting; old answers are ignored.
import type { FileExtent, ImportSettings, Inspection } from '../../core/contract/imports.ts'
import { Failure, post, remove } from '../api/call.ts'
import { usePage } from '../app/state.ts'
import { type Step, setDesk, stageNow, useImportDesk } from './desk.ts'
import { dropUpload, keepUpload, keptUpload } from './kept.ts'
import type { Parcel } from './parcels.ts'
import { sendParcel } from './send-parcel.ts'

/** Somebody who types has stopped for so long. */
const PAUSE_MS = 300

let sending: AbortController | null = null
let asked = 0
let asking: AbortController | null = null
let measuring: AbortController | null = null
let pause: ReturnType<typeof setTimeout> | undefined

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error))
const isAborted = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError'

/** To read more than this to its end takes longer than anybody waits for a frame on the map. */
const MEASURED_BYTES = 200e6

async function measure({ upload, more, bytes, settings }: Inspection): Promise<void> {
  measuring?.abort()
  setDesk({ whole: null })
  if (!more || bytes > MEASURED_BYTES) return
  const controller = new AbortController()
  measuring = controller
  try {
    const whole = await post<FileExtent>(
      `/api/uploads/${upload}/extent`,
      settings,
      undefined,
      controller.signal,
    )
    if (measuring === controller) setDesk({ whole })
  } catch {
    // It only says more of what is shown already; the import itself tells what is wrong.
  }
}

function settle(looked: Inspection, step: Step): void {
  keepUpload({ upload: looked.upload, settings: useImportDesk.getState().chosen })
  void measure(looked)
  setDesk({ stage: { at: 'settle', step, looked, asking: false, refused: null }, trouble: null })
}

function begin(looked: Inspection): void {
  setDesk({ chosen: looked.remembered ? looked.settings : {}, people: null, row: null, upload: null })
  settle(looked, 'place')
  if (looked.bbox) usePage.getState().lookAt(looked.bbox)
}

/** Sends a file and looks at it. @param titleOf the trouble, if it comes to nothing: on the way, or once it was there */
export async function lookAtFile(parcel: Parcel, titleOf: (hasArrived: boolean) => string): Promise<void> {
  stopLooking()
  const controller = new AbortController()
  sending = controller
  const show = (share: number) => setDesk({ stage: { at: 'sending', file: parcel.name, share } })
  setDesk({ trouble: null })
  show(0)
  try {
    const looked = await sendParcel(
      parcel,
      share => !controller.signal.aborted && show(share),
      controller.signal,
    )
    if (!controller.signal.aborted) begin(looked)
  } catch (error) {
    if (isAborted(error) || controller.signal.aborted) return
    const again = error instanceof Failure && error.retry ? parcel : null
    const title = titleOf(!(error instanceof Failure && error.status === 0))
    setDesk({ stage: { at: 'choose' }, trouble: { title, text: sentence(error), again } })
  }
}

/** Lets go of the file that is sent, looked at or done with. */
export function stopLooking(): void {
  sending?.abort()
  asking?.abort()
  measuring?.abort()
  clearTimeout(pause)
  asked++
  dropUpload()
  const stage = stageNow()
  const upload =
    stage.at === 'settle'
      ? stage.looked.upload
      : stage.at === 'ended'
        ? useImportDesk.getState().upload
        : null
  // The server forgets it by itself, only later.
  if (upload) remove(`/api/uploads/${upload}`).catch(() => undefined)
}

async function ask(): Promise<void> {
  const stage = stageNow()
  if (stage.at !== 'settle') return
  const mine = ++asked
  asking?.abort()
  asking = new AbortController()
  const { chosen } = useImportDesk.getState()
  const { upload, bbox: before } = stage.looked
  keepUpload({ upload, settings: chosen })
  try {
    const looked = await post<Inspection>(`/api/uploads/${upload}/preview`, chosen, undefined, asking.signal)
    const now = stageNow()
    if (mine !== asked || now.at !== 'settle') return
    settle(looked, now.step)
    if (looked.bbox && String(looked.bbox) !== String(before)) {
      usePage.getState().lookAt(looked.bbox, 'unless-seen')
    }
  } catch (error) {
    const now = stageNow()
    if (mine !== asked || now.at !== 'settle' || isAborted(error)) return
    setDesk({ stage: { ...now, asking: false, refused: sentence(error) } })
  }
}

/** Reads the file again, now or when the hand rests. */
export function lookAgain(pauseMs = 0): void {
  const stage = stageNow()
  if (stage.at !== 'settle') return
  asked++
  setDesk({ stage: { ...stage, asking: true, refused: null } })
  clearTimeout(pause)
  pause = setTimeout(() => void ask(), pauseMs)
}

type Change = { [K in keyof ImportSettings]?: ImportSettings[K] | undefined }

/** Chooses settings; undefined: found out from the file again. What a column means depends on the layer. */
export function choose(change: Change): void {
  const kept: Change = { ...useImportDesk.getState().chosen, ...change }
  if ('layer' in change || 'sourceLayer' in change) kept.columns = undefined
  const chosen = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined))
  setDesk({ chosen: chosen as ImportSettings })
  lookAgain(PAUSE_MS)
}

/** An empty role: the column is not used. */
export const chooseRole = (column: string, role: string): void =>
  choose({ columns: { ...useImportDesk.getState().chosen.columns, [column]: role } })

export function forgetChosen(): void {
  setDesk({ chosen: {} })
  lookAgain()
}

export function goTo(step: Step): void {
  const stage = stageNow()
  if (stage.at === 'settle') setDesk({ stage: { ...stage, step } })
}

/** After a reload: the file that was looked at, if the server still has it. */
export async function resumeLooking(gone: () => { title: string; text: string }): Promise<void> {
  const kept = keptUpload()
  if (!kept) return
  try {
    const looked = await post<Inspection>(`/api/uploads/${kept.upload}/preview`, kept.settings)
    if (stageNow().at !== 'choose') return
    setDesk({ open: true, chosen: kept.settings })
    settle(looked, 'place')
  } catch (error) {
    dropUpload()
    // Forgotten there: it is chosen again.
    if (error instanceof Failure && error.status === 404) {
      setDesk({ open: true, trouble: { ...gone(), again: null } })
    }
  }
}

/** After a job that came to nothing: its file with its settings, if the server still has it. */
export async function mend(title: string): Promise<void> {
  const { chosen, upload } = useImportDesk.getState()
  if (!upload) return
  try {
    settle(await post<Inspection>(`/api/uploads/${upload}/preview`, chosen), 'place')
  } catch (error) {
    setDesk({ stage: { at: 'choose' }, trouble: { title, text: sentence(error), again: null } })
  }
}
