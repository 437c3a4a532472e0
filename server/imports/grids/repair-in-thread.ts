// Has grids repaired in a thread of their own, within bounds of memory; broken off when nobody waits any more.
import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { RepairReply, RepairRequest } from './repair-thread.ts'

const HEAP_MEGABYTES = 3072

/** The build bundles `repair-thread.ts` to `repair-thread.js` beside the server's bundle. */
function threadEntry(): URL {
  const bundled = new URL('./repair-thread.js', import.meta.url)
  return existsSync(bundled) ? bundled : new URL('./repair-thread.mjs', import.meta.url)
}

export async function repairInThread(request: RepairRequest, signal?: AbortSignal): Promise<RepairReply> {
  signal?.throwIfAborted()
  const worker = new Worker(threadEntry(), {
    workerData: request,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
  })
  const abort = () => void worker.terminate()
  signal?.addEventListener('abort', abort, { once: true })
  try {
    return await new Promise((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', code =>
        reject(signal?.reason ?? new Error(`The repairing thread ended with code ${code}.`)),
      )
    })
  } finally {
    signal?.removeEventListener('abort', abort)
    await worker.terminate()
  }
}
