// A made-up town by the rules of areas 片区: areas span villages, one village is one grid, an enterprise area lies in parcels.
import { type GridKind, LATTICE, type Position } from '../../../core/topology/index.ts'
import { frameAt } from '../frame.ts'
import type { Face, GeneratedGrid, Line, Random, Site, SpecialSite } from '../place.ts'
import { carveFrontage, carveSector } from './carve.ts'
import { between, densify, type Point } from './course.ts'
import { divideInto, fuse, inReadingOrder, middleOf } from './divided.ts'
import { areaOf, cut, interiorOf, measured } from './face.ts'
import { ROADS, road } from './network.ts'
import { shapeOf, union } from './outline.ts'
import { join, type Patch } from './share.ts'
import { gatesOf, outlineFace } from './site-faces.ts'
import { areasOf, type Job, type SmallPlace } from './small-place.ts'

const TOWN = { code: '990001101', name: '青禾镇' }
const frame = frameAt([Math.round(118.6 * LATTICE), Math.round(31.9 * LATTICE)])

const OUTLINE: readonly Point[] = [
  [-2600, 1500],
  [-2750, 300],
  [-2300, -900],
  [-1500, -1950],
  [-200, -2250],
  [1100, -2050],
  [2200, -1500],
  [2850, -300],
  [2500, 900],
  [1850, 1900],
  [600, 2350],
  [-700, 2150],
  [-1800, 2300],
]

const VILLAGES = '柳塘村 青禾村 石埠村 东岗村 荷叶村 新桥村 竹园村 官塘村 上庄村 河口村'.split(' ')
const AREAS = ['北片区', '西片区', '东片区', '南片区']
const BORDERS = '青禾大道 柳塘路 石埠路 东岗路 荷叶路 新桥路 竹园路 官塘路 上庄路 河口路 迎宾路'.split(' ')
const SUB_GRIDS = [4, 3, 5, 3, 4, 4, 3, 5, 4, 3]

interface Carving {
  face: Face
  pieces: Face[]
  /** Where its gates are. */
  readonly taken: ReadonlySet<string>
}

interface Parcel {
  readonly name: string
  readonly site: string
  readonly face: Face
}

export function areaGrid(random: Random): SmallPlace {
  const outline = outlineFace(frame, OUTLINE, 14, random)
  const { faces, lines } = divideInto(
    outline,
    VILLAGES.length,
    {
      axis: null,
      straight: false,
      density: () => 1,
      way: area => road(area > 9e6 ? 'primary' : area > 4e6 ? 'secondary' : 'tertiary', 'street'),
    },
    BORDERS,
    random,
  )
  const gates = gatesOf(
    faces,
    { every: 1300, class: (_, b) => (b === null ? 'residential' : 'tertiary') },
    random,
  )
  const order = inReadingOrder(
    faces.map((face, i) => ({ face, gates: gates[i]! })),
    ({ face }) => middleOf(face),
  )
  const inner: Line[] = []
  const carvings = order.map(
    ({ face, gates: own }): Carving => ({ face, pieces: [], taken: new Set(own.map(({ at }) => at.join())) }),
  )
  const parcels = parcelsOf(carvings, inner, random)
  const sites = order.map(({ face, gates: own }, i) => {
    const carving = carvings[i]!
    const site: Site = {
      code: codeOf(i),
      name: VILLAGES[i]!,
      town: TOWN,
      area: shapeOf([face]),
      face: carving.face,
      centre: interiorOf(carving.face),
      ground: 'plain',
      gates: own,
    }
    return { site, pieces: carving.pieces }
  })

  const tops: GeneratedGrid[] = []
  const jobs: Job[] = []
  const patches = sites.map(
    ({ site: { face } }): Patch => ({ face, use: null, name: null, weight: areaOf(face), sort: 'land' }),
  )
  const groups = join(patches, AREAS.length).map(group => group.map(patch => sites[patches.indexOf(patch)]!))
  inReadingOrder(groups, group => middleOf(group[0]!.site.face)).forEach((group, z) => {
    const top = {
      id: random.id(),
      code: `${TOWN.code.slice(0, 9)}${601 + z}001`,
      name: AREAS[z]!,
      level: 1 as const,
      parent: null,
      leaf: false,
      kind: 'basic' as GridKind,
    }
    const grounds = group.map(({ site, pieces }) => shapeOf([site.face, ...pieces]))
    tops.push({ ...top, shape: union(grounds) })
    inReadingOrder(group, ({ site }) => middleOf(site.face)).forEach(({ site, pieces }, k) => {
      jobs.push({
        site,
        counts: [1, SUB_GRIDS[sites.findIndex(other => other.site === site)]!],
        options: {
          below: { ...top, first: k + 1 },
          pieces,
          houses: 'compact',
          persons: 1900,
          naming: ({ level, site: name, number }) => (level === 2 ? `${name}网格` : `${name}子网格${number}`),
        },
      })
    })
  })
  const enterprise: SpecialSite = {
    code: `${TOWN.code.slice(0, 9)}605`,
    name: '企业片区',
    kind: 'enterprise',
    town: TOWN,
    pieces: parcels,
    parts: true,
  }
  return {
    county: '990001',
    sites: sites.map(({ site }) => site),
    areas: areasOf(sites.map(({ site }) => site)),
    tops,
    jobs,
    specials: [enterprise],
    lines: [...lines, ...inner],
  }
}

