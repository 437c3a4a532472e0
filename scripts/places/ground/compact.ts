// Compact villages: houses in rows along lanes around the centre and in a hamlet or two; fields, orchards, forest around.
import type { Position } from '../../../core/topology/index.ts'
import type { Block, Face, Use } from '../place.ts'
import { lineBanks, sections } from './banks.ts'
import type { Manner } from './bisect.ts'
import { carveFrontage, carveSector, isMainRoad } from './carve.ts'
import { between, heading } from './course.ts'
import { areaOf, distanceToRing, indexOf, measured } from './face.ts'
import type { Ground, Setting } from './layout.ts'
import { road } from './network.ts'
import { type Cutting, halve, type Patch } from './share.ts'
import { blocksOf, reserve } from './town.ts'

const HECTARE = 10_000

/** Settled ground (m²) for each resident and for each leaf grid, lanes included. */
const PER_PERSON = 110
const PER_LEAF = 3600

/** No more of a village than this is settled. */
const MOST_SETTLED = 0.4

/** Weight of land: enough to have an order. */
const LIGHT = 1e-9

export function compact(setting: Setting): Ground {
  const { site, network, random, options, counts } = setting
  const { frame } = measured(site.face)
  const whole = [site.face, ...(options.pieces ?? [])].reduce((sum, face) => sum + areaOf(face), 0)
  const mountain = site.ground === 'mountain'
  let axis = 0
  const houses = (): Manner => ({
    way: area => (area > 2 * HECTARE ? road('residential', 'lane') : road('service', 'lane')),
    keeps: HECTARE,
    blind: road('service', 'lane'),
    step: 14,
    axis,
    stretch: 2,
    straight: true,
    jog: 18,
    density: () => 1,
  })
  const land: Manner = {
    way: () => (mountain ? null : road('track')),
    keeps: Infinity,
    blind: mountain ? null : road('track'),
    step: mountain ? 45 : 30,
    axis: null,
    stretch: 1,
    straight: false,
    jog: 40,
    density: () => 1,
  }
  const cutting: Cutting = { network, random, manner: patch => (patch.sort === 'streets' ? houses() : land) }
  const wild = (face: Face, use: Use): Patch => ({
    face,
    use,
    name: null,
    weight: areaOf(face) * LIGHT,
    sort: 'land',
  })

  /** Vertices of the roads inside the site, so far from its border that houses stand around them. */
  function roadside(faces: readonly Face[]): Position[] {
    const own = new Map<string, Position>()
    for (const { ring, along } of faces)
      ring.forEach((position, i) => {
        if (isMainRoad(along[i]!) || isMainRoad(along.at(i - 1)!)) own.set(position.join(), position)
      })
    return [...own.values()].filter(position => distanceToRing(site.face, position) > 60)
  }

  /** Where houses are: the centre, and hamlets further along the roads when the village is large. */
  function settlements(faces: readonly Face[]): { at: Position; share: number }[] {
    const spots = roadside(faces)
    const nearest = (goal: Position): Position | undefined =>
      spots.reduce<Position | undefined>(
        (best, spot) =>
          best &&
          between(frame.metres(best), frame.metres(goal)) <= between(frame.metres(spot), frame.metres(goal))
            ? best
            : spot,
        undefined,
      )
    const centre = nearest(site.centre)
    if (!centre) return []
    const wanted = Math.min(counts[0] ?? 1, 1 + Math.floor(whole / 1.8e6), 4)
    const chosen = [centre]
    for (let tries = 0; tries < 40 && chosen.length < wanted && spots.length > 0; tries++) {
      const spot = random.pick(spots)
      const apart = Math.min(...chosen.map(other => between(frame.metres(other), frame.metres(spot))))
      if (apart > Math.max(450, Math.sqrt(whole) * 0.28)) chosen.push(spot)
    }
    const rest = chosen.length > 1 ? 0.5 / (chosen.length - 1) : 0
    return chosen.map((at, i) => ({ at, share: i === 0 ? 1 - rest * (chosen.length - 1) : rest }))
  }

  /** Cuts the ground of a settlement out of all faces that meet at a vertex. */
  function settle(faces: Face[], at: Position, area: number): Face[] {
    const settled: Face[] = []
    const turns = [random.next() * 7, random.next() * 7]
    const shape = (direction: number) =>
      1.02 + 0.14 * Math.sin(2 * direction + turns[0]!) + 0.1 * Math.sin(5 * direction + turns[1]!)
    for (const face of faces.filter(one => indexOf(one, at) >= 0))
      for (const scale of [1, 0.85, 0.7, 0.5, 0.35]) {
        const carved = carveSector(face, indexOf(face, at), Math.sqrt(area / Math.PI) * scale, shape)
        if (!carved || areaOf(carved.piece) > areaOf(face) * 0.8) continue
        settled.push(carved.piece)
        faces.splice(faces.indexOf(face), 1, carved.rest)
        break
      }
    return settled
  }

  /** Fields on the valley floor and orchards around the houses; what is left is forest. */
  function valley(face: Face, built: ReadonlySet<string>, floor: number): Patch[] {
    const patches: Patch[] = []
    let rest = face
    let left = floor
    for (let tries = 0; tries < 24 && left > 0; tries++) {
      const now = rest
      const atHouses = (edge: number) =>
        built.has(now.ring[edge]!.join()) && built.has(now.ring[(edge + 1) % now.ring.length]!.join())
      const byHouses = tries % 3 === 0
      const runs = byHouses ? atHouses : (edge: number) => isMainRoad(now.along[edge]!)
      const carved = carveFrontage(now, random.whole(120, 380), random.whole(45, 110), random, runs)
      if (!carved || areaOf(carved.rest) < areaOf(now) * 0.4) continue
      rest = carved.rest
      left -= areaOf(carved.piece)
      const use: Use = random.next() < (byHouses ? 0.7 : 0.25) ? 'orchard' : 'field'
      patches.push(
        ...sections(wild(carved.piece, use), 1.6 * HECTARE, cutting).map(part => wild(part.face, use)),
      )
    }
    return [...patches, ...cutLand(rest, 'forest')]
  }

  function cutLand(face: Face, use: Use): Patch[] {
    const leaves = Math.max(1, ...counts)
    const most = mountain
      ? Math.min(70 * HECTARE, Math.max(9 * HECTARE, whole / leaves))
      : (2.5 + random.next() * 2.5) * HECTARE
    const done: Patch[] = []
    const open = [wild(face, use)]
    for (let next = open.pop(); next; next = open.pop()) {
      const halves = areaOf(next.face) > most * 1.4 ? halve(next, 0.4 + random.next() * 0.1, cutting) : null
      if (halves) open.push(...halves)
      else done.push(next)
    }
    return done.map(patch => {
      const other: Use = random.weighted<Use>([
        ['field', 9],
        ['orchard', 2],
        ['greenhouse', 1],
      ])
      return wild(patch.face, mountain ? use : other)
    })
  }

  return {
    cutting,
    prepare(entered) {
      const whole2 = entered.map(face => wild(face, 'field')).map(patch => ({ ...patch, use: null }))
      lineBanks(
        whole2,
        network,
        cutting,
        () => false,
        () => '',
      )
      const banks = whole2.filter(({ use }) => use !== null)
      const faces = whole2.filter(({ use }) => use === null).map(({ face }) => face)
      const leaves = Math.max(1, ...counts) + (counts.at(-1) ?? 0) * 0.5
      const settled = Math.min(
        whole * MOST_SETTLED,
        Math.max((options.persons ?? 0) * PER_PERSON, leaves * PER_LEAF),
      )
      const homes: Patch[] = []
      for (const { at, share } of settlements(faces)) {
        const cut = settle(faces, at, settled * share)
        homes.push(
          ...cut.map(
            (face): Patch => ({ face, use: null, name: null, weight: areaOf(face), sort: 'streets' }),
          ),
        )
      }
      if (homes.length === 0) throw new Error(`No room for houses in ${site.name}.`)
      const most = homes.reduce((a, b) => (areaOf(a.face) >= areaOf(b.face) ? a : b)).face
      const m = measured(most)
      // Rows of houses run along the road that the village grew at.
      const edge = most.along.findIndex(line => isMainRoad(line))
      const [dx, dy] = heading(
        [m.xs[edge]!, m.ys[edge]!],
        [m.xs[(edge + 1) % m.xs.length]!, m.ys[(edge + 1) % m.xs.length]!],
      )
      axis = Math.atan2(dy, dx)
      if (settled > 2.5 * HECTARE) {
        reserve(homes, setting, { use: 'office', name: null, hectares: 0.25, at: [20, 20] }, cutting)
        reserve(homes, setting, { use: 'square', name: null, hectares: 0.18, at: [-30, -20] }, cutting)
      }
      const built = new Set(homes.flatMap(({ face }) => face.ring.map(position => position.join())))
      const floor = (settled * 3.5) / Math.max(1, faces.length)
      const lands = faces.flatMap(face => (mountain ? valley(face, built, floor) : cutLand(face, 'field')))
      return [[...homes, ...banks, ...lands]]
    },
    fill: (patches, grid) =>
      patches.flatMap((patch): Block[] => {
        const lived = patch.use === null
        const parts = lived ? blocksOf(patch, () => (0.2 + random.next() * 0.16) * HECTARE, cutting) : [patch]
        return parts.map(({ face }) => ({
          ...face,
          use: patch.use ?? 'houses',
          grid,
          name: patch.name,
          density: lived ? 0.25 + random.next() * 0.15 : 0,
        }))
      }),
  }
}
