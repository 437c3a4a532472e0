// The page's end of the kernel worker: one question at a time, only the latest pointer move waits, clicks never get lost.
import type { RoadCourses } from '../../core/contract/plans.ts'
import type { Answer, LineNow, PointerAt, Request } from './messages.ts'

export type Looked = Extract<Answer, { tell: 'looked' }>

export type Loaded = Extract<Answer, { tell: 'loaded' }>

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
  load(
    grids: readonly string[],
    coverage: ArrayBuffer,
    weights: ArrayBuffer,
    roads: RoadCourses | null,
  ): Promise<Loaded> {
    return new Promise((resolve, reject) => {
      this.#ask({
        request: () => ({ ask: 'load', number: ++this.#number, grids, coverage, weights, roads }),
        transfer: [coverage, weights],
        settle: answer => {
          if (answer.tell === 'loaded') resolve(answer)
          else reject(new Error(answer.tell === 'failed' ? answer.why : 'The borders were not read.'))
        },
        replaceable: false,
      })
    })
  }

  /** Asks what the line and the pointer make; `then` is not called when a later move comes first. */
  look(pointer: PointerAt | null, isClick: boolean, then: (answer: Looked) => void): void {
    this.#ask({
      request: () => ({ ask: 'look', number: ++this.#number, pointer, line: this.#line() }),
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
