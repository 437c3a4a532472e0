/*
  The map of the district, small:     +-----+----+
                                      |  A  g B  |    A, B: sites; g: a gate, on the rings of both;
                                      |    +=====+    =====: a street on their border with a corridor
                                      +----+  C  |    carved from both of its sides
                                           +-----+
*/
import { beforeAll, describe, expect, it } from 'vitest'
import {
  coverageOf,
  type Grid,
  type Position,
  type Shape,
  shapeArea2,
  validate,
} from '../../../core/topology/index.ts'
import { frameAt } from '../frame.ts'
import type { Face } from '../place.ts'
import { randomOf } from '../random.ts'
import { areaOf, faceCovers, toSegment } from './face.ts'
import { type CountyMap, huairouSites } from './huairou.ts'
import { countsAt, namedTowns, readFence } from './huairou-names.ts'
import { metresOf } from './huairou-towns.ts'
import { shapeOf, union } from './outline.ts'

const mapOf = (scale: number, seed = 'huairou') => huairouSites(scale, randomOf(seed))
const keyOf = ([x, y]: Position) => `${x},${y}`
const ofKind = (map: CountyMap, kind: string) => map.specials.filter(special => special.kind === kind)

const grid = (id: string, level: 1 | 2 | 3, parent: string | null, shape: Shape): Grid => ({
  id,
  level,
  parent,
  leaf: level === 3,
  code: id,
  name: id,
  kind: 'basic',
  locked: false,
  shape,
})

/** Every fault of sites in towns in the county. */
const faultsOf = (map: CountyMap) =>
  validate(
    coverageOf([
      grid('county', 1, null, map.county.shape),
      ...map.towns.map(town => grid(town.code, 2, 'county', town.shape)),
      ...map.sites.map(site => grid(site.code, 3, site.town.code, site.area)),
    ]),
    { complete: true },
  )

describe('the names of Huairou', () => {
  const full = namedTowns(1, randomOf('names'))

  it('are those of the list: 16 towns, 34 communities and 284 villages', () => {
    const sites = full.flatMap(town => town.sites)
    expect(full).toHaveLength(16)
    expect(sites.filter(site => site.community)).toHaveLength(34)
    expect(sites.filter(site => !site.community)).toHaveLength(284)
    expect(sites.map(site => site.name)).toContain('东关村')
    expect(sites.map(site => site.name)).toContain('富乐社区')
    expect(sites.filter(site => /委会|办事处/.test(site.name))).toEqual([])
  })

  it('go on with invented ones above full size, every code once and its town’s', () => {
    const towns = namedTowns(10, randomOf('names'))
    const codes = towns.flatMap(town => town.sites.map(site => site.code))
    expect(towns).toHaveLength(160)
    expect(codes).toHaveLength(3180)
    expect(new Set(codes).size).toBe(3180)
    expect(new Set(towns.map(town => town.name)).size).toBe(160)
    for (const town of towns)
      for (const site of town.sites) {
        expect(site.code.slice(0, 9)).toBe(town.code.slice(0, 9))
        const number = Number(site.code.slice(9))
        expect(site.community ? number < 200 : number >= 200 && number < 400).toBe(true)
      }
  })

  it('shrink in proportion, down to one of each', () => {
    expect(countsAt(0.5)).toEqual({ towns: 8, villages: 142, communities: 17, corridors: 11, zones: 1 })
    expect(countsAt(0.01)).toEqual({ towns: 1, villages: 3, communities: 1, corridors: 0, zones: 0 })
  })
})

