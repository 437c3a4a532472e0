// Which county a request means: that of its plan, the one named, or the only one that has incidents.
import type { Tx } from '../db/database.ts'
import { ProblemError } from '../errors.ts'
import { planRow } from '../plans/queries.ts'

export async function countyAsked(
  tx: Tx,
  asked: { plan?: string | undefined; county?: string | undefined },
): Promise<string> {
  const county = await countyOrAll(tx, asked)
  if (!county) throw new ProblemError('which-county')
  return county
}

/** The same; undefined where several could be meant, or none. */
export async function countyOrAll(
  tx: Tx,
  asked: { plan?: string | undefined; county?: string | undefined },
): Promise<string | undefined> {
  if (asked.plan) {
    const plan = await planRow(tx, asked.plan, { lock: false })
    if (!plan) throw new ProblemError('unknown-plan')
    return plan.county
  }
  if (asked.county) return asked.county
  const rows = await tx
    .selectFrom('layer_version')
    .select('county')
    .where('layer', '=', 'incidents')
    .limit(2)
    .execute()
  return rows.length === 1 ? rows[0]!.county : undefined
}
