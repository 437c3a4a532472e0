// Chuzhou: 滁州街道 in Zouping with four areas 管理区, 29 rural grids in its villages, five in its seat.
import { type GridKind, LATTICE } from '../../../core/topology/index.ts'
import { frameAt } from '../frame.ts'
import type { Face, GeneratedGrid, Random, Site } from '../place.ts'
import { between, type Point } from './course.ts'
import { divideInto, inReadingOrder, middleOf } from './divided.ts'
import { areaOf, interiorOf } from './face.ts'
import { road } from './network.ts'
import { shapeOf, union } from './outline.ts'
import { apportion, join, type Patch } from './share.ts'
import { bordersOf, gatesOf, outlineFace } from './site-faces.ts'
import { areasOf, type Job, type SmallPlace } from './small-place.ts'
import type { Naming } from './tree.ts'

const TOWN = { code: '371626001', name: '滁州街道' }
const RURAL = 29
const SEAT = 5
const frame = frameAt([Math.round(117.73 * LATTICE), Math.round(36.87 * LATTICE)])

const OUTLINE: readonly Point[] = [
  [-2750, 1300],
  [-2900, 200],
  [-2480, -1050],
  [-1650, -1900],
  [-400, -2350],
  [900, -2250],
  [1900, -1750],
  [2800, -900],
  [2720, 300],
  [2350, 1450],
  [1500, 2250],
  [250, 2120],
  [-950, 2480],
  [-1950, 2060],
]

const COMMUNITIES: readonly (readonly [string, string])[] = [
  ['371626001001', '黛中社区'],
  ['371626001002', '永安社区'],
  ['371626001003', '东明社区'],
  ['371626001004', '中兴社区'],
  ['371626001005', '顺和社区'],
  ['371626001006', '环翠社区'],
]
const VILLAGES: readonly (readonly [string, string])[] = [
  ['371626001213', '西范村'],
  ['371626001214', '北范村'],
  ['371626001215', '前城村'],
  ['371626001216', '后城村'],
  ['371626001217', '韦家村'],
  ['371626001218', '滕家村'],
  ['371626001219', '马庄村'],
  ['371626001220', '成五村'],
  ['371626001221', '聚和村'],
  ['371626001222', '张高村'],
  ['371626001223', '十里铺村'],
  ['371626001224', '韩坊村'],
  ['371626001225', '郭庄村'],
]
const AREAS = ['城区管理区', '城北管理区', '城东管理区', '城南管理区']
const BORDERS =
  '黛溪大道 黄山路 鹤伴路 醴泉路 会仙路 月河路 广场路 范公路 环城北路 环城南路 韦家路 滕家路 张高路 韩坊路 郭庄路'.split(
    ' ',
  )
const ROOTS =
  '黛溪 黄山 鹤伴 醴泉 会仙 月河 广场 范公 环翠 永安 东明 中兴 顺和 黛中 雪花 梁邹 学府 前城 后城 文昌'.split(
    ' ',
  )

/** Km² of a community and of a village. */
const SIZE = { seat: 0.62, village: 1.5 }

