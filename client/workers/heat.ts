// The page's end of the incidents' worker: one question at a time; of questions that replace each other only the last waits.
import type { Answered, Ask, Asked, HeatReply, HeatRequest } from './heat-messages.ts'

interface Waiting {
  request: HeatRequest
  transfer: Transferable[]
  settle: (reply: HeatReply) => void
  drop: () => void
  replaceable: boolean
}

export class Heat {
  readonly #worker = new Worker(new URL('./heat.worker.ts', import.meta.url), { type: 'module' })
  #queue: Waiting[] = []
  #asked: Waiting | null = null

  constructor() {
    this.#worker.addEventListener('message', (event: MessageEvent<HeatReply>) => this.#replied(event.data))
    this.#worker.addEventListener('error', event => this.#replied({ why: event.message }))
  }

  /** The promise fails when the worker cannot answer. */
  ask<A extends Ask>(ask: A, body: Asked[A], transfer: Transferable[] = []): Promise<Answered[A]> {
    return new Promise((resolve, reject) =>
      this.#put(ask, body, transfer, false, resolve, reject, () => undefined),
    )
  }

  /** Like `ask`, but undefined when the same was asked again before it came to its turn. */
  askLatest<A extends Ask>(ask: A, body: Asked[A]): Promise<Answered[A] | undefined> {
    return new Promise((resolve, reject) => {
      this.#put(ask, body, [], true, resolve, reject, () => resolve(undefined))
    })
  }

  close(): void {
    this.#worker.terminate()
    for (const waiting of this.#queue) waiting.drop()
    this.#asked?.drop()
    this.#queue = []
  }

  #put<A extends Ask>(
    ask: A,
    body: Asked[A],
    transfer: Transferable[],
    replaceable: boolean,
    resolve: (answer: Answered[A]) => void,
    reject: (error: Error) => void,
    drop: () => void,
  ): void {
    if (replaceable) {
      const replaced = this.#queue.filter(other => other.replaceable && other.request.ask === ask)
      this.#queue = this.#queue.filter(other => !replaced.includes(other))
      for (const other of replaced) other.drop()
    }
    const settle = (reply: HeatReply) =>
      'why' in reply ? reject(new Error(reply.why)) : resolve(reply.answer as Answered[A])
    this.#queue.push({ request: { ask, body }, transfer, settle, drop, replaceable })
    this.#next()
  }

  #replied(reply: HeatReply): void {
    const asked = this.#asked
    this.#asked = null
    asked?.settle(reply)
    this.#next()
  }

  #next(): void {
    const next = this.#asked ? undefined : this.#queue.shift()
    if (!next) return
    this.#asked = next
    this.#worker.postMessage(next.request, next.transfer)
  }
}
