// One import at work: started, followed over a connection that may break, cancelled, and found again after a reload.
import type { ImportJob, NewImport } from '../../core/contract/imports.ts'
import { Failure, get, post, remove } from '../api/call.ts'
import { queries } from '../api/queries.ts'
import { setDesk, stageNow, useImportDesk } from './desk.ts'
import { dropJob, dropUpload, keepJob, keptJob } from './kept.ts'

/** After a refusal to be connected. */
const AGAIN_MS = 3000

export const hasEnded = ({ state }: ImportJob): boolean => state !== 'queued' && state !== 'running'

let stop: (() => void) | null = null

function take(job: ImportJob, file: string): void {
  const stage = stageNow()
  // An answer from before the end may come after it.
  if (stage.at === 'ended' && stage.job.id === job.id) return
  if (!hasEnded(job)) {
    setDesk({ stage: { at: 'running', file, job, lost: false } })
    return
  }
  stop?.()
  dropJob()
  setDesk({ stage: { at: 'ended', file: job.result?.file ?? file, job } })
  // Anything may have changed: areas, layers, people, what can be found.
  if (job.state === 'done') void queries.invalidateQueries()
}

function lose(): void {
  const stage = stageNow()
  if (stage.at === 'running') setDesk({ stage: { ...stage, lost: true } })
}

/** @param onGone the server has started anew and knows no such job */
function follow(id: string, file: string, onGone: () => void): void {
  stop?.()
  let source: EventSource
  let again: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  stop = () => {
    stopped = true
    clearTimeout(again)
    source.close()
  }
  const listen = () => {
    source = new EventSource(`/api/jobs/${id}/events`)
    source.addEventListener('job', event => take(JSON.parse(event.data) as ImportJob, file))
    source.addEventListener('error', async () => {
      if (stopped) return
      lose()
      // An answer that is no stream ends the browser's own attempts.
      if (source.readyState === EventSource.CLOSED) await look()
    })
  }
  const look = async () => {
    try {
      const job = await get<ImportJob>(`/api/jobs/${id}`)
      if (!stopped) take(job, file)
    } catch (error) {
      if (!stopped && error instanceof Failure && error.status === 404) {
        stop?.()
        dropJob()
        void queries.invalidateQueries()
        onGone()
      }
    }
    if (!stopped) again = setTimeout(listen, AGAIN_MS)
  }
  listen()
}

const followed = (job: ImportJob, file: string, onGone: () => void): void => {
  take(job, file)
  if (hasEnded(job)) return
  keepJob(job.id)
  follow(job.id, file, onGone)
}

/** Sent again after a lost answer, it is one import. */
let sent: { body: string; key: string } | null = null

/** Starts what the page shows. @throws Failure */
export async function startImport(onGone: () => void): Promise<void> {
  const stage = stageNow()
  if (stage.at !== 'settle') return
  const { looked } = stage
  const { people } = useImportDesk.getState()
  const request: NewImport = {
    upload: looked.upload,
    // The layer that is shown, also where nobody chose it.
    settings: { ...looked.settings, layer: looked.layer },
    ...(looked.layer === 'buildings' &&
      people?.persons && {
        people: {
          persons: people.persons,
          ...(people.households !== null && { households: people.households }),
        },
      }),
  }
  const body = JSON.stringify(request)
  if (sent?.body !== body) sent = { body, key: crypto.randomUUID() }
  const job = await post<ImportJob>('/api/imports', request, sent.key)
  sent = null
  dropUpload()
  setDesk({ upload: looked.upload, row: null })
  followed(job, looked.name, onGone)
}

/** @throws Failure */
export async function cancelImport(): Promise<void> {
  const stage = stageNow()
  if (stage.at !== 'running' || !stage.job) return
  take(await remove<ImportJob>(`/api/jobs/${stage.job.id}`), stage.file)
}

/** After a reload: the job that was running, or what has come of it meanwhile. @returns whether there is one */
export async function resumeJob(onGone: () => void): Promise<boolean> {
  const id = keptJob()
  if (!id) return false
  try {
    const job = await get<ImportJob>(`/api/jobs/${id}`)
    setDesk({ open: true })
    followed(job, job.result?.file ?? '', onGone)
  } catch (error) {
    if (error instanceof Failure && error.status === 404) {
      dropJob()
      setDesk({ open: true })
      onGone()
      return true
    }
    setDesk({ open: true, stage: { at: 'running', file: '', job: null, lost: true } })
    follow(id, '', onGone)
  }
  return true
}
