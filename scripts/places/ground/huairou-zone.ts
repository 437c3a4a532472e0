// Development zones: whole blocks of fields around a place where villages meet become parts of one zone.
import { flood, type Metres, middleOf, OUTSIDE } from './grow-raster.ts'
import { tidy } from './grow-tidy.ts'
import type { GrownCounty } from './huairou-growth.ts'

export interface ZonePiece {
  /** Number of the site that it is carved from. */
  readonly site: number
  /** Its own label on the map. */
  readonly label: number
}

const PARTS = 4
/** Metres from the middle that a zone reaches at first and at last. */
const REACH = 850
const GREATEST_REACH = 2600
/** Square kilometres that a part covers at least, and how much of its village it leaves. */
const LEAST = 0.12
const LEFT = 0.4
/** So many meetings of three villages are enough to choose from. */
const ENOUGH = 12
/** How many of the nearest are tried. */
const TRIED = 40

/** Labels with the parts of so many zones beside what is left of their villages; the parts of each zone. */
export function claimZones(
  county: GrownCounty,
  count: number,
  wanted: Metres,
  finer: number,
): { labels: Int32Array; seeds: number[]; zones: ZonePiece[][] } {
  const { raster } = county.terrain
  const labels = county.labels.slice()
  const seeds = county.seeds.slice()
  const zones: ZonePiece[][] = []
  const used = new Set<number>()
  const middles: Metres[] = []
  const meetings = meetingsOf(county)
  const areas = county.sites.map(() => 0)
  for (const label of county.labels) if (label !== OUTSIDE) areas[label]!++
  for (let zone = 0; zone < count; zone++) {
    const apart = ([x, y]: Metres) => Math.min(...middles.map(([mx, my]) => Math.hypot(x - mx, y - my)))
    const order = meetings
      .map(at => ({ at, middle: middleOf(raster, at) }))
      .map(({ at, middle }) => ({
        at,
        middle,
        away: Math.hypot(middle[0] - wanted[0], middle[1] - wanted[1]),
      }))
      .filter(({ middle }) => zone === 0 || apart(middle) > 6000 / finer)
      .sort((a, b) => a.away - b.away)
    const claims = firstFit(county, areas, order, used, finer)
    if (!claims) break
    middles.push(claims.middle)
    const pieces = claims.pieces.map(({ site, cells }): ZonePiece => {
      used.add(site)
      const label = seeds.length
      seeds.push(cells[0]!)
      for (const at of cells) labels[at] = label
      return { site, label }
    })
    zones.push(pieces)
  }
  if (zones.length > 0) tidy(labels, county.labels, seeds, raster)
  return { labels, seeds, zones }
}

/** Cells of the plain in whose corner villages meet: three where they can, else two. */
function meetingsOf({ labels, sites, terrain }: GrownCounty): number[] {
  const { width } = terrain.raster
  const found: number[][] = [[], []]
  for (let at = width; at + width + 1 < labels.length; at++) {
    if (labels[at] === OUTSIDE || terrain.plain[at]! < 0.7) continue
    const around = new Set([labels[at], labels[at + 1], labels[at + width], labels[at + width + 1]])
    if (around.size < 2) continue
    if ([...around].every(label => label !== OUTSIDE && isVillage(sites[label!]!.named)))
      found[around.size > 2 ? 0 : 1]!.push(at)
  }
  return found[0]!.length >= ENOUGH ? found[0]! : found[1]!
}

const isVillage = (site: { readonly community: boolean; readonly urban: boolean }) =>
  !site.community && !site.urban

interface Claims {
  readonly middle: Metres
  readonly pieces: { readonly site: number; readonly cells: number[] }[]
}

