// What the import panel knows: the file that is looked at, what was chosen for it, the job that runs, the files that wait.
import { create } from 'zustand'
import type { FileExtent, ImportJob, ImportSettings, Inspection } from '../../core/contract/imports.ts'
import type { Parcel } from './parcels.ts'

export const STEPS = ['place', 'columns', 'check'] as const
export type Step = (typeof STEPS)[number]

export type Stage =
  | { at: 'choose' }
  /** `share` of the file that has arrived; 1: the server reads it. */
  | { at: 'sending'; file: string; share: number }
  | {
      at: 'settle'
      step: Step
      /** What the server saw; while `asking`, with the settings from before. */
      looked: Inspection
      asking: boolean
      /** Why it cannot be read with the settings as they are. */
      refused: string | null
    }
  | { at: 'running'; file: string; job: ImportJob | null; lost: boolean }
  | { at: 'ended'; file: string; job: ImportJob }

export interface People {
  persons: number | null
  households: number | null
}

export interface ImportDesk {
  open: boolean
  stage: Stage
  /** Only what somebody chose; the rest is found out from the file. */
  chosen: ImportSettings
  /** With buildings: people to spread over them. */
  people: People | null
  /** Files that come next. */
  waiting: readonly Parcel[]
  /** A file, or a job, that came to nothing. */
  trouble: { title: string; text: string; again: Parcel | null } | null
  /** The row that is pointed at, by its number. */
  row: number | null
  /** Of the whole file, where only its beginning was looked at. */
  whole: FileExtent | null
  /** Where the server keeps the file that runs or has ended. */
  upload: string | null
}

export const useImportDesk = create<ImportDesk>()(() => ({
  open: false,
  stage: { at: 'choose' },
  chosen: {},
  people: null,
  waiting: [],
  trouble: null,
  row: null,
  whole: null,
  upload: null,
}))

export const setDesk = useImportDesk.setState

export const stageNow = (): Stage => useImportDesk.getState().stage

export const useIsImporting = (): boolean => useImportDesk(desk => desk.open)
