// Which villages a road joins, and the gate on their border through which it passes.
import type { Position } from '../../../core/topology/index.ts'
import type { Frame, Gate, Random, RoadClass } from '../place.ts'
import { cheapest } from './grow-paths.ts'
import { cellAt, type Metres, middleOf, OUTSIDE } from './grow-raster.ts'
import type { Border } from './huairou-borders.ts'
import { TRUNKS } from './huairou-courses.ts'
import type { GrownCounty } from './huairou-growth.ts'
import type { NamedTown } from './huairou-names.ts'
import { type Degrees, TOWN_GROUND } from './huairou-places.ts'
import { metresOf } from './huairou-towns.ts'

/** Metres between gates of one site, and from a gate to the end of the border. */
const GATES_APART = 60
const FROM_ENDS = 45
/** Share of the neighbours beyond the spanning tree that a road joins. */
const MORE_IN_PLAIN = 0.65
const MORE_IN_MOUNTAINS = 0.18

interface Pair {
  readonly a: number
  readonly b: number
  readonly borders: readonly Border[]
  /** How dear the road is, in metres of plain road. */
  readonly cost: number
}

export class Gates {
  /** By site. */
  readonly of: Gate[][]
  private readonly joined = new Set<string>()

  constructor(
    private readonly county: GrownCounty,
    private readonly frame: Frame,
  ) {
    this.of = county.sites.map(() => [])
  }

  joins(a: number, b: number): boolean {
    return this.joined.has(keyOf(a, b))
  }

  /** Opens a gate between two sites; false when a border has no room for it and it need not be. */
  join({ a, b, borders }: Pair, roadClass: RoadClass, name: string | null, needed: boolean): boolean {
    const from = middleOf(this.county.terrain.raster, this.county.seeds[a]!)
    const to = middleOf(this.county.terrain.raster, this.county.seeds[b]!)
    const at = this.place([a, b], borders, from, to, needed)
    if (!at) return false
    this.joined.add(keyOf(a, b))
    const gate: Gate = { at, class: roadClass, name }
    this.of[a]!.push(gate)
    this.of[b]!.push(gate)
    return true
  }

  /** A gate of one site only: to a zone's part or out of the county. */
  open(site: number, borders: readonly Border[], to: Metres, roadClass: RoadClass, name: string | null) {
    const from = middleOf(this.county.terrain.raster, this.county.seeds[site]!)
    const at = this.place([site], borders, from, to, false)
    if (at) this.of[site]!.push({ at, class: roadClass, name })
  }

  private place(
    sites: readonly number[],
    borders: readonly Border[],
    from: Metres,
    to: Metres,
    needed: boolean,
  ): Position | null {
    const { raster, relief } = this.county.terrain
    const others = sites.flatMap(site => this.of[site]!.map(gate => this.frame.metres(gate.at)))
    let best: Position | null = null
    let least = Infinity
    for (const border of borders)
      for (let i = 1; i + 1 < border.path.length; i++) {
        const here = border.course[i]!
        const room = Math.min(Infinity, ...others.map(other => distance(other, here)))
        const ends = Math.min(distance(here, border.course[0]!), distance(here, border.course.at(-1)!))
        const tight = room < GATES_APART || ends < FROM_ENDS
        if (tight && !needed) continue
        const cell = cellAt(raster, here)
        const height = cell === OUTSIDE ? 1 : relief[cell]!
        const detour = distance(from, here) + distance(here, to)
        const crowded = tight ? 1e5 - 1000 * Math.min(room, GATES_APART, ends) : 0
        const cost = detour + 1500 * height + crowded + (border.line?.kind === 'water' ? 150 : 0)
        if (cost >= least) continue
        least = cost
        best = border.path[i]!
      }
    return best
  }
}

const distance = ([ax, ay]: Metres, [bx, by]: Metres) => Math.hypot(ax - bx, ay - by)
const keyOf = (a: number, b: number) => (a < b ? `${a} ${b}` : `${b} ${a}`)

