// Town ground: streets, estates, the old centre, and what a town has one or a few of.
import type { Position } from '../../../core/topology/index.ts'
import type { Block, Face, Use } from '../place.ts'
import { lineBanks } from './banks.ts'
import type { Manner } from './bisect.ts'
import { areaOf, faceCovers, interiorOf, measured } from './face.ts'
import type { Amenity, Ground, Setting } from './layout.ts'
import { shortOf } from './names.ts'
import { ROADS, road, type Way } from './network.ts'
import { type Cutting, halve, type Patch, weigh } from './share.ts'

const HECTARE = 10_000

/** How a town's streets are cut. */
export function streets(setting: Setting, axis: number | null, density: Manner['density']): Manner {
  return {
    way: (area: number): Way | null =>
      area > 60 * HECTARE
        ? road('secondary', 'street')
        : area > 14 * HECTARE
          ? road('tertiary', 'street')
          : area > 2.6 * HECTARE
            ? road('residential', 'street')
            : area > 1.3 * HECTARE
              ? {
                  kind: 'road',
                  class: 'service',
                  halfWidth: ROADS.service,
                  named: setting.site.ground === 'town' ? null : 'lane',
                }
              : null,
    keeps: 4 * HECTARE,
    blind: road('service'),
    step: 20,
    axis,
    straight: true,
    stretch: 1,
    jog: 40,
    density,
  }
}

/** The direction of a face's longest straight stretch of border. */
export function axisOf(face: Face): number {
  const { xs, ys } = measured(face)
  const sums = new Float64Array(36)
  for (let i = 0, j = xs.length - 1; i < xs.length; j = i++) {
    const dx = xs[i]! - xs[j]!
    const dy = ys[i]! - ys[j]!
    const turn = (((Math.atan2(dy, dx) % (Math.PI / 2)) + Math.PI / 2) % (Math.PI / 2)) / (Math.PI / 2)
    for (const near of [-1, 0, 1])
      sums[(Math.floor(turn * 36) + near + 36) % 36]! += Math.hypot(dx, dy) * (near ? 0.5 : 1)
  }
  const most = sums.indexOf(Math.max(...sums))
  return ((most + 0.5) / 36) * (Math.PI / 2)
}

/** Cuts ground near a place of the site until a piece of about the wanted size is left there. */
export function reserve(pool: Patch[], setting: Setting, amenity: Amenity, cutting: Cutting): void {
  const { frame } = measured(setting.site.face)
  const [cx, cy] = frame.metres(setting.site.centre)
  const goal = frame.position(cx + amenity.at[0], cy + amenity.at[1])
  const wanted = amenity.hectares * HECTARE
  const away = (patch: Patch): number => {
    if (faceCovers(patch.face, goal)) return 0
    const [x, y] = frame.metres(interiorOf(patch.face))
    const [gx, gy] = frame.metres(goal)
    return Math.hypot(x - gx, y - gy)
  }
  const free = pool.filter(({ use, face }) => use === null && areaOf(face) > wanted * 0.7)
  let patch = free.reduce<Patch | null>(
    (best, next) => (best && away(best) <= away(next) ? best : next),
    null,
  )
  if (!patch) return
  while (areaOf(patch.face) > wanted * 1.5) {
    const parts = Math.max(2, Math.min(4, Math.round(areaOf(patch.face) / wanted)))
    const halves = halve(patch, parts === 3 ? 1 / 3 : 0.5, cutting)
    if (!halves) break
    pool.splice(pool.indexOf(patch), 1, ...halves)
    const [a, b] = halves
    patch = away(a) === away(b) ? (areaOf(a.face) > areaOf(b.face) ? a : b) : away(a) < away(b) ? a : b
  }
  if (areaOf(patch.face) > wanted * 2.5) return
  const name = amenity.name ?? setting.names.named(amenity.use)
  pool.splice(pool.indexOf(patch), 1, { ...patch, use: amenity.use, name, weight: patch.weight * 0.02 })
}

