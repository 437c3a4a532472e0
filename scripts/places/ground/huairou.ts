// The map of Huairou before anything is in it: towns, villages, communities, special grids, rivers, roads and gates.
import type { Position, Shape } from '../../../core/topology/index.ts'
import { frameAt } from '../frame.ts'
import type { Face, Line, Random, Site, SpecialSite } from '../place.ts'
import { distanceToRing, faceCovers, interiorOf } from './face.ts'
import { type Metres, middleOf, OUTSIDE } from './grow-raster.ts'
import { type Border, bordersOf, outlinesOf, ringOf } from './huairou-borders.ts'
import { carveCorridors } from './huairou-corridors.ts'
import { ZONE_AT, ZONE_NAME } from './huairou-courses.ts'
import { type GrownCounty, growCounty } from './huairou-growth.ts'
import { countsAt, type NamedTown, namedTowns, readFence } from './huairou-names.ts'
import { layRivers } from './huairou-rivers.ts'
import { joinSites, pairsOf } from './huairou-roads.ts'
import { type Bed, layStreets } from './huairou-streets.ts'
import { metresOf } from './huairou-towns.ts'
import { claimZones, type ZonePiece } from './huairou-zone.ts'
import { shapeOf } from './outline.ts'

export interface Area {
  readonly code: string
  readonly name: string
  readonly shape: Shape
}

export interface CountyMap {
  readonly county: Area
  readonly towns: readonly Area[]
  readonly sites: readonly Site[]
  readonly specials: readonly SpecialSite[]
  /** Rivers, streets and field roads along borders; all edges of one course name the same line. */
  readonly lines: readonly Line[]
  /** How many people live in a site, against the others: about 10 in a community where 1 does in a mountain village. */
  readonly weights: ReadonlyMap<string, number>
}

const COUNTY = { code: '110116', name: '怀柔区' }
const ORIGIN: Position = [1165800000, 406500000]
/** Metres that a centre keeps from its village's border where it can. */
const CENTRE_INSIDE = 140
const PARTS = ['一区', '二区', '三区', '四区']

export function huairouSites(scale: number, random: Random): CountyMap {
  const frame = frameAt(ORIGIN)
  const counts = countsAt(scale)
  const towns = namedTowns(scale, random.fork('names'))
  const outline = readFence().map((point): Metres => metresOf(frame, point))
  const county = growCounty(outline, towns, frame, scale, random.fork('growth'))
  const { sites } = county
  const finer = Math.max(1, scale) ** 0.5
  const { labels, zones } = claimZones(county, counts.zones, metresOf(frame, ZONE_AT), finer)
  const siteOf = new Map(zones.flat().map(({ label, site }) => [label, site]))
  const borders = bordersOf(labels, county.terrain, frame)
  const rivers = layRivers(county, borders, frame, random.fork('rivers'))
  const gates = joinSites(county, borders, towns, frame, random.fork('roads'))
  for (const { label, site } of zones.flat()) {
    const shared = borders.filter(
      ({ left, right }) => Math.min(left, right) === site && Math.max(left, right) === label,
    )
    const inner = shared[0]?.course[shared[0].course.length >> 1]
    if (inner) gates.open(site, shared, inner, 'tertiary', null)
  }

  const grounds = sites.map((_, site) => groundOf(county, site))
  const bedOf = ({ left, right }: Border): Bed => {
    if (Math.min(left, right) === OUTSIDE) return null
    if (Math.max(left, right) >= sites.length) return 'zone road'
    if (grounds[left] === 'town' || grounds[right] === 'town') return 'street'
    return grounds[left] === 'mountain' || grounds[right] === 'mountain' ? null : 'field road'
  }
  const pairs = pairsOf(county, borders)
  const gateNear = ({ left, right }: Border) => {
    const pair = pairs.get(left < right ? `${left} ${right}` : `${right} ${left}`)
    return pair !== undefined && !gates.joins(left, right) && gates.join(pair, 'tertiary', null, false)
  }
  const streets = layStreets(borders, bedOf, gates.of, gateNear, random.fork('streets'))

  const faces = facesOf(borders, label => label)
  const whole = facesOf(borders, label => siteOf.get(label) ?? label)
  const rest = sites.map((_, site) => faces.get(site)!)
  const codes = sites.map(({ named }) => named.code)
  const communities = ({ left, right }: Border) =>
    [left, right].filter(site => sites[site]?.named.community).length
  const roads = borders.filter(
    ({ line, left, right }) => line?.kind === 'road' && Math.max(left, right) < sites.length,
  )
  const corridors = carveCorridors(
    [2, 1, 0].map(count => roads.filter(border => communities(border) === count)),
    { count: counts.corridors, finer },
    rest,
    codes,
    gates.of,
    frame,
    random.fork('corridors'),
  )
  const numbers = new Map<number, number>()
  const special = (town: number) => {
    const number = (numbers.get(town) ?? 600) + 1
    numbers.set(town, number)
    const { code, name } = towns[town]!
    return { code: `${code}${number}`, town: { code, name } }
  }
  const specials: SpecialSite[] = [
    ...corridors.map(({ name, pieces, site }): SpecialSite => {
      return { ...special(sites[site]!.town), name, kind: 'street', pieces, parts: false }
    }),
    ...zones.map((pieces, i): SpecialSite => {
      const town = townOf(pieces, county)
      const id = special(town)
      const before = zones.slice(1, i).filter(other => townOf(other, county) === town).length
      const name = i === 0 ? ZONE_NAME : `${id.town.name}${before ? `第${before + 1}` : ''}开发区`
      const named = pieces.map(({ label, site }, k) => ({
        name: `${name}${PARTS[k]}`,
        site: codes[site]!,
        face: faces.get(label)!,
      }))
      return { ...id, name, kind: 'development', pieces: named, parts: true }
    }),
  ]
  const { raster } = county.terrain
  const made = sites.map(({ named, town }, site): Site => {
    const face = rest[site]!
    const seed = middleOf(raster, county.seeds[site]!)
    return {
      code: named.code,
      name: named.name,
      town: { code: towns[town]!.code, name: towns[town]!.name },
      area: shapeOf([whole.get(site)!]),
      face,
      centre: centreOf(face, seed, (x, y) => frame.position(x, y)),
      ground: grounds[site]!,
      gates: gates.of[site]!,
    }
  })
  return {
    county: { ...COUNTY, shape: groupShapes(borders, label => (label === OUTSIDE ? OUTSIDE : 0)).get(0)! },
    towns: townAreas(towns, borders, label =>
      label === OUTSIDE ? OUTSIDE : sites[siteOf.get(label) ?? label]!.town,
    ),
    sites: made,
    specials,
    lines: [...rivers, ...streets],
    weights: weightsOf(county, random.fork('weights')),
  }
}