function firstFit(
  county: GrownCounty,
  areas: readonly number[],
  order: readonly { readonly at: number; readonly middle: Metres }[],
  used: ReadonlySet<number>,
  finer: number,
): Claims | null {
  let best: Claims | null = null
  for (let reach = REACH; reach <= GREATEST_REACH; reach *= 1.25)
    for (const { middle } of order.slice(0, TRIED)) {
      const pieces = claim(county, areas, middle, reach / finer ** 0.7, used)
      if (pieces.length >= PARTS) return { middle, pieces: pieces.slice(0, PARTS) }
      if (pieces.length > (best?.pieces.length ?? 0)) best = { middle, pieces }
    }
  return best && { middle: best.middle, pieces: divided(best.pieces, county.terrain.raster.width) }
}

/** Parts enough: the greatest is halved again and again. */
function divided(pieces: Claims['pieces'], width: number): Claims['pieces'] {
  const parts = pieces.slice()
  while (parts.length < PARTS) {
    parts.sort((a, b) => b.cells.length - a.cells.length)
    const { site, cells } = parts.shift()!
    const columns = cells.map(at => at % width)
    const rows = cells.map(at => Math.floor(at / width))
    const span = (list: readonly number[]) => Math.max(...list) - Math.min(...list)
    const upright = span(rows) > span(columns)
    const order = cells.toSorted((a, b) => (upright ? a - b : (a % width) - (b % width) || a - b))
    const half = order.length >> 1
    parts.push({ site, cells: order.slice(0, half) }, { site, cells: order.slice(half) })
  }
  return parts
}

/** Whole blocks around a middle, by village, greatest first. */
function claim(
  { labels, sites, seeds, terrain }: GrownCounty,
  areas: readonly number[],
  middle: Metres,
  reach: number,
  used: ReadonlySet<number>,
): Claims['pieces'] {
  const { raster, blocks, river } = terrain
  const seen = new Uint8Array(labels.length)
  const wide = Math.ceil(reach / raster.cell)
  const centre =
    Math.floor((middle[1] - raster.y0) / raster.cell) * raster.width +
    Math.floor((middle[0] - raster.x0) / raster.cell)
  const held = new Map<number, number[]>()
  for (let row = -wide; row <= wide; row++)
    for (let column = -wide; column <= wide; column++) {
      const at = centre + row * raster.width + column
      const label = labels[at]
      if (label === undefined || label === OUTSIDE || seen[at] || blocks[at] === OUTSIDE || river[at])
        continue
      if (used.has(label) || !isVillage(sites[label]!.named)) continue
      const belongs = (next: number) => labels[next] === label && blocks[next] === blocks[at] && !river[next]
      const block = flood(at, raster, belongs, seen)
      const away = block.map(cell => {
        const [x, y] = middleOf(raster, cell)
        return Math.hypot(x - middle[0], y - middle[1])
      })
      const inReach = away.filter(metres => metres < reach).length
      if (inReach * 2 < block.length || block.includes(seeds[label]!)) continue
      held.set(label, [...(held.get(label) ?? []), ...block])
    }
  const cell = (raster.cell / 1000) ** 2
  const least = LEAST * Math.min(1, (reach / REACH) ** 2)
  const pieces: { site: number; cells: number[] }[] = []
  for (const [site, cells] of held) {
    const piece = nearestPiece(cells, middle, raster.width, at => middleOf(raster, at))
    if (piece.length * cell >= least && piece.length < areas[site]! * (1 - LEFT))
      pieces.push({ site, cells: piece })
  }
  return pieces.sort((a, b) => b.cells.length - a.cells.length || a.site - b.site)
}

/** Of some cells those that hang together with the one nearest to the middle, that one first. */
function nearestPiece(
  cells: readonly number[],
  [x, y]: Metres,
  width: number,
  place: (at: number) => Metres,
): number[] {
  const all = new Set(cells)
  let start = cells[0]!
  let least = Infinity
  for (const at of cells) {
    const [px, py] = place(at)
    const away = Math.hypot(px - x, py - y)
    if (away >= least) continue
    least = away
    start = at
  }
  const found = [start]
  all.delete(start)
  for (const at of found)
    for (const next of [at - 1, at + 1, at - width, at + width]) if (all.delete(next)) found.push(next)
  return found
}
