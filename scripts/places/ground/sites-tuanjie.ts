// Tuanjie 团结街道 in the Chengdu plain: one community and nine villages on both sides of the Pi river.
import { LATTICE } from '../../../core/topology/index.ts'
import { frameAt } from '../frame.ts'
import type { Face, Line, Random, RoadClass, Site } from '../place.ts'
import type { Point } from './course.ts'
import { areaOf, faceCovers, interiorOf } from './face.ts'
import type { LayoutOptions } from './layout.ts'
import { ROADS } from './network.ts'
import { shapeOf } from './outline.ts'
import { apportion } from './share.ts'
import { gatesOf, outlineFace, slice } from './site-faces.ts'
import { areasOf, type SmallPlace } from './small-place.ts'

/** How many grids there are on levels 2, 3 and 4. */
const GRIDS = [46, 86, 634] as const

const TOWN = { code: '510124101', name: '团结街道' }
const CENTRE: Point = [20, -330]
const BAIMA: Point = [-2000, 200]
const frame = frameAt([Math.round(103.95 * LATTICE), Math.round(30.87 * LATTICE)])

/** Metres east and north of the centre, counter-clockwise. */
const OUTLINE: readonly Point[] = [
  [-3950, 900],
  [-3620, 250],
  [-3550, -420],
  [-2760, -1180],
  [-2380, -1900],
  [-1600, -2010],
  [-520, -2520],
  [600, -2860],
  [1350, -2730],
  [1900, -2990],
  [2950, -2330],
  [3780, -1760],
  [3900, -900],
  [3420, -280],
  [3150, 520],
  [2420, 1250],
  [1560, 1790],
  [1180, 2450],
  [380, 2560],
  [-720, 2850],
  [-1650, 2780],
  [-2420, 3080],
  [-2980, 2500],
  [-3560, 2060],
]

/** Code, name and a place inside of each, in metres. */
const VILLAGES: readonly (readonly [code: string, name: string, inside: Point])[] = [
  ['510124101001', '学府社区', CENTRE],
  ['510124101203', '白马村', BAIMA],
  ['510124101204', '仁义村', [-1800, -1300]],
  ['510124101205', '石桥村', [100, -1900]],
  ['510124101206', '长河村', [-2900, 1600]],
  ['510124101208', '宝华村', [-300, 1700]],
  ['510124101210', '石堤村', [-1600, 2100]],
  ['510124101213', '永定村', [1700, 700]],
  ['510124101214', '太和村', [2400, -2000]],
  ['510124101215', '平安村', [2200, -1050]],
]