/** What a town of this size has, spread around its centre. */
function usual(setting: Setting): Amenity[] {
  const { random } = setting
  const side = Math.sqrt(areaOf(setting.site.face))
  const squareKm = areaOf(setting.site.face) / 1e6
  const somewhere = (part: number): [number, number] => {
    const angle = random.next() * 2 * Math.PI
    return [Math.cos(angle) * side * part, Math.sin(angle) * side * part]
  }
  const list: Amenity[] = []
  const add = (use: Use, hectares: number, part: number) =>
    list.push({ use, name: null, hectares, at: somewhere(part) })
  if (squareKm > 0.5) {
    add('office', 1.2, 0.08)
    add('square', 0.9, 0.05)
    add('shops', 1.2, 0.12)
  }
  if (squareKm > 0.9) add('hospital', 2, 0.2)
  for (let i = 0; i < Math.max(squareKm > 0.25 ? 1 : 0, Math.round(squareKm)); i++) add('school', 2.4, 0.28)
  for (let i = 0; i < Math.round(squareKm * 0.9); i++) add('park', 2.2, 0.3)
  if (squareKm > 1.5) add('yard', 1.2, 0.35)
  return list
}

/** Cuts a patch into blocks of about the wanted area. */
export function blocksOf(patch: Patch, wanted: () => number, cutting: Cutting): Patch[] {
  const done: Patch[] = []
  const open = [patch]
  for (let next = open.pop(); next; next = open.pop()) {
    const area = areaOf(next.face)
    const limit = wanted()
    if (area <= limit * 1.4) {
      done.push(next)
      continue
    }
    const parts = Math.max(2, Math.round(area / limit))
    const halves = halve(next, Math.floor(parts / 2) / parts, cutting)
    if (halves) open.push(...halves)
    else done.push(next)
  }
  return done
}

/** Blocks where people live in town: the old centre around the middle, estates further out. */
export function townBlocks(
  setting: Setting,
  patches: readonly Patch[],
  grid: string,
  cutting: Cutting,
  centre: Position,
  core: number,
): Block[] {
  const { random, names } = setting
  const { frame } = measured(setting.site.face)
  const [cx, cy] = frame.metres(centre)
  const blocks: Block[] = []
  for (const patch of patches) {
    const { use } = patch
    if (use !== null) {
      const large = use === 'school' || use === 'factory' ? 5 : 4
      for (const { face } of blocksOf(patch, () => large * HECTARE, cutting))
        blocks.push({ ...face, use, grid, name: patch.name, density: 0 })
      continue
    }
    const [x, y] = frame.metres(interiorOf(patch.face))
    const old = Math.hypot(x - cx, y - cy) < core * (0.8 + random.next() * 0.4)
    const limit = () => (old ? 0.5 + random.next() * 0.4 : 1 + random.next() * 1.2) * HECTARE
    for (const { face } of blocksOf(patch, limit, cutting)) {
      const lived: Use = old || areaOf(face) < 0.35 * HECTARE ? 'old-town' : 'estate'
      blocks.push({
        ...face,
        use: lived,
        grid,
        name: lived === 'estate' ? names.estate() : null,
        density: lived === 'estate' ? Math.min(1, 0.55 + random.next() * 0.45) : 0.4 + random.next() * 0.2,
      })
    }
  }
  return blocks
}

export function town(setting: Setting): Ground {
  const { site, network, random, options, names } = setting
  const { frame } = measured(site.face)
  const [cx, cy] = frame.metres(site.centre)
  const side = Math.sqrt(areaOf(site.face))
  const density = (position: Position): number => {
    const [x, y] = frame.metres(position)
    return 0.004 + 0.012 * Math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (side * 0.35) ** 2)
  }
  let axis: number | null = null
  const cutting: Cutting = {
    network,
    random,
    manner: () => streets(setting, axis, density),
  }
  return {
    cutting,
    prepare(faces) {
      axis = axisOf(site.face)
      const pool = faces.map(
        (face): Patch => ({ face, use: null, name: null, weight: weigh(face, density), sort: 'streets' }),
      )
      lineBanks(
        pool,
        network,
        cutting,
        () => true,
        () => names.several(shortOf(site.name), '滨河绿道'),
      )
      for (const amenity of options.amenities ?? usual(setting)) reserve(pool, setting, amenity, cutting)
      return [pool]
    },
    fill: (patches, grid) =>
      townBlocks(setting, patches, grid, cutting, site.centre, Math.min(320, side * 0.22)),
  }
}
