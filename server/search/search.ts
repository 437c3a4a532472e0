// Search: what somebody typed, compared as text, as a code or number, and as first letters of pinyin.
import {
  SEARCH_KINDS,
  type SearchQuery,
  type SearchReply,
  type SearchResult,
} from '../../core/contract/search.ts'
import type { Tx } from '../db/database.ts'
import { ProblemError } from '../errors.ts'
import { planRow } from '../plans/queries.ts'
import { boxesOf, countiesKnown, findEntries, gridsOfStaff } from './queries.ts'
import { catchUpGrids } from './refresh-search.ts'
import { pairsOf, plainOf } from './searchable.ts'

export async function search(tx: Tx, asked: SearchQuery): Promise<SearchReply> {
  const plain = plainOf(asked.q)
  if (plain === '') throw new ProblemError('nothing-to-search')
  const plan = asked.plan ? await planRow(tx, asked.plan, { lock: false }) : undefined
  if (asked.plan && !plan) throw new ProblemError('unknown-plan')
  const county = plan?.county ?? asked.county
  const counties = county ? [county] : await countiesKnown(tx)
  await catchUpGrids(tx, counties, asked.plan)
  const hits = await findEntries(tx, {
    counties,
    kinds: asked.kind ?? SEARCH_KINDS,
    plan: asked.plan,
    plain,
    pairs: pairsOf(plain),
    limit: asked.limit,
  })
  const boxes = await boxesOf(tx, hits)
  const posts = await gridsOfStaff(tx, hits, asked.plan)
  return {
    q: asked.q,
    results: hits.map((hit): SearchResult => {
      const { kind, id, name, context, plan_id: plan, lng, lat } = hit
      const box = boxes.get(`${kind} ${kind === 'grid' ? `${plan}/${id}` : id}`) ?? null
      const result = { kind, id, name, context, plan, grid: null }
      const post = kind === 'staff' ? posts.get(id) : undefined
      if (post) {
        const { role, name: gridName, ...where } = post
        return { ...result, ...where, context: [context, role, gridName].filter(Boolean).join(' · ') }
      }
      return { ...result, place: lng === null || lat === null ? null : [lng, lat], bbox: box }
    }),
  }
}