export function chuzhou(random: Random): SmallPlace {
  const outline = outlineFace(frame, OUTLINE, 12, random)
  const seatRadius = Math.sqrt((SIZE.seat * COMMUNITIES.length) / Math.PI) * 1000
  const middle: Point = [200, 250]
  const { faces, lines } = divideInto(
    outline,
    COMMUNITIES.length + VILLAGES.length,
    {
      axis: 0.08,
      straight: false,
      density: position =>
        between(frame.metres(position), middle) < seatRadius ? 1 / SIZE.seat : 1 / SIZE.village,
      way: area => road(area > 9e6 ? 'primary' : area > 2.5e6 ? 'secondary' : 'tertiary', 'street'),
    },
    BORDERS,
    random,
  )
  const away = (face: Face) => between(frame.metres(middleOf(face)), middle)
  const byDistance = [...faces].sort((a, b) => away(a) - away(b))
  const seat = inReadingOrder(byDistance.slice(0, COMMUNITIES.length), middleOf)
  const country = inReadingOrder(byDistance.slice(COMMUNITIES.length), middleOf)
  const gates = gatesOf(
    faces,
    {
      every: 900,
      class: (a, b) =>
        b === null
          ? 'residential'
          : seat.includes(faces[a]!) || seat.includes(faces[b]!)
            ? 'secondary'
            : 'tertiary',
    },
    random,
  )
  const siteOf = (face: Face, [code, name]: readonly [string, string], ground: Site['ground']): Site => ({
    code,
    name,
    town: TOWN,
    area: shapeOf([face]),
    face,
    centre: interiorOf(face),
    ground,
    gates: gates[faces.indexOf(face)]!,
  })
  const communities = seat.map((face, i) => siteOf(face, COMMUNITIES[i]!, 'town'))
  const villages = country.map((face, i) => siteOf(face, VILLAGES[i]!, 'plain'))

  const zones = [
    paired(communities),
    ...zonesOf(villages).map(zone => zone.map((site): Shared => ({ site, pieces: [] }))),
  ]
  const rural = apportion(
    RURAL,
    villages.map(({ face }) => areaOf(face)),
    1,
  )
  const tops: GeneratedGrid[] = []
  const jobs: Job[] = []
  zones.forEach((zone, z) => {
    const top = {
      id: random.id(),
      code: `${TOWN.code.slice(0, 9)}${601 + z}001`,
      name: AREAS[z]!,
      level: 1 as const,
      parent: null,
      leaf: false,
      kind: 'basic' as GridKind,
    }
    tops.push({ ...top, shape: union(zone.map(({ site }) => site.area)) })
    let first = 1
    for (const { site, pieces } of inReadingOrder(zone, ({ site: { face } }) => middleOf(face))) {
      const count = site.ground === 'town' ? 1 : rural[villages.indexOf(site)]!
      jobs.push({
        site,
        counts: [count],
        options: {
          below: { ...top, first },
          pieces,
          houses: 'compact',
          persons: 800 * count,
          roots: ROOTS,
          naming: villageNaming(first, count),
        },
      })
      first += count
    }
  })
  if (jobs.reduce((sum, { counts }) => sum + counts[0]!, 0) !== RURAL + SEAT)
    throw new Error('Grids of Chuzhou that do not add up.')
  return {
    county: '371626',
    sites: [...communities, ...villages],
    areas: areasOf([...communities, ...villages]),
    tops,
    jobs,
    specials: [],
    lines,
  }
}

/** Grids of a village are counted from one, whatever number they have in their area. */
const villageNaming =
  (first: number, count: number): Naming =>
  ({ site, number }) =>
    count === 1 ? `${site}网格` : `${site}第${number - first + 1}网格`

interface Shared {
  readonly site: Site
  readonly pieces: readonly Face[]
}

/** Six communities are five grids: the smallest shares one with its smallest neighbour. */
function paired(communities: readonly Site[]): Shared[] {
  const sites = [...communities].sort((a, b) => areaOf(a.face) - areaOf(b.face))
  for (const small of sites)
    for (const other of sites) {
      if (small === other || bordersOf([small.face, other.face]).every(({ b }) => b === null)) continue
      const both: Site = {
        ...other,
        name: `${small.name.replace('社区', '')}${other.name}`,
        area: union([small.area, other.area]),
        gates: [...other.gates, ...small.gates],
      }
      const rest = sites.filter(site => site !== small && site !== other)
      return [{ site: both, pieces: [small.face] }, ...rest.map(site => ({ site, pieces: [] }))]
    }
  throw new Error('Communities that do not touch.')
}

/** The villages in three areas of neighbours. */
function zonesOf(villages: readonly Site[]): Site[][] {
  const patches = villages.map(
    ({ face }): Patch => ({ face, use: null, name: null, weight: areaOf(face), sort: 'land' }),
  )
  const groups = join(patches, AREAS.length - 1).map(group =>
    group.map(patch => villages[patches.indexOf(patch)]!),
  )
  return inReadingOrder(groups, group => middleOf(group[0]!.face))
}