describe('the map of Huairou', () => {
  let map: CountyMap
  beforeAll(() => {
    map = mapOf(0.15)
  }, 120_000)

  it('has what the scale asks for', () => {
    expect(map.towns).toHaveLength(2)
    expect(map.sites).toHaveLength(43 + 5)
    expect(ofKind(map, 'street')).toHaveLength(3)
    expect(ofKind(map, 'development')).toHaveLength(1)
    expect(ofKind(map, 'development')[0]!.pieces).toHaveLength(4)
  })

  it('is one sound coverage: sites tile towns, towns tile the county, areas add up to the step', () => {
    expect(faultsOf(map)).toEqual([])
    const sum = map.sites.reduce((total, site) => total + shapeArea2(site.area), 0n)
    expect(sum).toBe(shapeArea2(map.county.shape))
  })

  it('makes every site one piece without holes', () => {
    for (const site of map.sites) expect(site.area.map(face => face.length)).toEqual([1])
    for (const town of map.towns) expect(town.shape.map(face => face.length)).toEqual([1])
  })

  it('gives back a site’s area when what was carved from it is put back', () => {
    for (const site of map.sites) {
      const pieces = map.specials.flatMap(special => special.pieces.filter(piece => piece.site === site.code))
      const whole = union([shapeOf([site.face]), ...pieces.map(piece => shapeOf([piece.face]))])
      expect(shapeArea2(whole)).toBe(shapeArea2(site.area))
      if (pieces.length === 0) expect(whole).toEqual(site.area)
    }
  })

  it('carves corridors from both sides of a street', () => {
    for (const corridor of ofKind(map, 'street')) {
      const [one, other] = corridor.pieces
      expect(one!.site).not.toBe(other!.site)
      expect(corridor.parts).toBe(false)
      const shared = new Set(one!.face.ring.map(keyOf))
      expect(other!.face.ring.filter(position => shared.has(keyOf(position))).length).toBeGreaterThan(2)
      expect(corridor.code).toMatch(/^110116\d{3}6\d\d$/)
      for (const { face } of corridor.pieces)
        expect(face.along.some(line => line?.kind === 'road')).toBe(true)
    }
  })

  it('puts every centre inside its face', () => {
    for (const site of map.sites) expect(faceCovers(site.face, site.centre)).toBe(true)
  })

  it('opens each gate on both of its sites, or leads out of the county or into a zone', () => {
    const onPieces = new Set(
      map.specials.flatMap(({ pieces }) => pieces.flatMap(({ face }) => face.ring.map(keyOf))),
    )
    const onOutline = new Set<string>()
    const ring = map.county.shape[0]![0]!
    for (let i = 0; i < ring.length; i += 2) onOutline.add(`${ring[i]},${ring[i + 1]}`)
    const opened = new Map<string, { site: string; class: string; name: string | null }[]>()
    for (const site of map.sites) {
      const vertices = new Set(site.face.ring.map(keyOf))
      for (const gate of site.gates) {
        expect(vertices.has(keyOf(gate.at))).toBe(true)
        const list = opened.get(keyOf(gate.at)) ?? []
        opened.set(keyOf(gate.at), [...list, { site: site.code, class: gate.class, name: gate.name }])
      }
    }
    for (const [key, [one, other, ...more]] of opened) {
      expect(more).toEqual([])
      if (other) expect({ ...other, site: '' }).toEqual({ ...one, site: '' })
      else expect(onPieces.has(key) || onOutline.has(key)).toBe(true)
    }
  })

  it('joins all sites by roads', () => {
    const byGate = new Map<string, string[]>()
    for (const site of map.sites)
      for (const gate of site.gates)
        byGate.set(keyOf(gate.at), [...(byGate.get(keyOf(gate.at)) ?? []), site.code])
    const reached = new Set([map.sites[0]!.code])
    for (const code of reached)
      for (const sites of byGate.values())
        if (sites.includes(code)) for (const site of sites) reached.add(site)
    expect(reached.size).toBe(map.sites.length)
  })

  it('names one line on all edges of a river or street, and its path is those edges', () => {
    const lines = new Set(map.lines)
    const steps = new Map(map.lines.map(line => [line, new Set<string>()]))
    for (const line of map.lines)
      line.path.forEach((position, i) => {
        if (i > 0) steps.get(line)!.add([keyOf(line.path[i - 1]!), keyOf(position)].sort().join(' '))
      })
    const check = ({ ring, along }: Face) =>
      along.forEach((line, i) => {
        if (!line) return
        expect(lines.has(line)).toBe(true)
        const edge = [keyOf(ring[i]!), keyOf(ring[(i + 1) % ring.length]!)].sort().join(' ')
        expect(steps.get(line)!.has(edge)).toBe(true)
      })
    for (const site of map.sites) check(site.face)
    expect(map.lines.filter(line => line.class === 'river').map(line => line.name)).toContain('怀河')
  })

  it('keeps near to the real outline', () => {
    const frame = frameAt([1165800000, 406500000])
    const fence = readFence().map(point => metresOf(frame, point))
    const ring = map.county.shape[0]![0]!
    let farthest = 0
    for (let i = 0; i < ring.length; i += 16) {
      const [x, y] = frame.metres([ring[i]!, ring[i + 1]!])
      const away = fence.map(([ax, ay], k) => {
        const [bx, by] = fence[(k + 1) % fence.length]!
        return toSegment(x, y, ax, ay, bx, by)
      })
      farthest = Math.max(farthest, Math.min(...away))
    }
    expect(farthest).toBeLessThan(150)
  })

  it('weighs a community about ten times a mountain village', () => {
    const mean = (ground: string) => {
      const sites = map.sites.filter(
        site => site.ground === ground && (ground !== 'town' || /社区$/.test(site.name)),
      )
      return sites.reduce((sum, site) => sum + map.weights.get(site.code)!, 0) / sites.length
    }
    expect(mean('town') / mean('mountain')).toBeGreaterThan(6)
    expect(map.sites.every(site => areaOf(site.face) > 50_000)).toBe(true)
  })
})

describe('the seed', () => {
  it('decides everything', () => {
    const text = (map: CountyMap) =>
      JSON.stringify(map.sites.map(site => [site.face.ring, site.gates, site.centre]))
    const one = text(mapOf(0.02))
    expect(text(mapOf(0.02))).toBe(one)
    expect(text(mapOf(0.02, 'another'))).not.toBe(one)
  }, 120_000)
})
