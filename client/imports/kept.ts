// What outlives a reload: which upload was being looked at and with which settings, and which job runs. Ids only, no rows.
import type { ImportSettings } from '../../core/contract/imports.ts'

interface Kept {
  upload: string
  settings: ImportSettings
}

const UPLOAD = 'huage.upload'
const JOB = 'huage.import'

export const keepUpload = (kept: Kept): void => sessionStorage.setItem(UPLOAD, JSON.stringify(kept))
export const dropUpload = (): void => sessionStorage.removeItem(UPLOAD)

export function keptUpload(): Kept | null {
  const text = sessionStorage.getItem(UPLOAD)
  return text ? (JSON.parse(text) as Kept) : null
}

/** A job outlives the tab as well. */
export const keepJob = (id: string): void => localStorage.setItem(JOB, id)
export const dropJob = (): void => localStorage.removeItem(JOB)
export const keptJob = (): string | null => localStorage.getItem(JOB)
