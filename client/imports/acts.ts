// Opening and leaving the import panel, and what comes in: files one after the other, and what a reload left behind.
import i18next from 'i18next'
import { usePage } from '../app/state.ts'
import { BROWSE } from '../modes/mode.ts'
import { setDesk, stageNow, useImportDesk } from './desk.ts'
import { resumeJob } from './job.ts'
import { lookAtFile, resumeLooking, stopLooking } from './look.ts'
import { type Parcel, parcelsOf } from './parcels.ts'

export function openImport(): void {
  // A line that is being drawn is kept (planner/draft.ts).
  usePage.getState().begin(BROWSE)
  setDesk({ open: true })
}

/** What runs goes on; what is looked at is there when the panel is opened again. */
export const closeImport = (): void => setDesk({ open: false, row: null })

const look = (parcel: Parcel): Promise<void> =>
  lookAtFile(parcel, hasArrived =>
    i18next.t(hasArrived ? 'imports.choose.failed' : 'imports.choose.notSent', { file: parcel.name }),
  )

/** The first of those that wait. */
export function lookAtNext(): void {
  const [next, ...waiting] = useImportDesk.getState().waiting
  if (!next) return
  setDesk({ waiting })
  void look(next)
}

export function takeFiles(files: readonly File[]): void {
  if (files.length === 0) return
  openImport()
  setDesk({ waiting: [...useImportDesk.getState().waiting, ...parcelsOf(files)] })
  const { at } = stageNow()
  if (at === 'choose' || at === 'ended') lookAtNext()
}

export const lookOnceMore = (parcel: Parcel): void => void look(parcel)

/** Back to the beginning; files that wait still do. */
export function leaveFile(): void {
  stopLooking()
  setDesk({ stage: { at: 'choose' }, chosen: {}, people: null, row: null, trouble: null })
}

export function tellGone(): void {
  const [title, text] = [i18next.t('imports.run.goneTitle'), i18next.t('imports.run.gone')]
  setDesk({ stage: { at: 'choose' }, trouble: { title, text, again: null } })
}

export async function resumeImport(): Promise<void> {
  if (!(await resumeJob(tellGone)))
    await resumeLooking(() => ({
      title: i18next.t('imports.choose.goneTitle'),
      text: i18next.t('imports.choose.gone'),
    }))
}
