// Huairou's ground as growing regions feel it: plain and mountains, valleys and ridges, rivers, blocks of fields.
import type { Random } from '../place.ts'
import { noiseOf, octaves } from './grow-noise.ts'
import { cellsAlong, distances, type Metres, middleOf, OUTSIDE, type Raster } from './grow-raster.ts'

export interface Terrain {
  readonly raster: Raster
  /** From 0 in the mountains to 1 in the plain. */
  readonly plain: Float32Array
  /** From 0 at a valley's bottom to 1 on a ridge. */
  readonly relief: Float32Array
  readonly river: Uint8Array
  /** Blocks between field roads and streets, by number; OUTSIDE in the mountains. */
  readonly blocks: Int32Array
}

/** In metres of the place's frame. */
export interface Landmarks {
  readonly plain: readonly Metres[]
  readonly rivers: readonly (readonly Metres[])[]
  /** Main roads follow valleys too. */
  readonly valleys: readonly (readonly Metres[])[]
  readonly city: Metres
}

/** Metres around the middle of the city where blocks are streets' blocks. */
const CITY_REACH = 3200
const RIDGES_APART = 3200
/** How the streets and field roads of the plain are turned against the compass. */
const TURN = 0.12

/** A course bent as water bends it, up to `swing` metres to either side. */
export function meander(course: readonly Metres[], swing: number, random: Random): Metres[] {
  const noise = octaves(noiseOf(random), 3)
  const bent: Metres[] = []
  for (let i = 0; i + 1 < course.length; i++) {
    const [ax, ay] = course[i]!
    const [bx, by] = course[i + 1]!
    const length = Math.hypot(bx - ax, by - ay)
    const steps = Math.ceil(length / 150)
    for (let step = 0; step < steps; step++) {
      const t = step / steps
      const aside = 2 * swing * (noise(bent.length / 11, 3.5) - 0.5) * Math.min(1, 4 * t, 4 * (1 - t))
      bent.push([
        ax + (bx - ax) * t - ((by - ay) / length) * aside,
        ay + (by - ay) * t + ((bx - ax) / length) * aside,
      ])
    }
  }
  return [...bent, course.at(-1)!]
}

/** The same ground for rasters of any fineness. `finer`: how many times narrower blocks are than at full size. */
export function terrainOf(marks: Landmarks, finer: number, random: Random) {
  const rough = octaves(noiseOf(random.fork('ridges')), 4)
  const edge = octaves(noiseOf(random.fork('edge')), 3)
  const bend = octaves(noiseOf(random.fork('bend')), 2)
  const shift = noiseOf(random.fork('shift'))
  return (raster: Raster, inside: Int32Array): Terrain => {
    const size = inside.length
    const plain = new Float32Array(size)
    const relief = new Float32Array(size)
    const river = new Uint8Array(size)
    const blocks = new Int32Array(size).fill(OUTSIDE)
    for (const course of marks.rivers) for (const at of cellsAlong(course, raster)) river[at] = 1
    const bottoms = [...marks.rivers, ...marks.valleys].flatMap(course => cellsAlong(course, raster))
    const aside = distances(bottoms, raster)
    for (let at = 0; at < size; at++) {
      if (inside[at] === OUTSIDE) continue
      const [x, y] = middleOf(raster, at)
      const depth = into(marks.plain, x, y) + 1400 * (edge(x / 2500, y / 2500) - 0.5)
      plain[at] = clamp(0.5 + depth / 1200)
      const ridge = 1 - 2 * Math.abs(2 * rough(x / RIDGES_APART, y / RIDGES_APART) - 1)
      relief[at] = (1 - plain[at]!) * clamp(aside[at]! / 900) * clamp(ridge) ** 1.5
      if (plain[at]! > 0.5) blocks[at] = blockAt(x, y)
    }
    return { raster, plain, relief, river, blocks }
  }

  function blockAt(x: number, y: number): number {
    const city = Math.hypot(x - marks.city[0], y - marks.city[1]) < CITY_REACH
    const wide = (city ? 470 : 560) / finer
    const high = (city ? 420 : 430) / finer
    const u = x * Math.cos(TURN) + y * Math.sin(TURN) + 500 * (bend(x / 2600, y / 2600) - 0.5)
    const v = y * Math.cos(TURN) - x * Math.sin(TURN) + 400 * (bend(y / 2600, x / 2600) - 0.5)
    const row = Math.floor(v / high)
    // Streets go on straight through the city; field roads break off at every row.
    const column = Math.floor(u / wide + (city ? 0 : shift(row * 7.7, 0.5)))
    return (row + 4096) * 16384 + (column + 4096) * 2 + (city ? 1 : 0)
  }
}

/** What crossing each cell costs; to cross a river costs as much as `river` cells. */
export function costOf({ plain, relief, river: rivers }: Terrain, river: number): Float32Array {
  return plain.map((flat, at) => 1 + 7 * relief[at]! + 0.2 * (1 - flat) + (rivers[at] ? river : 0))
}

const clamp = (value: number) => Math.max(0, Math.min(1, value))

/** Metres from a point to a ring, positive inside. */
function into(ring: readonly Metres[], x: number, y: number): number {
  let inside = false
  let least = Infinity
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[j]!
    const [bx, by] = ring[i]!
    if (ay > y !== by > y && x < ax + ((bx - ax) * (y - ay)) / (by - ay)) inside = !inside
    const dx = bx - ax
    const dy = by - ay
    const t = clamp(((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy))
    least = Math.min(least, Math.hypot(x - ax - t * dx, y - ay - t * dy))
  }
  return inside ? least : -least
}
