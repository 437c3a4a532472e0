// What every test of screens begins with: a database of its own, the real program on it, a page in Chromium, and a list
// of what the page complained of.
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { enginesHere, type FreshDatabase } from '../../server/db/testing.ts'
import { keepPicture, openBrowser, type RunningHuage, startHuage } from './browser.ts'
import { demoDatabase } from './demo-database.ts'

/** SQL looks over the page's shoulder, which the embedded engine allows to one process only. */
export const onServer = enginesHere().includes('server')
export const soon = { timeout: 30_000 }
/** `1,234` → 1234; anything else is no number. */
export const number = (text: string) => Number(text.replaceAll(',', ''))

export interface ScreenOptions {
  /** What the browser may write into the console as an error: a refusal is an answer. */
  readonly expected?: RegExp
  /** The demo street, where nothing else is wanted. */
  readonly database?: () => Promise<FreshDatabase>
}

/** Opens it before the tests of the file that calls this, closes it after them, keeps a picture of each that fails. */
export class Screen {
  readonly complaints: string[] = []
  page!: Page
  fresh!: FreshDatabase
  #huage: RunningHuage | undefined
  #browser: Browser | undefined

  constructor(
    readonly name: string,
    readonly options: ScreenOptions = {},
  ) {
    beforeAll(async () => {
      if (!onServer) return
      const [fresh, browser] = await Promise.all([(options.database ?? demoDatabase)(), openBrowser()])
      this.fresh = fresh
      this.#browser = browser
      this.#huage = await startHuage(fresh.options.databaseUrl)
      this.page = await this.openPage()
    }, 600_000)
    afterAll(async () => {
      await this.#browser?.close()
      await this.#huage?.stop()
      await this.fresh?.remove()
    })
    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail' && this.page) {
        console.error(`See ${await keepPicture(this.page, `${name} ${task.name}`.replace(/\W+/g, '-'))}`)
      }
    })
  }

  /** Of the program: http://host:port */
  get server(): string {
    return this.#huage!.address
  }

  /** What the address bar asks for. */
  get address(): URLSearchParams {
    return new URL(this.page.url()).searchParams
  }

  /** A page as of another visitor, or of the same one beside a page that is open. Nothing moves that need not. */
  async openPage(beside?: Page): Promise<Page> {
    const context =
      beside?.context() ??
      (await this.#browser!.newContext({
        viewport: { width: 1280, height: 800 },
        locale: 'zh-CN',
        reducedMotion: 'reduce',
      }))
    const page = await context.newPage()
    page.on('pageerror', error => this.complaints.push(error.message))
    page.on('console', message => {
      if (message.type() === 'error' && !this.options.expected?.test(message.text()))
        this.complaints.push(message.text())
    })
    return page
  }

  async get<T>(path: string): Promise<T> {
    return (await (await fetch(this.server + path)).json()) as T
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
    const reply = await fetch(this.server + path, { method: 'POST', headers, body: JSON.stringify(body) })
    return (await reply.json()) as T
  }

  async textOf(id: string, on = this.page): Promise<string> {
    return (await on.getByTestId(id).textContent()) ?? ''
  }

  async read(id: string): Promise<number> {
    return number(await this.textOf(id))
  }
}
