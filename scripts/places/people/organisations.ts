// Organisations: firms in factory premises, shops, offices, schools, clinics, with what must be looked after there.
import { areaSquareMetres } from '../../../core/topology/index.ts'
import { pointEwkb } from '../../../server/imports/ewkb.ts'
import { apportion } from '../../../server/registry/apportion.ts'
import type { Building, Random, Use } from '../place.ts'
import { creditCodeOf, phoneOf } from './identities.ts'
import { buildingPicker, byUse, pointInside } from './inside.ts'
import { givenNameOf, surnameOf } from './names.ts'
import { pickerOf } from './picker.ts'
import { IMPORTED, type Table, tableOf, type Village } from './village.ts'

/** What firms of an industry are called, how many work there, and what is special about some of them. */
interface Trade {
  readonly kind: string
  readonly industry: string
  readonly suffix: string
  readonly weight: number
  readonly employees: readonly [low: number, high: number]
  readonly keyPlace?: readonly [what: string, share: number]
  /** Share with boilers, lifts, cranes or pressure vessels. */
  readonly equipment?: number
}
const trade = (
  kind: string,
  industry: string,
  suffix: string,
  weight: number,
  employees: readonly [number, number],
  more: Pick<Trade, 'keyPlace' | 'equipment'> = {},
): Trade => ({ kind, industry, suffix, weight, employees, ...more })

const FACTORIES = pickerOf(
  [
    trade('factory', '机械制造', '机械有限公司', 10, [6, 90], { equipment: 0.4 }),
    trade('factory', '包装印刷', '包装制品有限公司', 8, [5, 50], { keyPlace: ['易燃物品仓库', 0.12] }),
    trade('factory', '家具制造', '家具有限公司', 9, [8, 80], { keyPlace: ['粉尘涉爆', 0.3] }),
    trade('factory', '食品加工', '食品有限公司', 9, [8, 120], {
      keyPlace: ['涉氨制冷', 0.1],
      equipment: 0.3,
    }),
    trade('factory', '制鞋', '鞋业有限公司', 7, [10, 140], { keyPlace: ['胶粘剂储存', 0.2] }),
    trade('factory', '塑料制品', '塑胶制品有限公司', 7, [5, 50], { keyPlace: ['易燃物品仓库', 0.15] }),
    trade('factory', '电子设备', '电子科技有限公司', 6, [10, 160], { equipment: 0.15 }),
    trade('factory', '建材', '建材有限公司', 8, [4, 40], { equipment: 0.2 }),
    trade('factory', '汽车配件', '汽车配件有限公司', 5, [6, 80], { equipment: 0.3 }),
    trade('factory', '五金加工', '五金制品厂', 9, [3, 30], { equipment: 0.1 }),
    trade('factory', '纺织服装', '服饰有限公司', 6, [8, 90]),
    trade('factory', '化工', '涂料有限公司', 2, [6, 40], { keyPlace: ['危险化学品', 0.8], equipment: 0.3 }),
    trade('warehouse', '仓储物流', '物流有限公司', 7, [4, 60], { keyPlace: ['人员密集', 0.05] }),
  ].map(of => [of, of.weight] as const),
)
const OTHERS = pickerOf(
  [
    trade('shop', '零售', '超市', 12, [1, 8]),
    trade('shop', '零售', '便利店', 10, [1, 4]),
    trade('shop', '零售', '五金经营部', 5, [1, 4]),
    trade('shop', '零售', '农资经营部', 3, [1, 4], { keyPlace: ['农药储存', 0.5] }),
    trade('shop', '医药零售', '大药房', 3, [2, 6]),
    trade('restaurant', '餐饮', '餐馆', 11, [2, 14], { keyPlace: ['液化气瓶', 0.6] }),
    trade('restaurant', '餐饮', '火锅店', 3, [5, 30], { keyPlace: ['人员密集', 0.4] }),
    trade('service', '居民服务', '理发店', 5, [1, 5]),
    trade('service', '居民服务', '洗车行', 2, [2, 7]),
    trade('service', '修理', '汽车修理厂', 3, [2, 12], { keyPlace: ['易燃物品仓库', 0.1] }),
    trade('service', '物业管理', '物业服务有限公司', 2, [6, 40]),
    trade('office', '商务服务', '商贸有限公司', 8, [2, 20]),
    trade('office', '信息技术', '信息技术有限公司', 3, [3, 60]),
    trade('office', '建筑', '建筑工程有限公司', 4, [6, 90]),
    trade('hotel', '住宿', '宾馆', 2, [4, 26], { keyPlace: ['人员密集', 0.9], equipment: 0.3 }),
    trade('service', '文化娱乐', '网吧', 1, [3, 9], { keyPlace: ['人员密集', 0.9] }),
    trade('farm', '农业', '种植专业合作社', 4, [3, 30]),
    trade('service', '养老', '养老服务中心', 1, [5, 30], { keyPlace: ['人员密集', 1] }),
  ].map(of => [of, of.weight] as const),
)
/** One for every block of these uses. */
const INSTITUTIONS: Partial<Record<Use, Trade>> = {
  school: trade('school', '教育', '学校', 1, [12, 120], { keyPlace: ['人员密集', 1] }),
  hospital: trade('clinic', '医疗卫生', '卫生院', 1, [8, 140], { keyPlace: ['人员密集', 1], equipment: 0.5 }),
  office: trade('office', '公共管理', '办公楼', 1, [8, 80]),
}
const FIRST = '鑫宏恒瑞盛华天金永博锦诚泰兴和嘉祥旺德'
const SECOND = '源达丰顺隆康辉信昌利荣业成安通益宇腾'

