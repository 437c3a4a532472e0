// What staff do from day to day: patrols and visits, and the matters 事 that needed no incident.
import { pointEwkb } from '../../../server/imports/ewkb.ts'
import type { Random } from '../place.ts'
import type { Calendar, Hours } from './calendar.ts'
import { timeOf } from './days.ts'
import { pointInside } from './inside.ts'
import type { Organisation } from './organisations.ts'
import { type Picker, pickerOf } from './picker.ts'
import type { Posts } from './posts.ts'
import type { Hearth } from './residents.ts'
import type { Spots } from './spots.ts'
import { IMPORTED, type Table, tableOf, type Village } from './village.ts'

const NOTES = {
  patrol: [
    '未发现异常',
    '清理小广告数处',
    '提醒商户门前三包',
    '检查消火栓完好',
    '劝导车辆有序停放',
    '巡查河道，水位正常',
  ],
  household: [
    '核对人口信息',
    '走访独居老人，身体良好',
    '宣传反诈',
    '宣传用电用气安全',
    '登记新租户',
    '入户发放防汛告知书',
  ],
  organisation: [
    '检查灭火器和疏散通道',
    '核对从业人员信息',
    '督促整改用电隐患',
    '复查上次隐患，已整改',
    '宣传安全生产',
  ],
}

export function visitRows(
  village: Village,
  calendar: Calendar,
  spots: Spots,
  posts: Posts,
  hearths: readonly Hearth[],
  organisations: readonly Organisation[],
  random: Random,
): Table {
  const { quota, origin } = village
  const table = tableOf(
    'visit',
    'county id staff_id kind started_at ended_at household_id organisation_id note point',
  )
  const pick = <T>(list: readonly T[]) => list[Math.floor(random.next() * list.length)]!
  for (let i = 0; i < quota.visits; i++) {
    const at = random.next()
    const hearth = at < 0.34 && hearths.length > 0 ? pick(hearths) : null
    const firm = !hearth && at < 0.5 && organisations.length > 0 ? pick(organisations) : null
    const spot = hearth || firm ? null : spots.pick('street', random)
    const kind = hearth ? 'household' : firm ? 'organisation' : 'patrol'
    const staff = posts.workerOf((hearth ?? firm)?.building.grid ?? null)
    if (staff === null) return table
    const minutes = kind === 'patrol' ? 25 + random.next() * 95 : 6 + random.next() * 34
    const start = calendar.instant('even', 'office', random)
    table.rows.push([
      origin.county,
      random.id(),
      staff,
      kind,
      timeOf(start),
      timeOf(Math.min(calendar.now, start + minutes * 60_000)),
      hearth?.id ?? null,
      firm?.id ?? null,
      random.next() < 0.8 ? pick(NOTES[kind]) : null,
      spot ? spot.ewkb : (hearth?.ewkb ?? pointEwkb(pointInside(firm!.building, random))),
    ])
  }
  return table
}

interface MatterKind {
  readonly kind: string
  readonly title: string
  readonly where: 'home' | 'street' | 'trade' | 'factory'
  readonly hours: Hours
}
const matter = (kind: string, where: MatterKind['where'], hours: Hours, weight: number, titles: string) =>
  titles.split(' ').map(title => [{ kind, title, where, hours }, weight] as const)
const MATTERS: Picker<MatterKind> = pickerOf([
  ...matter('走访服务', 'home', 'office', 5, '走访高龄老人 走访困难家庭 走访残疾人家庭 看望病人 重阳节慰问'),
  ...matter('代办服务', 'home', 'office', 4, '代办居住登记 代办医保缴费 代办老年优待证 代取药品 代办证明'),
  ...matter('政策宣传', 'home', 'day', 5, '反诈宣传 防火宣传 垃圾分类宣传 防汛宣传 禁烧宣传 医保宣传'),
  ...matter(
    '信息采集',
    'home',
    'office',
    7,
    '核对户籍信息 登记新租户 更新联系方式 登记出租房屋 注销迁出人员',
  ),
  ...matter('隐患排查', 'factory', 'office', 4, '用电排查 燃气排查 消防排查 危房排查'),
  ...matter('环境整治', 'street', 'day', 4, '清理乱贴广告 清理卫生死角 规范车辆停放 清掏雨水箅子'),
  ...matter('矛盾化解', 'home', 'evening', 2, '劝解邻里口角 调解停车争执 劝解家庭矛盾'),
  ...matter('巡查记录', 'street', 'day', 5, '早间巡查 夜间巡逻 河道巡查 校园周边巡查'),
  ...matter('商户服务', 'trade', 'office', 3, '门前三包提醒 检查气瓶 核对从业人员 送政策上门'),
])

/** Matters by the thousand: a ledger line each. */
export function matterRows(
  village: Village,
  calendar: Calendar,
  spots: Spots,
  posts: Posts,
  random: Random,
): Table {
  const { quota, origin } = village
  const table = tableOf('matter', `${IMPORTED} kind title at staff_id point`)
  for (let i = 0; i < quota.matters; i++) {
    const { kind, title, where, hours } = MATTERS(random)
    const spot = spots.pick(where, random)
    const id = random.id()
    table.rows.push([
      origin.county,
      id,
      id,
      origin.importId,
      kind,
      title,
      timeOf(calendar.instant('even', hours, random)),
      posts.workerOf(spot.grid),
      spot.ewkb,
    ])
  }
  return table
}
