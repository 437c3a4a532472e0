// The level profile of an imported plan: the one named, the one whose words the file uses, else what fits the place.

import type { LevelProfile } from '../../../core/contract/plans.ts'
import type { Tx } from '../../db/database.ts'
import { listProfiles } from '../../plans/queries.ts'
import { UnreadableFile } from '../unreadable.ts'

/** Village places from here on are villages 村, below them communities 社区. */
const FIRST_VILLAGE = 200

export const profilesFor = async (tx: Tx, named: string | undefined): Promise<LevelProfile[]> => {
  const all = await listProfiles(tx)
  if (named === undefined) return all
  const found = all.filter(({ profile }) => profile === named)
  if (found.length > 0) return found
  const known = all.map(({ profile }) => profile).join(', ')
  throw new UnreadableFile('unknown-profile', {
    zh: `没有层级方案“${named}”。已有：${known}。`,
    en: `There is no level profile "${named}". Known: ${known}.`,
  })
}

interface Known {
  /** The only one when it was named. */
  readonly profiles: readonly LevelProfile[]
  readonly named: boolean
  /** Whose names of levels the file uses. */
  readonly spoken: LevelProfile | null
  readonly depth: number
  readonly area: { readonly county: string; readonly code: string }
  readonly codes: readonly string[]
}

export async function chooseProfile(
  tx: Tx,
  { profiles, named, spoken, depth, area, codes }: Known,
): Promise<string> {
  const holds = (id: string | undefined) =>
    profiles.find(({ profile, levels }) => profile === id && levels.length >= depth)?.profile
  if (named) {
    const [only] = profiles
    if (only && only.levels.length >= depth) return only.profile
    throw new UnreadableFile('unknown-profile', {
      zh: `文件中的网格有 ${depth} 级，层级方案“${only!.name.zh}”只有 ${only!.levels.length} 级。请用 --profile 选择另一方案。`,
      en: `The grids of the file have ${depth} levels, the profile ${only!.profile} has ${only!.levels.length}. Choose another with --profile.`,
    })
  }
  const plan = await tx
    .selectFrom('plan')
    .select('profile')
    .where('county', '=', area.county)
    .where('area_code', '=', area.code)
    .orderBy('changed_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  const places = codes.map(code => Number(code.slice(9, 12))).filter(place => place > 0)
  const isTown = places.length > 0 && places.every(place => place < FIRST_VILLAGE)
  return holds(spoken?.profile) ?? holds(plan?.profile) ?? (isTown ? 'town' : 'country')
}