/** How many parcels, each a grid, the enterprise area has. */
const PARCELS = 8

const ENCLOSED = 2

const codeOf = (village: number): string => `${TOWN.code.slice(0, 9)}${200 + village + 1}`

/** Parcels out of the villages: two strictly inside one, the others along roads on borders. */
function parcelsOf(carvings: readonly Carving[], lines: Line[], random: Random): Parcel[] {
  const found: { village: number; face: Face }[] = []
  const add = (village: number, face: Face | null) => {
    if (face) found.push({ village, face })
  }
  for (const [i, carving] of carvings.entries())
    if (found.length < ENCLOSED) add(i, enclosed(carving, lines, random))
  for (let round = 0; round < 6; round++)
    for (let k = carvings.length - 1; k >= 0; k--)
      if (found.length < PARCELS) add(k, atRoad(carvings[k]!, random))
  if (found.length !== PARCELS) throw new Error('Parcels of the enterprise area that found no room.')
  return found.map(({ village, face }, i) => ({ name: `企业第${i + 1}网格`, site: codeOf(village), face }))
}

/** A parcel along a main road of the village's border, clear of its gates. */
function atRoad(carving: Carving, random: Random): Face | null {
  for (let tries = 0; tries < 20; tries++) {
    const { face, taken } = carving
    const carved = carveFrontage(face, random.whole(200, 380), random.whole(130, 210), random)
    if (!carved || carved.piece.ring.some(position => taken.has(position.join()))) continue
    carving.face = carved.rest
    return carved.piece
  }
  return null
}

/**
 * A parcel strictly inside the village: a lane from border to border halves the village, a piece is taken from the middle
 * of either side; the lane does not run on through the parcel.
 */
function enclosed(carving: Carving, lines: Line[], random: Random): Face | null {
  const { face, taken } = carving
  const m = measured(face)
  const [minX, minY, maxX, maxY] = m.box
  const middle: Point = [(minX + maxX) / 2 - 150, (minY + maxY) / 2 + 120]
  const at = (i: number): Point => [m.xs[i]!, m.ys[i]!]
  const n = face.ring.length
  const pairs = face.ring
    .map((_, i) => [i, (i + Math.floor(n / 2)) % n] as const)
    .filter(([a, b]) => ![a, b].some(i => taken.has(face.ring[i]!.join())))
    .sort((p, q) => between(at(p[0]), at(p[1])) - between(at(q[0]), at(q[1])))
  for (const [from, to] of pairs) {
    const points = [at(from), middle, at(to)]
    const inner = densify(points, 28).map(([x, y]) => m.frame.position(x, y))
    const course = [face.ring[from]!, ...inner, face.ring[to]!]
    const centre = nearest(course.map(m.frame.metres), middle)
    const reach = 5
    if (centre < reach + 3 || centre > course.length - reach - 4) continue
    const lane = (path: Position[]): Line => ({
      id: random.id(),
      kind: 'road',
      class: 'service',
      name: null,
      path,
      halfWidth: ROADS.service,
    })
    const [first, second] = [lane(course.slice(0, centre - reach + 1)), lane(course.slice(centre + reach))]
    const along = course
      .slice(1)
      .map((_, i) => (i < centre - reach ? first : i >= centre + reach ? second : null))
    const halves = cut(face, from, to, inner, along)
    if (!halves) continue
    const radius = (reach - 0.5) * 28
    const [start, end] = [course[centre - reach]!, course[centre + reach]!].map(m.frame.metres) as [
      Point,
      Point,
    ]
    const turn = Math.atan2(end[1] - start[1], end[0] - start[0])
    const carved = halves.map(half =>
      carveSector(
        half,
        half.ring.findIndex(([x, y]) => x === course[centre]![0] && y === course[centre]![1]),
        radius,
        direction => squarish(direction - turn),
      ),
    )
    const [one, two] = carved
    if (!one || !two) continue
    carving.face = areaOf(one.rest) > areaOf(two.rest) ? one.rest : two.rest
    carving.pieces = [areaOf(one.rest) > areaOf(two.rest) ? two.rest : one.rest]
    lines.push(first, second)
    return fuse(one.piece, two.piece)
  }
  return null
}

/** The radius of a square with round corners by direction. */
const squarish = (direction: number): number =>
  0.98 / (Math.abs(Math.cos(direction)) ** 6 + Math.abs(Math.sin(direction)) ** 6) ** (1 / 6)

const nearest = (points: readonly Point[], goal: Point): number =>
  points.reduce((best, point, i) => (between(point, goal) < between(points[best]!, goal) ? i : best), 0)