/** Neighbouring sites and the borders that they share; what is a zone's or outside is left out. */
export function pairsOf(county: GrownCounty, borders: readonly Border[]): Map<string, Pair> {
  const shared = new Map<string, Border[]>()
  for (const border of borders) {
    const { left, right } = border
    if (Math.min(left, right) < 0 || Math.max(left, right) >= county.sites.length) continue
    const key = keyOf(left, right)
    const list = shared.get(key)
    if (list) list.push(border)
    else shared.set(key, [border])
  }
  const { raster, relief } = county.terrain
  const pairs = new Map<string, Pair>()
  for (const [key, list] of shared) {
    const [a, b] = key.split(' ').map(Number) as [number, number]
    const from = middleOf(raster, county.seeds[a]!)
    const to = middleOf(raster, county.seeds[b]!)
    let cost = Infinity
    for (const border of list)
      for (const here of border.course) {
        const cell = cellAt(raster, here)
        const height = cell === OUTSIDE ? 1 : relief[cell]!
        const crossing = border.line ? 600 : 0
        cost = Math.min(cost, (distance(from, here) + distance(here, to)) * (1 + 1.5 * height) + crossing)
      }
    if (list.reduce((sum, border) => sum + border.length, 0) < 200) cost += 3000
    pairs.set(key, { a, b, borders: list, cost })
  }
  return pairs
}

/** Gates of all sites: main roads first, then what joins every site, then some more. */
export function joinSites(
  county: GrownCounty,
  borders: readonly Border[],
  towns: readonly NamedTown[],
  frame: Frame,
  random: Random,
): Gates {
  const gates = new Gates(county, frame)
  const pairs = pairsOf(county, borders)
  layTrunks(county, borders, towns, pairs, gates, frame)
  const order = [...pairs.values()].sort((p, q) => p.cost - q.cost || p.a - q.a || p.b - q.b)
  const root = county.sites.map((_, i) => i)
  const top = (site: number): number => {
    let at = site
    while (root[at] !== at) at = root[at] = root[root[at]!]!
    return at
  }
  for (const { a, b } of order) if (gates.joins(a, b)) root[top(a)] = top(b)
  for (const pair of order) {
    if (top(pair.a) === top(pair.b)) continue
    gates.join(pair, 'tertiary', null, true)
    root[top(pair.a)] = top(pair.b)
  }
  const { plain } = county.terrain
  for (const pair of order) {
    if (gates.joins(pair.a, pair.b)) continue
    const flat = Math.min(plain[county.seeds[pair.a]!]!, plain[county.seeds[pair.b]!]!)
    const chance = flat > 0.5 ? MORE_IN_PLAIN : MORE_IN_MOUNTAINS
    if (random.next() < chance) gates.join(pair, flat > 0.5 ? 'tertiary' : 'residential', null, false)
  }
  return gates
}

function layTrunks(
  county: GrownCounty,
  borders: readonly Border[],
  towns: readonly NamedTown[],
  pairs: ReadonlyMap<string, Pair>,
  gates: Gates,
  frame: Frame,
) {
  const besides = new Map<number, Pair[]>()
  for (const pair of pairs.values())
    for (const site of [pair.a, pair.b]) besides.set(site, [...(besides.get(site) ?? []), pair])
  const places = county.seeds.slice(0, county.sites.length).map(at => middleOf(county.terrain.raster, at))
  const nearest = (to: Metres, allowed: (site: number) => boolean) => {
    let best = -1
    places.forEach((place, site) => {
      if (allowed(site) && (best < 0 || distance(place, to) < distance(places[best]!, to))) best = site
    })
    return best
  }
  const siteOf = (stop: string | Degrees): number => {
    if (typeof stop !== 'string') return nearest(metresOf(frame, stop), () => true)
    const town = towns.findIndex(({ name }) => name === stop)
    const seat = metresOf(frame, TOWN_GROUND[stop]!.course[0]!)
    return town < 0 ? nearest(seat, () => true) : nearest(seat, site => county.sites[site]!.town === town)
  }
  for (const trunk of [...TRUNKS].sort((a, b) => a.class.localeCompare(b.class))) {
    for (let i = 0; i + 1 < trunk.over.length; i++) {
      const goal = siteOf(trunk.over[i + 1]!)
      const way = cheapest(
        siteOf(trunk.over[i]!),
        site => site === goal,
        site =>
          (besides.get(site) ?? []).map(pair => ({
            to: pair.a === site ? pair.b : pair.a,
            cost: gates.joins(pair.a, pair.b) ? pair.cost * 0.75 : pair.cost,
            over: pair,
          })),
      )
      for (const pair of way ?? [])
        if (!gates.joins(pair.a, pair.b)) gates.join(pair, trunk.class, trunk.name, true)
    }
    for (const stop of [trunk.over[0]!, trunk.over.at(-1)!]) {
      if (typeof stop === 'string') continue
      const site = siteOf(stop)
      const outer = borders.filter(
        ({ left, right }) => Math.min(left, right) === OUTSIDE && Math.max(left, right) === site,
      )
      gates.open(site, outer, metresOf(frame, stop), trunk.class, trunk.name)
    }
  }
}
