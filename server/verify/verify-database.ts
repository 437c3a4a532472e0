// Verifies a whole database: every plan's ground, totals, codes and journal, and what refers to what.
import { sql } from 'kysely'
import { coverageOf, LATTICE, validate } from '../../core/topology/index.ts'
import type { Database, Tx } from '../db/database.ts'
import { deadlineStatement } from '../db/deadline.ts'
import { toKernel } from '../edits/around.ts'
import { loadByIds, type PlanKey } from '../plans/queries.ts'
import { type Fault, faultOf } from './faults.ts'
import { judgeReferences } from './judge-references.ts'
import { judgeTotals } from './judge-totals.ts'
import { judgeTree } from './judge-tree.ts'
import { pagesOf, presentIds } from './present.ts'
import { judgePlan } from './referee.ts'
import { replayJournal } from './replay-journal.ts'

export interface Verification {
  readonly plans: number
  readonly grids: number
  readonly faults: readonly Fault[]
  readonly seconds: number
}
export interface VerifyOptions {
  /** `done` from 0 to 1 */
  readonly onProgress?: (message: { readonly zh: string; readonly en: string }, done: number) => void
  readonly signal?: AbortSignal
}

const STATEMENT_SECONDS = 600
const GRIDS_AT_ONCE = 1000

/** Reads only. Each plan is seen at one moment, in a transaction of its own, so that nobody waits for the whole. */
export async function verifyDatabase(database: Database, options: VerifyOptions = {}): Promise<Verification> {
  const started = performance.now()
  const reading = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    database.owner
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async tx => {
        await sql.raw(deadlineStatement(STATEMENT_SECONDS)).execute(tx)
        return await work(tx)
      })
  const plans = await database.owner
    .selectFrom('plan')
    .select(['county', 'plan_id', 'name', 'grids'])
    .orderBy('county')
    .orderBy('plan_id')
    .execute()
  const faults: Fault[] = []
  const weight = plans.reduce((sum, plan) => sum + plan.grids + 1, 1)
  let passed = 0
  let grids = 0
  for (const plan of plans) {
    options.onProgress?.({ zh: `核对方案“${plan.name}”`, en: `Verifying plan ${plan.name}` }, passed / weight)
    const judged = await reading(tx => judgeOnePlan(tx, plan, options.signal))
    faults.push(...judged.faults.map(fault => ({ ...fault, plan: plan.plan_id })))
    grids += judged.grids
    passed += plan.grids + 1
  }
  options.signal?.throwIfAborted()
  options.onProgress?.({ zh: '核对引用', en: 'Verifying references' }, passed / weight)
  faults.push(...(await reading(judgeReferences)))
  return { plans: plans.length, grids, faults, seconds: Math.round(performance.now() - started) / 1000 }
}

/** Every judge in turn; none relies on what another found. */
export async function judgeOnePlan(tx: Tx, key: PlanKey, signal?: AbortSignal) {
  const faults: Fault[] = []
  const ids = await presentIds(tx, key, 'all')
  for (const judge of [judgeTree, judgeByKernel, judgePlan, judgeTotals, replayJournal]) {
    signal?.throwIfAborted()
    faults.push(...(await judge(tx, key)))
  }
  return { grids: ids.length, faults }
}

/** The kernel's own judgement of the present grids. */
async function judgeByKernel(tx: Tx, key: PlanKey): Promise<Fault[]> {
  const grids = []
  for (const ids of pagesOf(await presentIds(tx, key, 'all'), GRIDS_AT_ONCE))
    for (const grid of await loadByIds(tx, key, ids)) grids.push(toKernel(grid))
  return validate(coverageOf(grids), { complete: true }).map(({ fault, grids, place }) =>
    faultOf(fault, {
      grids,
      detail: 'kernel',
      place: place && [place[0] / LATTICE, place[1] / LATTICE],
    }),
  )
}
