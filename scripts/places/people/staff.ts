// Staff of a village by force and kind, exactly as many as the quota says.
import type { PostRole, StaffForce } from '../figures.ts'
import type { Random } from '../place.ts'
import { phoneOf } from './identities.ts'
import { givenNameOf, surnameOf } from './names.ts'
import { IMPORTED, type Table, tableOf, type Village } from './village.ts'

export interface Person {
  readonly id: string
  readonly role: PostRole
  readonly force: StaffForce
  /** For heads: of which level. */
  readonly level: number | null
}

/** 协管员 and the like: the 29 kinds of assistants that districts employ. */
export const ASSISTANT_KINDS =
  '治安巡防队员 流动人口管理员 安全生产巡查员 城市管理协管员 环境保洁员 生态护林员 管水员 河道巡查员 气象信息员 地质灾害监测员 动物防疫员 食品安全协管员 药品安全信息员 消防巡查员 交通协管员 劳动保障协理员 残疾人专职委员 健康宣传员 文化组织员 全科农技员 农村电工 养老助残服务员 人民调解员 禁毒社工 住房保障协管员 统计调查员 国土协管员 规划建设协管员 森林消防队员'.split(
    ' ',
  )
const TEAMS = '督导 指导 服务 志愿 监督 巡查 信息 党建联络 派遣 操作'.split(' ')
/** Ages at which each force is recruited. */
const BORN: Record<StaffForce, readonly [number, number]> = {
  professional: [1968, 1998],
  'full-time': [1975, 2001],
  assistant: [1968, 1998],
  'part-time': [1955, 1992],
  volunteer: [1950, 2004],
  other: [1960, 2000],
}

export function staffOf(village: Village, random: Random): { table: Table; staff: Person[] } {
  const { figures, quota, origin, bodies, site } = village
  const table = tableOf('staff', `${IMPORTED} name sex phone force force_kind team body_id party_member`)
  const staff: Person[] = []
  const body = bodies.station(site)
  const street = bodies.centre(site.town.code)
  figures.staff.forEach(({ role, force, forceKind, team, level }, f) => {
    const [from, until] = BORN[force]
    for (let i = 0; i < quota.staff[f]!; i++) {
      const id = random.id()
      const male = random.next() < (role === 'police' ? 0.85 : role === 'doctor' ? 0.4 : 0.56)
      const born = random.whole(from, until)
      const kind = forceKind || ASSISTANT_KINDS[random.whole(0, ASSISTANT_KINDS.length - 1)]!
      const party =
        role === 'head' && level === 1 ? 1 : role === 'cadre' ? 0.9 : force === 'volunteer' ? 0.3 : 0.4
      staff.push({ id, role, force, level: level ?? null })
      table.rows.push([
        origin.county,
        id,
        id,
        origin.importId,
        surnameOf(random) + givenNameOf(born, male, random),
        male ? 'm' : 'f',
        phoneOf(random),
        force,
        kind,
        team ?? TEAMS[random.whole(0, TEAMS.length - 1)]!,
        role === 'cadre' || role === 'police' || role === 'doctor' || role === 'enforcement' ? street : body,
        random.next() < party,
      ])
    }
  })
  return { table, staff }
}