/** Tuanjie with 46, 86 and 634 grids below its ten. */
export function tuanjie(random: Random): SmallPlace {
  const lines: Line[] = []
  const bridges: Line[] = []
  const road = (name: string, roadClass: RoadClass): Line => {
    const line: Line = {
      id: random.id(),
      kind: 'road',
      class: roadClass,
      name,
      path: [],
      halfWidth: ROADS[roadClass],
    }
    lines.push(line)
    return line
  }
  const river: Line = {
    id: random.id(),
    kind: 'water',
    class: 'river',
    name: '毗河',
    path: [],
    halfWidth: 35,
  }
  lines.push(river)
  const faces: Face[] = [outlineFace(frame, OUTLINE, 14, random)]
  const across = (line: Line | null, ...points: Point[]) => slice(faces, frame, points, line, bridges)

  across(
    river,
    [-3700, 1850],
    [-2950, 1330],
    [-2280, 1240],
    [-1650, 900],
    [-950, 950],
    [-380, 620],
    [250, 560],
    [800, 150],
    [1380, -60],
    [1900, -560],
    [2700, -700],
    [3250, -1130],
    [3870, -1150],
  )
  const college = road('学院大道', 'primary')
  across(
    college,
    [-3590, -300],
    [-2700, -420],
    [-1900, -680],
    [-930, -830],
    [100, -1120],
    [1130, -1180],
    [2100, -1480],
    [3000, -1560],
    [3850, -1500],
  )
  const north = road('团结北路', 'secondary')
  across(north, [-950, 950], [-1010, 400], [-960, -300], [-930, -830])
  across(road('团结北路', 'secondary'), [-950, 950], [-820, 1500], [-900, 2100], [-740, 2850])
  across(road('团结南路', 'secondary'), [-930, -830], [-800, -1400], [-890, -1900], [-780, -2420])
  const east = road('银杏大道', 'secondary')
  across(east, [1180, -20], [1080, -500], [1130, -1180])
  across(road('银杏大道', 'secondary'), [1180, -20], [980, 600], [1060, 1300], [900, 2480])
  across(road('银杏大道', 'secondary'), [1130, -1180], [1260, -1800], [1180, -2300], [1330, -2740])
  across(road('石堤路', 'tertiary'), [-2250, 1230], [-2080, 1800], [-2150, 2400], [-2000, 2900])

  const gates = gatesOf(
    faces,
    { every: 1500, class: (_, other) => (other === null ? 'residential' : 'tertiary') },
    random,
  )
  // A road that ends at the river goes on over its bridge.
  const bridge = bridges.find(({ name }) => name === '石堤路')
  const south = faces.findIndex(face => faceCovers(face, frame.position(...BAIMA)))
  if (bridge) gates[south]!.push({ at: bridge.path[0]!, class: 'tertiary', name: '白马路' })
  const sites = VILLAGES.map(([code, name, inside]): Site => {
    const i = faces.findIndex(face => faceCovers(face, frame.position(...inside)))
    const face = faces[i]!
    const town = code === VILLAGES[0]![0]
    return {
      code,
      name,
      town: TOWN,
      area: shapeOf([face]),
      face,
      centre: town ? frame.position(...CENTRE) : interiorOf(face),
      ground: town ? 'town' : 'plain',
      gates: gates[i]!,
    }
  })
  const community = sites.map(({ ground }) => ground === 'town')
  // A community has this many times the people of a village.
  const weights = sites.map(({ face }, i) => (community[i] ? 36 : 2 + areaOf(face) / 1e6))
  const two = apportion(GRIDS[0], weights, 2)
  const three = apportion(GRIDS[1], two, 1)
  const four = apportion(GRIDS[2], weights, 2)
  return {
    county: '510124',
    sites,
    areas: areasOf(sites),
    tops: [],
    jobs: sites.map((site, i) => ({
      site,
      counts: [two[i]!, three[i]!, four[i]!],
      options: tuanjieOptions(site),
    })),
    specials: [],
    lines: [...lines, ...bridges],
  }
}

/** How each site of Tuanjie is to be laid out. */
export function tuanjieOptions(site: Site): LayoutOptions {
  const town = { centre: frame.position(...CENTRE), radius: 1550 }
  if (site.ground !== 'town') return { town, works: 34 }
  return {
    amenities: [
      { use: 'school', name: '学府学院', hectares: 22, at: [-520, 300] },
      { use: 'office', name: '团结街道办事处', hectares: 1.3, at: [30, 60] },
      { use: 'square', name: '团结广场', hectares: 1, at: [60, -60] },
      { use: 'shops', name: '团结农贸市场', hectares: 1.1, at: [220, -120] },
      { use: 'hospital', name: '团结医院', hectares: 2.2, at: [350, 260] },
      { use: 'park', name: '毗河公园', hectares: 3.4, at: [330, 560] },
      { use: 'school', name: '团结小学', hectares: 2.2, at: [-260, -250] },
      { use: 'school', name: '团结中学', hectares: 3.6, at: [520, -420] },
      { use: 'school', name: '学府幼儿园', hectares: 0.7, at: [-80, 330] },
      { use: 'park', name: '银杏公园', hectares: 2.4, at: [-420, -420] },
      { use: 'yard', name: '团结客运站', hectares: 1.2, at: [-700, -320] },
      { use: 'shops', name: '学府商业广场', hectares: 1.6, at: [-180, 120] },
    ],
  }
}
