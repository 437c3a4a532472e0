// Bodies 处置部门 of a place: stations of villages, offices and teams of towns, bureaux of the county.
import type { Figures } from '../figures.ts'
import type { Origin } from '../ground-rows.ts'
import type { PlaceName, Random, Site, TableRows } from '../place.ts'
import { phoneOf } from './identities.ts'
import { tableOf } from './village.ts'

export type Circulation = 'micro' | 'small' | 'large'

/** Who handles what: the branch of the incident categories, on the street's side and on the county's. */
const OFFICES: readonly (readonly [
  branch: string,
  kind: 'office' | 'station' | 'team',
  small: string,
  large: string,
])[] = [
  ['public-order', 'station', '派出所', '公安分局'],
  ['disputes', 'station', '司法所', '司法局'],
  ['safety', 'office', '应急管理办公室', '应急管理局'],
  ['appearance', 'team', '综合行政执法队', '城市管理局'],
  ['environment', 'office', '生态环境办公室', '生态环境局'],
  ['social-security', 'office', '便民服务中心', '人力资源和社会保障局'],
  ['livelihood', 'office', '民生服务办公室', '住房和城乡建设局'],
  ['rented-houses', 'team', '流动人口和出租房屋服务站', '流动人口管理办公室'],
  ['unlawful-building', 'office', '规划建设办公室', '规划和自然资源局'],
  ['utilities', 'office', '市政设施管理所', '水务局'],
  ['roads', 'office', '道路养护队', '交通运输局'],
  ['sanitation', 'team', '环境卫生所', '城市管理局'],
  ['landscape', 'team', '园林绿化队', '园林绿化局'],
]
/** Branches without an office of their own go to the one named. */
const SAME: Record<string, string> = {
  'other-objects': 'utilities',
  'city-appearance': 'sanitation',
  advertising: 'appearance',
  construction: 'unlawful-building',
  emergencies: 'safety',
  'street-order': 'appearance',
}
/** The county or district that the place is, or is part of. */
const DISTRICTS: Record<PlaceName, string> = {
  tuanjie: '郫都区',
  huairou: '怀柔区',
  shangdi: '海淀区',
  chuzhou: '邹平市',
  'area-grid': '示范区',
}
const COMPANIES = ['供水公司', '供电公司', '燃气公司', '通信公司', '公交公司']

export interface Bodies {
  readonly rows: readonly TableRows[]
  /** Who handles a branch at a circulation; micro: the station of the village. */
  of(branch: string, circulation: Circulation, site: Site): string
  /** The station 网格工作站 of a village. */
  station(site: Site): string
  /** The street's command centre. */
  centre(town: string): string
}

/**
 * All bodies of a place; the same for the same stream.
 * @param areas areas 片区 or 管理区 that span villages and have a station of their own
 */
export function placeBodies(
  origin: Origin,
  figures: Figures,
  sites: readonly Site[],
  random: Random,
  areas: readonly { readonly code: string; readonly name: string }[] = [],
): Bodies {
  const table = tableOf('body', 'county id name kind circulation area_code phone')
  const ids = new Map<string, string>()
  const write = (key: string, name: string, kind: string, circulation: Circulation, area: string): void => {
    const id = random.id()
    ids.set(key, id)
    table.rows.push([origin.county, id, name, kind, circulation, area, phoneOf(random)])
  }
  write(
    `centre ${origin.county}`,
    `${DISTRICTS[figures.place]}网格化服务管理指挥中心`,
    'station',
    'large',
    origin.county,
  )
  for (const [branch, , , large] of OFFICES) write(`large ${branch}`, large, 'office', 'large', origin.county)
  for (const name of COMPANIES) write(`company ${name}`, name, 'company', 'large', origin.county)
  const towns = new Map(sites.map(({ town }) => [town.code, town.name]))
  for (const [code, name] of towns) {
    write(`centre ${code}`, `${name}网格化服务管理中心`, 'station', 'small', code)
    write(`group ${code}`, `${name}平安建设工作专班`, 'work-group', 'small', code)
    for (const [branch, kind, small] of OFFICES)
      write(`small ${code} ${branch}`, name + small, kind, 'small', code)
  }
  for (const { code, name } of sites) write(`station ${code}`, `${name}网格工作站`, 'station', 'micro', code)
  for (const { code, name } of areas)
    write(`area ${code}`, `${name}工作站`, 'station', 'micro', code.slice(0, 9))
  const idOf = (key: string): string => {
    const id = ids.get(key)
    if (id === undefined) throw new Error(`There is no body “${key}”.`)
    return id
  }
  return {
    rows: [table],
    of(branch, circulation, { code, town }) {
      const office = SAME[branch] ?? branch
      if (circulation === 'micro') return idOf(`station ${code}`)
      return idOf(circulation === 'small' ? `small ${town.code} ${office}` : `large ${office}`)
    },
    station: ({ code }) => idOf(`station ${code}`),
    centre: town => idOf(`centre ${town}`),
  }
}
