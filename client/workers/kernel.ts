// The page's end of the kernel worker: one question at a time, only the latest pointer move waits, clicks never get lost.
import type { Place } from '../../core/contract/geometry.ts'
import type { Answer, PointerAt, Request } from './messages.ts'

export type Looked = Extract<Answer, { tell: 'looked' }>

/** The line as it is at the moment of asking. */
export interface LineNow {
  points: readonly Place[]
  done: boolean
}

interface Waiting {
  request: () => Request
  transfer: Transferable[]
  settle: (answer: Answer) => void
  /** A later one replaces it. */
  replaceable: boolean
}

export class Kernel {
  readonly #worker = new Worker(new URL('./kernel.worker.ts', import.meta.url), { type: 'module' })
  readonly #line: () => LineNow
  #queue: Waiting[] = []
  #asked: Waiting | null = null
  #number = 0

  /** `line` is read when a question goes out, so that a move after a click knows of the click. */
  constructor(line: () => LineNow) {
    this.#line = line
    this.#worker.addEventListener('message', (event: MessageEvent<Answer>) => this.#answered(event.data))
    this.#worker.addEventListener('error', event =>
      this.#answered({ tell: 'failed', number: this.#number, why: event.message }),
    )
  }

  /** Takes over the two buffers; the promise fails when they cannot be read. */
  load(grid: string, coverage: ArrayBuffer, weights: ArrayBuffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#ask({
        request: () => ({ ask: 'load', number: ++this.#number, grid, coverage, weights }),
        transfer: [coverage, weights],
        settle: answer => (answer.tell === 'failed' ? reject(new Error(answer.why)) : resolve()),
        replaceable: false,
      })
    })
  }

  /** Asks what the line and the pointer make; `then` is not called when a later move comes first. */
  look(pointer: PointerAt | null, isClick: boolean, then: (answer: Looked) => void): void {
    this.#ask({
      request: () => ({ ask: 'look', number: ++this.#number, pointer, ...this.#line() }),
      transfer: [],
      settle: answer => {
        if (answer.tell === 'looked') then(answer)
        else if (answer.tell === 'failed') console.error('kernel worker:', answer.why)
      },
      replaceable: !isClick,
    })
  }

  close(): void {
    this.#worker.terminate()
    this.#queue = []
  }

  #ask(waiting: Waiting): void {
    if (waiting.replaceable) this.#queue = this.#queue.filter(other => !other.replaceable)
    this.#queue.push(waiting)
    this.#next()
  }

  #answered(answer: Answer): void {
    const asked = this.#asked
    this.#asked = null
    asked?.settle(answer)
    this.#next()
  }

  #next(): void {
    const next = this.#asked ? undefined : this.#queue.shift()
    if (!next) return
    this.#asked = next
    this.#worker.postMessage(next.request(), next.transfer)
  }
}
