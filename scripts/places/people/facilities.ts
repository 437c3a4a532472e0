// Facilities (POI), named and of the kinds that OpenStreetMap has, so that the map's signs fit.
import { interiorPoint, type Position } from '../../../core/topology/index.ts'
import { pointEwkb } from '../../../server/imports/ewkb.ts'
import type { FacilityCategory } from '../../../server/imports/osm-kinds.ts'
import type { Block, Random, Use } from '../place.ts'
import type { VillageGround } from './ground-of-village.ts'
import { buildingPicker, byUse, pointInside } from './inside.ts'
import { pickerOf } from './picker.ts'
import { IMPORTED, type Table, tableOf, type Village } from './village.ts'

type Where = 'trade' | 'road' | 'main road' | 'home'
interface FacilityType {
  readonly category: FacilityCategory
  readonly kind: string
  readonly name: string
  readonly where: Where
  /** How common in a town, on the plain, in the mountains. */
  readonly weights: readonly [number, number, number]
  /** Named after the village and not by a brand. */
  readonly public?: boolean
}
const of = (
  category: FacilityCategory,
  kind: string,
  name: string,
  where: Where,
  weights: readonly [number, number, number],
  isPublic = false,
): FacilityType => ({ category, kind, name, where, weights, public: isPublic })

const TYPES: readonly FacilityType[] = [
  of('shop', 'supermarket', '超市', 'trade', [9, 8, 5]),
  of('shop', 'convenience', '便利店', 'trade', [16, 13, 9]),
  of('shop', 'clothes', '服装店', 'trade', [8, 3, 0]),
  of('shop', 'hardware', '五金店', 'trade', [6, 7, 2]),
  of('shop', 'hairdresser', '理发店', 'trade', [8, 5, 2]),
  of('shop', 'bakery', '面包房', 'trade', [4, 1, 0]),
  of('shop', 'greengrocer', '果蔬店', 'trade', [7, 4, 2]),
  of('shop', 'butcher', '鲜肉铺', 'trade', [4, 4, 1]),
  of('shop', 'mobile_phone', '手机店', 'trade', [4, 2, 0]),
  of('shop', 'car_repair', '汽修店', 'trade', [3, 5, 1]),
  of('shop', 'agrarian', '农资店', 'trade', [0, 4, 3]),
  of('food', 'restaurant', '餐馆', 'trade', [15, 12, 8]),
  of('food', 'fast_food', '小吃店', 'trade', [13, 8, 2]),
  of('food', 'cafe', '茶馆', 'trade', [6, 6, 1]),
  of('health', 'pharmacy', '药店', 'trade', [5, 3, 1]),
  of('health', 'clinic', '卫生室', 'trade', [1.2, 2, 2], true),
  of('health', 'dentist', '口腔诊所', 'trade', [1.5, 0.5, 0]),
  of('education', 'kindergarten', '幼儿园', 'trade', [1.2, 1, 0.3], true),
  of('finance', 'bank', '农商银行网点', 'trade', [1.5, 0.7, 0.2], true),
  of('finance', 'atm', '自动取款机', 'trade', [2, 1, 0.2], true),
  of('lodging', 'hotel', '宾馆', 'trade', [2, 0.8, 0.8]),
  of('lodging', 'guest_house', '农家院', 'home', [0.2, 3, 26]),
  of('public', 'post_office', '快递驿站', 'trade', [3, 3, 2], true),
  of('public', 'library', '图书室', 'trade', [0.3, 1, 1], true),
  of('public', 'social_facility', '日间照料中心', 'trade', [0.8, 0.8, 0.8], true),
  of('worship', 'place_of_worship', '土地庙', 'road', [0.1, 0.8, 1.4], true),
  of('sport', 'fitness_centre', '健身房', 'trade', [1.2, 0.2, 0]),
  of('sport', 'pitch', '健身广场', 'road', [3, 4, 5], true),
  of('transport', 'bus_stop', '公交站', 'main road', [7, 6, 5], true),
  of('transport', 'parking', '停车场', 'road', [6, 4, 7], true),
  of('transport', 'charging_station', '充电站', 'road', [2, 1, 1], true),
  of('transport', 'fuel', '加油站', 'main road', [0.3, 0.5, 0.2], true),
  of('safety', 'fire_hydrant', '消火栓', 'road', [5, 4, 2], true),
  of('safety', 'police', '警务室', 'trade', [0.5, 0.6, 0.6], true),
  of('safety', 'fire_station', '微型消防站', 'trade', [0.7, 0.7, 0.8], true),
  of('other', 'toilets', '公共厕所', 'road', [4, 4, 7], true),
  of('other', 'recycling', '垃圾分类投放点', 'road', [11, 11, 12], true),
  of('other', 'marketplace', '农贸市场', 'trade', [0.4, 0.4, 0.1], true),
]
const pickers = {
  town: pickerOf(TYPES.map(type => [type, type.weights[0]] as const)),
  plain: pickerOf(TYPES.map(type => [type, type.weights[1]] as const)),
  mountain: pickerOf(TYPES.map(type => [type, type.weights[2]] as const)),
}
/** One for every block of these uses. */
const OF_BLOCK: Partial<Record<Use, Pick<FacilityType, 'category' | 'kind' | 'name'>>> = {
  school: { category: 'education', kind: 'school', name: '小学' },
  hospital: { category: 'health', kind: 'hospital', name: '卫生院' },
  square: { category: 'other', kind: 'square', name: '文化广场' },
  park: { category: 'sport', kind: 'park', name: '公园' },
  office: { category: 'public', kind: 'townhall', name: '便民服务中心' },
  yard: { category: 'transport', kind: 'bus_station', name: '客运站' },
}
const FIRST = '好惠喜福佳阿老小新鑫旺聚悦四季春'
const SECOND = '又多来乐邻里家味香园记缘客屋鲜'

