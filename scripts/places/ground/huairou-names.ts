// Codes and names of Huairou's towns, villages and communities at any size: real ones first, then invented ones.
import { readFileSync } from 'node:fs'
import gcoord from 'gcoord'
import { projectFile } from '../../../server/db/project.ts'
import type { Random } from '../place.ts'
import { type Degrees, TOWN_GROUND, VILLAGE_POINTS } from './huairou-places.ts'

export interface NamedSite {
  readonly code: string
  readonly name: string
  readonly community: boolean
  /** Part of the built-up county seat. */
  readonly urban: boolean
  readonly point: Degrees | null
}
export interface NamedTown {
  readonly code: string
  readonly name: string
  readonly sites: readonly NamedSite[]
}

const COUNTY = '110116'
const FILES = 'fixtures/names/huairou-110116'
const AT_FULL_SIZE = { towns: 16, villages: 284, communities: 34, corridors: 21, zones: 1 }

/** In the list, but a barracks: 34 communities are left without it. */
const SURPLUS = '110116001012'
/** A town when only so many are wanted; the seat of the county, then one after another far apart. */
const FIRST_TOWNS = [
  '怀柔地区',
  '汤河口镇',
  '泉河街道',
  '渤海镇',
  '雁栖地区',
  '喇叭沟门满族乡',
  '桥梓镇',
  '琉璃庙镇',
]

/** What to make at a scale: everything in proportion, one town, village and community at least. */
export function countsAt(scale: number): typeof AT_FULL_SIZE {
  const part = (count: number, least: number) => Math.max(least, Math.round(count * scale))
  return {
    towns: part(AT_FULL_SIZE.towns, 1),
    villages: part(AT_FULL_SIZE.villages, 1),
    communities: part(AT_FULL_SIZE.communities, 1),
    corridors: part(AT_FULL_SIZE.corridors, 0),
    zones: part(AT_FULL_SIZE.zones, scale >= 0.1 ? 1 : 0),
  }
}

const fromGcj = (longitude: number, latitude: number): Degrees => {
  const [x, y] = gcoord.transform([longitude, latitude], gcoord.GCJ02, gcoord.WGS84)
  return [x!, y!]
}

/** The county's outline, counter-clockwise or not, as the list of codes gives it. */
export function readFence(): Degrees[] {
  const { coordinates } = JSON.parse(readFileSync(projectFile(`${FILES}.fence.json`), 'utf8'))
  const ring = coordinates[0].map(([x, y]: [number, number]) => fromGcj(x, y))
  return ring.slice(0, -1)
}

export function namedTowns(scale: number, random: Random): NamedTown[] {
  const counts = countsAt(scale)
  const real = readTowns()
  const rank = (town: NamedTown) => (FIRST_TOWNS.indexOf(town.name) + 99) % 99
  const order = real.toSorted((a, b) => rank(a) - rank(b))
  const kept = new Set(order.slice(0, counts.towns))
  const towns = real.filter(town => kept.has(town))
  const taken = new Set(real.map(town => town.name))
  for (let next = 0; towns.length < counts.towns; next++) {
    const name = inventTown(random, taken, next < 80)
    const code = `${COUNTY}${next < 80 ? 120 + next : 220 + next - 80}`
    towns.push({ code, name, sites: [] })
  }
  const of = (town: NamedTown, community: boolean) =>
    town.sites.filter(site => site.community === community).length
  const share = (count: number, community: boolean) => {
    const whole = community ? AT_FULL_SIZE.communities : AT_FULL_SIZE.villages
    const each = whole / AT_FULL_SIZE.towns
    const most = community ? 199 : 200
    return apportion(
      count,
      towns.map(town => (town.sites.length > 0 ? of(town, community) : each)),
      most,
    )
  }
  const villages = share(counts.villages, false)
  const communities = share(counts.communities, true)
  return towns.map((town, i) => {
    const names = new Set(town.sites.map(site => site.name))
    const sites = [true, false].flatMap(community =>
      extend(town, community, (community ? communities : villages)[i]!, names, random),
    )
    return { code: town.code, name: town.name, sites }
  })
}