function facesOf(borders: readonly Border[], groupOf: (label: number) => number): Map<number, Face> {
  const faces = new Map<number, Face>()
  for (const [label, parts] of outlinesOf(borders, groupOf)) faces.set(label, ringOf(parts))
  return faces
}

function groupShapes(borders: readonly Border[], groupOf: (label: number) => number): Map<number, Shape> {
  const shapes = new Map<number, Shape>()
  for (const [group, face] of facesOf(borders, groupOf)) shapes.set(group, shapeOf([face]))
  return shapes
}

function townAreas(
  towns: readonly NamedTown[],
  borders: readonly Border[],
  townOf: (label: number) => number,
): Area[] {
  const shapes = groupShapes(borders, townOf)
  return towns.map(({ code, name }, i) => ({ code, name, shape: shapes.get(i)! }))
}

function townOf(pieces: readonly ZonePiece[], county: GrownCounty): number {
  const yanqi = pieces.find(({ site }) => county.sites[site]!.named.code.startsWith('110116004'))
  return county.sites[(yanqi ?? pieces[0]!).site]!.town
}

function groundOf({ sites, seeds, terrain }: GrownCounty, site: number): Site['ground'] {
  const { named } = sites[site]!
  if (named.community || named.urban) return 'town'
  return terrain.plain[seeds[site]!]! > 0.5 ? 'plain' : 'mountain'
}

/** The seed, or the nearest place to it that lies well inside the face. */
function centreOf(face: Face, [x, y]: Metres, position: (x: number, y: number) => Position): Position {
  let best: Position | undefined
  let deepest = 0
  for (let ring = 0; ring <= 12; ring++) {
    const steps = Math.max(1, ring * 6)
    for (let step = 0; step < steps; step++) {
      const angle = (2 * Math.PI * step) / steps
      const at = position(x + ring * 60 * Math.cos(angle), y + ring * 60 * Math.sin(angle))
      if (!faceCovers(face, at)) continue
      const depth = distanceToRing(face, at)
      if (depth >= CENTRE_INSIDE) return at
      if (depth <= deepest) continue
      deepest = depth
      best = at
    }
  }
  return best && deepest > 30 ? best : interiorOf(face)
}

function weightsOf({ sites, seeds, terrain }: GrownCounty, random: Random): Map<string, number> {
  return new Map(
    sites.map(({ named }, site) => {
      const plain = terrain.plain[seeds[site]!]!
      const typical = named.community ? 10 : named.urban ? 5 : 1 + 2.2 * plain
      return [named.code, typical * (0.65 + 0.7 * random.next())]
    }),
  )
}
