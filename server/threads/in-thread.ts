// Has one piece of work done in a thread of its own, within bounds of memory; broken off when nobody waits any more.
import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'

export interface ThreadOptions {
  readonly heapMegabytes: number
  readonly signal?: AbortSignal
}

/**
 * `name` is a file beside the caller, whose address is `from`: the build bundles `name.ts` to `name.js`; without a build
 * `name.mjs` starts it. The thread posts one message, the reply.
 */
export async function inThread<Reply>(
  name: string,
  from: string,
  request: unknown,
  { heapMegabytes, signal }: ThreadOptions,
): Promise<Reply> {
  signal?.throwIfAborted()
  const bundled = new URL(`./${name}.js`, from)
  const worker = new Worker(existsSync(bundled) ? bundled : new URL(`./${name}.mjs`, from), {
    workerData: request,
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
  })
  const abort = () => void worker.terminate()
  signal?.addEventListener('abort', abort, { once: true })
  try {
    return await new Promise((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', code =>
        reject(signal?.reason ?? new Error(`The thread ${name} ended with code ${code}.`)),
      )
    })
  } finally {
    signal?.removeEventListener('abort', abort)
    await worker.terminate()
  }
}