/** The town's real sites of a sort, cut off or continued with invented ones. */
function extend(
  town: NamedTown,
  community: boolean,
  count: number,
  names: Set<string>,
  random: Random,
): NamedSite[] {
  const known = town.sites.filter(site => site.community === community)
  const keep = Math.min(count, known.length)
  const sites = Array.from({ length: keep }, (_, i) => known[Math.floor((i * known.length) / keep)]!)
  const taken = new Set(sites.map(site => site.code))
  for (let next = community ? 1 : 201; sites.length < count; next++) {
    const code = `${town.code}${String(next === 400 ? 200 : next).padStart(3, '0')}`
    if (taken.has(code)) continue
    const name = inventSite(random, community, names)
    sites.push({ code, name, community, urban: false, point: null })
  }
  return sites
}

/** Whole numbers in proportion to the weights, none above `most`; remainders to the largest fractions. */
function apportion(total: number, weights: readonly number[], most: number): number[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  const exact = weights.map(weight => (sum === 0 ? total / weights.length : (total * weight) / sum))
  const shares = exact.map(share => Math.min(most, Math.floor(share)))
  const order = exact.map((_, i) => i).sort((a, b) => (exact[b]! % 1) - (exact[a]! % 1) || a - b)
  let left = total - shares.reduce((a, b) => a + b, 0)
  for (let i = 0; left > 0; i = (i + 1) % order.length)
    if (shares[order[i]!]! < most) {
      shares[order[i]!]!++
      left--
    }
  return shares
}

function readTowns(): NamedTown[] {
  const rows = readFileSync(projectFile(`${FILES}.csv`), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
  const towns: { code: string; name: string; sites: NamedSite[] }[] = []
  for (const row of rows) {
    const [code, parent, name, level, sort, longitude, latitude] = row.split(',')
    if (level === 'town')
      towns.push({ code: code!.slice(0, 9), name: name!.replace(/办事处$/, ''), sites: [] })
    const town = towns.find(town => town.code === parent?.slice(0, 9))
    if (!town || level !== 'village' || code === SURPLUS) continue
    const community = name!.endsWith('社区居委会')
    const short = name!.replace(community ? /居委会$/ : /村?委会$/, '')
    town.sites.push({
      code: code!,
      name: /[村社区]$/.test(short) ? short : `${short}村`,
      community,
      urban: community || (town.name === '怀柔地区' && sort === '111'),
      point: longitude ? fromGcj(Number(longitude), Number(latitude)) : pointOf(town.name, short),
    })
  }
  return towns.filter(town => town.name in TOWN_GROUND)
}

const pointOf = (town: string, village: string): Degrees | null =>
  VILLAGE_POINTS[town]?.[village.replace(/村$/, '')] ?? null

const FAMILIES = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎',
]
const PLACES = [
  '庄',
  '各庄',
  '营',
  '家沟',
  '家峪',
  '家台',
  '家铺',
  '家店',
  '家窝铺',
  '家湾',
  '家岭',
  '家坨',
  '家坟',
  '家栅子',
]
const SIDES = ['', '东', '西', '南', '北', '前', '后', '上', '下', '大', '小']
const HILLS = [...'云石松青白龙凤金玉柏桃梨栗泉溪岩虎鹿鹰雁']
const SHAPES = ['河', '岭', '峪', '沟', '台', '泉', '湾', '川', '坪', '关']
const ESTATES = [...'安康福兴华和瑞祥锦荣宁泰嘉景惠']

const inventSite = (random: Random, community: boolean, taken: Set<string>) =>
  untaken(taken, () =>
    community
      ? `${random.pick(ESTATES)}${random.pick(ESTATES)}${random.pick(['园', '里', '家园', '苑'])}社区`
      : `${random.pick(SIDES)}${random.pick(FAMILIES)}${random.pick(PLACES)}村`,
  )

const inventTown = (random: Random, taken: Set<string>, town: boolean) =>
  untaken(taken, () => {
    const stem = `${random.pick(SIDES)}${random.pick(HILLS)}${random.pick(SHAPES)}`
    return stem.length > 1 ? `${stem}${town ? '镇' : '乡'}` : stem
  })

function untaken(taken: Set<string>, invent: () => string): string {
  for (;;) {
    const name = invent()
    if (taken.has(name)) continue
    taken.add(name)
    return name
  }
}
