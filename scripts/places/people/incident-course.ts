// The course of one incident: its seven steps in time, who took them, and why it went up.
import type { Random } from '../place.ts'
import type { Circulation } from './bodies.ts'
import { instantOf, localDayOf, minuteOf } from './days.ts'

/** How far it has come. */
export type Outcome =
  | 'answered' // solved, closed, the caller asked
  | 'solved' // solved and closed; not asked, or no answer
  | 'given-up' // closed and not solved
  | 'open'

export interface Step {
  readonly step: 1 | 2 | 3 | 4 | 5 | 6 | 7
  readonly circulation: Circulation
  /** Milliseconds. */
  at: number
  readonly note: string | null
}

export interface Course {
  readonly steps: readonly Step[]
  readonly circulation: Circulation
  readonly due: number
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** From filing, a body must have been found within this. */
export const PASS_ON_HOURS = 2

const REASONS: Record<'small' | 'large', readonly string[]> = {
  small: [
    '超出村(社区)处置权限，需街道执法力量到场',
    '村(社区)无处置条件，请街道牵头',
    '需要多部门联合核查',
    '责任主体不在本村(社区)',
    '当事人不配合，村(社区)上门劝导未果',
  ],
  large: [
    '涉及区级管理事项，街道无处置权限',
    '需行业主管部门作出认定',
    '跨街道事项，需区级统筹',
    '街道无执法权限，报区级处置',
  ],
}
const WHO: Record<Circulation, string> = { micro: '网格员', small: '街道', large: '区级部门' }
/** What was done, by the branch of the category. */
const DONE: Record<string, readonly string[]> = {
  'public-order': ['到场处置，秩序恢复', '走访核实，加强夜间巡逻', '核实情况并上门提醒'],
  disputes: ['组织双方调解，达成协议', '分头做工作，双方和解', '明确责任，当事人接受'],
  safety: ['督促整改，复查合格', '现场消除隐患', '更换老化设备并作宣传'],
  appearance: ['劝导整改，秩序恢复', '清理完毕，告知商户门前三包'],
  environment: ['清理完毕', '责令停止排放，复查达标', '现场制止并批评教育'],
  'social-security': ['告知政策并协助提交材料', '上门办理完毕', '核实条件，已纳入帮扶'],
  livelihood: ['抢修完毕，恢复正常', '上门服务，居民已确认', '已说明办理流程'],
  'rented-houses': ['补登租户信息', '约谈房东，限期整改后复查合格', '清退超员住户'],
  'unlawful-building': ['下达停工通知，当事人自行拆除', '依程序拆除，恢复原状'],
  utilities: ['维修完毕，恢复使用', '更换损坏部件'],
  roads: ['修补完毕，恢复通行', '更换标志和护栏'],
  sanitation: ['清洗维修完毕', '增加清运频次，现场已干净'],
  landscape: ['修剪完毕', '补植修复'],
  emergencies: ['抢险完毕，恢复通行', '设置围挡后修复'],
}
const USUAL = ['处置完毕', '现场整改到位', '清理完毕，恢复原状']
const GIVEN_UP = [
  '政策条件不符合，已向来电人解释',
  '涉及历史遗留问题，列入长期台账',
  '产权单位改造计划未定，暂无法解决',
]
const VERIFIED = ['现场核查，问题已解决', '电话核实，处理属实', '附整改前后照片', null, null]

/**
 * @param until nothing happens after this
 */
export function courseOf(
  incident: {
    readonly at: number
    readonly branch: string
    readonly hours: number
    readonly severity: number
  },
  outcome: Outcome,
  until: number,
  random: Random,
): Course {
  const { at: reported, branch, hours, severity } = incident
  const circulation = circulationOf(severity, random)
  const due = reported + hours * { micro: 1, small: 1.5, large: 2.5 }[circulation] * HOUR
  const steps: Step[] = [{ step: 1, circulation: 'micro', at: reported, note: null }]
  const add = (step: Step['step'], of: Circulation, at: number, note: string | null) => {
    steps.push({ step, circulation: of, at, note })
    return at
  }
  const pick = <T>(list: readonly T[]) => list[Math.floor(random.next() * list.length)]!
  // Some of those still open have not even been passed on.
  const reached = outcome === 'open' ? (random.next() < 0.12 ? 1 : random.next() < 0.2 ? 2 : 3) : 7
  let at = reported
  if (reached >= 2) at = add(2, 'micro', at + (2 + 25 * random.next() ** 2) * MINUTE, null)
  if (reached >= 3) {
    const late = random.next() < 0.045
    at = add(
      3,
      'micro',
      at + (late ? 95 + 500 * random.next() : 3 + 85 * random.next() ** 1.6) * MINUTE,
      null,
    )
    for (const higher of ['small', 'large'] as const) {
      if (circulation === 'micro' || (higher === 'large' && circulation === 'small')) break
      const raised = at + (due - reported) * (0.04 + 0.12 * random.next())
      at = add(3, higher, severity > 1 ? daytime(raised, random) : raised, pick(REASONS[higher]))
    }
  }
  if (outcome !== 'open') {
    const solved = outcome !== 'given-up'
    const inTime = random.next() < (solved ? 0.94 : 0.7)
    const [handled, verified, closed] = finish({ from: at, reported, due, severity, inTime }, random)
    add(4, circulation, handled, solved ? WHO[circulation] + pick(DONE[branch] ?? USUAL) : pick(GIVEN_UP))
    add(5, circulation, verified, pick(VERIFIED))
    at = add(6, circulation, closed, null)
    if (outcome === 'answered')
      add(7, circulation, daytime(at + (3 + 90 * random.next()) * HOUR, random), null)
  }
  compress(steps, until)
  return { steps, circulation, due }
}

/** Draws of a course before one that was to be in time may be closed late all the same. */
const TRIALS = 12

/** When it is handled, verified and closed. */
function finish(
  {
    from,
    reported,
    due,
    severity,
    inTime,
  }: { from: number; reported: number; due: number; severity: number; inTime: boolean },
  random: Random,
): readonly [handled: number, verified: number, closed: number] {
  const draw = () => {
    const share = inTime ? 0.1 + 0.72 * random.next() ** 1.4 : 1.03 + 0.9 * random.next() ** 2
    const soonest = Math.max(from + 6 * MINUTE, reported + (due - reported) * share)
    const morning = daytime(soonest, random)
    // What is grave, or would be late in the morning, is done at night.
    const handled = severity > 1 && !(inTime && morning > due) ? morning : soonest
    const verified = daytime(handled + (0.4 + 20 * random.next() ** 2) * HOUR, random)
    const closed = daytime(verified + (0.1 + 5 * random.next() ** 2) * HOUR, random)
    return [handled, verified, closed] as const
  }
  let drawn = draw()
  for (let trial = 1; inTime && drawn[2] > due && trial < TRIALS; trial++) drawn = draw()
  return drawn
}

function circulationOf(severity: number, random: Random): Circulation {
  const up = [0, 0.5, 0.36, 0.24, 0.18][severity]!
  if (random.next() >= up) return 'micro'
  return random.next() < 0.8 ? 'small' : 'large'
}

/** Nobody repairs, checks or telephones at night: it waits for the morning. */
function daytime(at: number, random: Random): number {
  const minute = minuteOf(at)
  if (minute >= 8 * 60 && minute < 20 * 60 + 30) return at
  const day = localDayOf(at) + (minute < 8 * 60 ? 0 : 1)
  return instantOf(day, 8 * 60 + 5 + random.next() * 100)
}

/** What would end after the records do went quicker instead. */
function compress(steps: Step[], until: number): void {
  const start = steps[0]!.at
  const end = steps.at(-1)!.at
  if (end <= until) return
  const factor = (until - start) / (end - start)
  for (const step of steps) step.at = start + (step.at - start) * factor
}
