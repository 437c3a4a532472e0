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

/** The least that a division's name says of an address: everything up to its kind. */
const DIVISION = /^.+?(?:省|市|区|县|街道|镇|乡|村|委会)/u

/** `团结街道学府社区梧桐南街4号` → without the street office, without the community: what addresses are compared by. */
function withoutDivisions(plain: string): string[] {
  const shorter: string[] = []
  for (let rest = plain.replace(DIVISION, ''), before = plain; rest !== before && rest.length > 1; ) {
    shorter.push(rest)
    before = rest
    rest = rest.replace(DIVISION, '')
  }
  return shorter
}

/** An address written whole, as our own tables show it, begins with divisions that are not compared. */
async function wholeAddresses(
  tx: Tx,
  wanted: Parameters<typeof findEntries>[1],
): Promise<Awaited<ReturnType<typeof findEntries>>> {
  if (!wanted.kinds.includes('address')) return []
  for (const plain of withoutDivisions(wanted.plain)) {
    const hits = await findEntries(tx, { ...wanted, kinds: ['address'], plain, pairs: pairsOf(plain) })
    const whole = hits.filter(({ name }) => plainOf(name).includes(wanted.plain))
    if (whole.length > 0) return whole
  }
  return []
}

export async function search(tx: Tx, asked: SearchQuery): Promise<SearchReply> {
  const plain = plainOf(asked.q)
  if (plain === '') throw new ProblemError('nothing-to-search')
  const plan = asked.plan ? await planRow(tx, asked.plan, { lock: false }) : undefined
  if (asked.plan && !plan) throw new ProblemError('unknown-plan')
  const county = plan?.county ?? asked.county
  const counties = county ? [county] : await countiesKnown(tx)
  await catchUpGrids(tx, counties, asked.plan)
  const wanted = {
    counties,
    kinds: asked.kind ?? SEARCH_KINDS,
    plan: asked.plan,
    plain,
    pairs: pairsOf(plain),
    limit: asked.limit,
  }
  const found = await findEntries(tx, wanted)
  const hits = found.length > 0 ? found : await wholeAddresses(tx, wanted)
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