/** As many as the quota says: the committee, what blocks are for, then shops and all the rest. */
export function facilityRows(village: Village, ground: VillageGround, random: Random): Table {
  const { site, origin, quota, blocks, buildings } = village
  const table = tableOf('facility', `${IMPORTED} name category kind point`)
  const room = () => quota.facilities - table.rows.length
  const write = (category: string, kind: string, name: string, point: Position): void => {
    const id = random.id()
    table.rows.push([origin.county, id, id, origin.importId, name, category, kind, pointEwkb(point)])
  }
  const trade = buildingPicker(
    buildings,
    byUse({ shops: 14, 'old-town': 8, office: 2, estate: 0.2, houses: 0.6, hamlet: 0.4 }),
  )
  const home = buildingPicker(buildings, byUse({ houses: 1, hamlet: 1, 'old-town': 0.5 }))
  if (!trade || !home) return table
  const seat = buildings.find(({ use }) => use === 'office') ?? trade(random)
  if (room() > 0) write('public', 'community_centre', `${site.name}党群服务中心`, pointInside(seat, random))
  for (const block of blocks) {
    const type = OF_BLOCK[block.use]
    if (!type || room() === 0) continue
    const building = buildings.find(({ use, estate }) => use === block.use && estate === block.name)
    write(
      type.category,
      type.kind,
      block.name ?? site.name + type.name,
      building ? building.point : middleOf(block),
    )
  }
  const pick = pickers[site.ground]
  while (room() > 0) {
    const type = pick(random)
    const beside = type.where.endsWith('road') ? besideRoad(ground, type.where === 'main road', random) : null
    if (beside) {
      const name = `${beside.line.name ?? site.name}${type.name}`
      write(type.category, type.kind, name, beside.point)
      continue
    }
    const building = (type.where === 'home' ? home : trade)(random)
    const brand = `${FIRST[random.whole(0, FIRST.length - 1)]}${SECOND[random.whole(0, SECOND.length - 1)]}`
    write(
      type.category,
      type.kind,
      (type.public ? site.name : brand) + type.name,
      pointInside(building, random),
    )
  }
  return table
}

const MAIN: ReadonlySet<string> = new Set(['primary', 'secondary', 'tertiary'])
/** Draws until a village without main roads makes do with another. */
const TRIALS = 40

/** A place at the edge of a road; null where there is none. */
function besideRoad(ground: VillageGround, main: boolean, random: Random) {
  if (ground.roadMetres === 0) return null
  const draw = () => ground.beside(random.next() * ground.roadMetres, ({ halfWidth }) => halfWidth - 0.5)
  let drawn = draw()
  for (let trial = 1; main && trial < TRIALS && !(drawn && MAIN.has(drawn.line.class)); trial++)
    drawn = draw()
  return drawn
}

const middleOf = ({ ring }: Block): Position => interiorPoint([[ring.flat()]])
