// Shangdi 上地街道 in Beijing: twelve communities, all of it town.
import { LATTICE } from '../../../core/topology/index.ts'
import { frameAt } from '../frame.ts'
import type { Random, Site } from '../place.ts'
import type { Point } from './course.ts'
import { divideInto, inReadingOrder, middleOf } from './divided.ts'
import { areaOf, interiorOf } from './face.ts'
import type { Amenity, LayoutOptions } from './layout.ts'
import { chinese } from './names.ts'
import { road } from './network.ts'
import { shapeOf } from './outline.ts'
import { apportion } from './share.ts'
import { gatesOf, outlineFace } from './site-faces.ts'
import { areasOf, type SmallPlace } from './small-place.ts'

/** Streets run along and across this direction. */
const AXIS = -0.05

const TOWN = { code: '110108022', name: '上地街道' }
const UNITS = 56
const GROUPS = 142

const frame = frameAt([Math.round(116.295 * LATTICE), Math.round(40.04 * LATTICE)])

/** Metres east and north of the centre, counter-clockwise. */
const OUTLINE: readonly Point[] = [
  [-1720, 1490],
  [-1690, 600],
  [-1760, -420],
  [-1610, -1480],
  [-700, -1590],
  [250, -1510],
  [1080, -1660],
  [1590, -1380],
  [1510, -560],
  [1640, 330],
  [1480, 1210],
  [600, 1380],
  [-560, 1330],
]

/** From north to south in rows, western ones first. */
const COMMUNITIES: readonly (readonly [code: string, name: string])[] = [
  ['110108022014', '上地科技园社区'],
  ['110108022016', '上地八一社区'],
  ['110108022004', '东馨园社区'],
  ['110108022005', '马连洼北路1号院社区'],
  ['110108022003', '上地西里社区'],
  ['110108022002', '上地东里第二社区'],
  ['110108022012', '紫成嘉园社区'],
  ['110108022001', '上地东里第一社区'],
  ['110108022008', '体大颐清园社区'],
  ['110108022013', '万树园社区'],
  ['110108022015', '上地南路社区'],
  ['110108022010', '树村社区'],
]

const BORDERS =
  '上地西路 信息路 农大南路 马连洼北路 上地东路 后厂村路 树村西路 上地南路 东北旺路 厢黄旗路 正白旗路 体院北路'.split(
    ' ',
  )
const ROOTS =
  '创业 开拓 信息 上地一 上地二 上地三 上地四 上地五 上地六 上地七 上地八 上地九 上地十 树村 博雅 颐清 紫成 万树 东馨 西里 东里 科技 软件 安宁 清河 圆明 福缘 天秀 百旺 菊园 梅园 兰园 竹园 农大 体大 厢黄 正白 镶蓝 正红 镶白'.split(
    ' ',
  )

export function shangdi(random: Random): SmallPlace {
  const outline = outlineFace(frame, OUTLINE, 6, random)
  const { faces, lines } = divideInto(
    outline,
    COMMUNITIES.length,
    {
      axis: AXIS,
      straight: true,
      density: () => 1,
      way: area => road(area > 4e6 ? 'primary' : area > 1.2e6 ? 'secondary' : 'tertiary', 'street'),
    },
    BORDERS,
    random,
  )
  const gates = gatesOf(faces, { every: 400, lattice: AXIS, class: () => 'tertiary' }, random)
  const order = inReadingOrder(
    faces.map((face, i) => ({ face, gates: gates[i]! })),
    ({ face }) => middleOf(face),
  )
  const sites = order.map(({ face, gates: own }, i): Site => {
    const [code, name] = COMMUNITIES[i]!
    return {
      code,
      name,
      town: TOWN,
      area: shapeOf([face]),
      face,
      centre: interiorOf(face),
      ground: 'town',
      gates: own,
    }
  })
  const areas = sites.map(({ face }) => areaOf(face))
  const units = apportion(UNITS, areas, 2)
  const groups = apportion(GROUPS, units, 2)
  return {
    county: '110108',
    sites,
    areas: areasOf(sites),
    tops: [],
    jobs: sites.map((site, i) => ({
      site,
      counts: [units[i]!, groups[i]!],
      options: optionsOf(site, i),
    })),
    specials: [],
    lines,
  }
}

function optionsOf(site: Site, i: number): LayoutOptions {
  const park = (x: number, y: number, hectares: number, name: string): Amenity => ({
    use: 'office',
    name,
    hectares,
    at: [x, y],
  })
  const science: readonly Amenity[] = [
    park(-150, 120, 5, '上地信息产业园'),
    park(180, 140, 4, '上地软件园'),
    park(150, -160, 4, '上地国际科技大厦'),
    park(-180, -170, 5, '上地创业园'),
    { use: 'park', name: '上地科技公园', hectares: 1.6, at: [0, 0] },
  ]
  return {
    roots: ROOTS.filter((_, k) => k % COMMUNITIES.length === i),
    amenities: site.code === '110108022014' ? science : null,
    naming: ({ level, number, running, site: name, places }) =>
      level === 2
        ? `${name}第${chinese(number)}单元`
        : places[0]
          ? `${places[0]}自治小组`
          : `${name}第${running}自治小组`,
  }
}