export interface Organisation {
  readonly id: string
  readonly building: Building
}

/** As many as the quota says, of which exactly so many have factory premises. */
export function organisationRows(
  village: Village,
  random: Random,
): { table: Table; organisations: Organisation[] } {
  const { buildings, quota, origin, figures } = village
  const table = tableOf(
    'organisation',
    `${IMPORTED} name kind industry credit_code employees special_equipment key_place factory_premises floor_area_m2 contact phone building_id point`,
  )
  const organisations: Organisation[] = []
  const write = (building: Building, of: Trade, name: string, premises: boolean, share: number): void => {
    const id = random.id()
    const [low, high] = of.employees
    const employees = Math.round(low + (high - low) * random.next() ** 2.2)
    const equipment = of.equipment !== undefined && random.next() < of.equipment ? random.whole(1, 6) : 0
    const key = of.keyPlace && random.next() < of.keyPlace[1] ? of.keyPlace[0] : null
    const born = random.whole(1962, 1996)
    organisations.push({ id, building })
    table.rows.push([
      origin.county,
      id,
      id,
      origin.importId,
      name,
      of.kind,
      of.industry,
      creditCodeOf(origin.county, random),
      employees,
      equipment,
      key,
      premises,
      Math.round(Math.max(20, floorArea(building) * share)),
      surnameOf(random) + givenNameOf(born, random.next() < 0.7, random),
      phoneOf(random),
      building.id,
      pointEwkb(pointInside(building, random)),
    ])
  }
  const firm = (of: Trade, prefix: string) =>
    `${prefix}${FIRST[random.whole(0, FIRST.length - 1)]}${SECOND[random.whole(0, SECOND.length - 1)]}${of.suffix}`

  const others = () => quota.organisations - quota.factoryPremises - organisations.length
  for (const block of village.blocks) {
    const of = INSTITUTIONS[block.use]
    const own = buildings.filter(({ estate, use }) => use === block.use && estate === block.name)
    const home = own.reduce<Building | undefined>(
      (main, building) => (main && floorArea(main) >= floorArea(building) ? main : building),
      undefined,
    )
    if (of && home && others() > 0) write(home, of, block.name ?? village.site.name + of.suffix, false, 1)
  }
  const shops = buildingPicker(buildings, byUse(HOSTS))
  if (shops)
    for (let count = others(); count > 0; count--) {
      const of = OTHERS(random)
      const company = of.suffix.endsWith('公司') || of.kind === 'farm'
      write(shops(random), of, firm(of, company ? figures.city : ''), false, 0.2)
    }
  for (const [building, count] of premisesOf(buildings, quota.factoryPremises))
    for (let i = 0; i < count; i++) {
      const of = FACTORIES(random)
      write(building, of, firm(of, figures.city), true, 1 / count)
    }
  return { table, organisations }
}

const HOSTS: Partial<Record<Use, number>> = {
  shops: 14,
  'old-town': 7,
  office: 6,
  estate: 0.4,
  houses: 0.35,
  hamlet: 0.2,
  yard: 1,
  factory: 0.6,
}

/** Where workshops are in a village without halls, for each square metre. */
const WORKSHOPS: Partial<Record<Use, number>> = {
  yard: 6,
  'old-town': 2,
  shops: 2,
  houses: 1,
  hamlet: 1,
  office: 0.5,
  estate: 1e-3,
}

/** Premises by building: halls by their area, where a village has any; else workshops at home. */
function premisesOf(buildings: readonly Building[], premises: number): [Building, number][] {
  const halls = buildings.filter(({ use, homesPerFloor }) => use === 'factory' && homesPerFloor === 0)
  const list = halls.length > 0 ? halls : buildings.filter(({ kind }) => !SHELTERS.has(kind))
  const weigh = (building: Building) =>
    floorArea(building) * (halls.length > 0 ? 1 : (WORKSHOPS[building.use] ?? 1e-6))
  const counts = apportion(premises, list.map(weigh))
  return list.map((building, i) => [building, counts[i]!])
}
const SHELTERS: ReadonlySet<string> = new Set([
  'shed',
  'greenhouse',
  'garages',
  'toilets',
  'kiosk',
  'gatehouse',
])

const floorArea = ({ footprint, storeys }: Building): number =>
  areaSquareMetres([[footprint.flat()]]) * storeys
