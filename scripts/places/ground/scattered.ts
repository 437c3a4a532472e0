// The Chengdu plain: hamlets under trees (林盘) along lanes among fields and small canals; rows of factories along main roads.
import type { Position } from '../../../core/topology/index.ts'
import type { Block, Face, Use } from '../place.ts'
import { lineBanks, unmarked } from './banks.ts'
import type { Manner } from './bisect.ts'
import { carveBay, carveFrontage } from './carve.ts'
import { between } from './course.ts'
import { areaOf, faceCovers, interiorOf, measured } from './face.ts'
import type { Ground, Setting } from './layout.ts'
import { shortOf } from './names.ts'
import { road, type Way } from './network.ts'
import { type Cutting, halve, type Patch, weigh } from './share.ts'
import { axisOf, blocksOf, reserve, streets, townBlocks } from './town.ts'

const HECTARE = 10_000
const CANAL: Way = { kind: 'water', class: 'canal', halfWidth: 3.5, named: null }

/** People per m² of open country and of town-like ground, roughly. */
const SPARSE = 0.0015
const DENSE = 0.009

export function scattered(setting: Setting): Ground {
  const { site, network, random, options, names } = setting
  const { frame } = measured(site.face)
  const centre = frame.metres(options.town?.centre ?? site.centre)
  const radius = options.town?.radius ?? 0
  const townLike = (position: Position): boolean => between(frame.metres(position), centre) < radius
  const density = (position: Position): number => (townLike(position) ? DENSE : SPARSE)
  const flat = () => SPARSE
  const land: Manner = {
    way: area =>
      area > 70 * HECTARE
        ? road('residential', 'street')
        : area > 3.2 * HECTARE
          ? random.next() < 0.85
            ? road('service')
            : CANAL
          : random.next() < 0.4
            ? CANAL
            : random.next() < 0.5
              ? road('track')
              : null,
    keeps: 25 * HECTARE,
    blind: road('track'),
    step: 28,
    axis: null,
    straight: false,
    stretch: 1,
    jog: 45,
    density: flat,
  }
  const cutting: Cutting = {
    network,
    random,
    manner: patch => (patch.sort === 'streets' ? streets(setting, axisOf(site.face), () => DENSE) : land),
  }
  const fresh = (face: Face): Patch => ({
    face,
    use: null,
    name: null,
    weight: weigh(face, density),
    sort: 'land',
  })

  /** Cuts ground that is part town, part country until each piece is mostly one of them. */
  function sorted(patches: readonly Patch[]): Patch[] {
    const done: Patch[] = []
    const open = [...patches]
    for (let next = open.pop(); next; next = open.pop()) {
      const share = weigh(next.face, position => (townLike(position) ? 1 : 0)) / areaOf(next.face)
      const halves =
        share > 0.15 && share < 0.8 && areaOf(next.face) > 12 * HECTARE ? halve(next, 0.5, cutting) : null
      if (halves) open.push(...halves)
      else {
        const sort = share >= 0.5 ? 'streets' : 'land'
        done.push({ ...next, sort, weight: weigh(next.face, sort === 'streets' ? () => DENSE : flat) })
      }
    }
    return done
  }

  /** Rows of factories along the main roads. */
  function works(pool: Patch[], count: number): void {
    let left = count
    for (let round = 0; round < count * 3 && left > 0; round++) {
      const able = pool.filter(({ use, face }) => use === null && areaOf(face) > 9 * HECTARE)
      if (able.length === 0) return
      const patch = random.pick(able)
      const row = carveFrontage(patch.face, random.whole(160, 420), random.whole(90, 140), random)
      if (!row) continue
      const lots = blocksOf(
        { ...patch, face: row.piece, sort: 'land' },
        () => (0.8 + random.next() * 1.6) * HECTARE,
        { ...cutting, manner: () => unmarked(flat) },
      )
      pool.splice(
        pool.indexOf(patch),
        1,
        { ...patch, face: row.rest, weight: weigh(row.rest, patch.sort === 'streets' ? () => DENSE : flat) },
        ...lots.map((lot): Patch => ({ ...lot, use: 'factory', name: names.works(), weight: SPARSE * 400 })),
      )
      left -= lots.length
    }
  }

  function fields(face: Face, grid: string): Block[] {
    const near = between(frame.metres(interiorOf(face)), frame.metres(site.centre)) < 900
    const use: Use = random.weighted([
      ['field', 10],
      ['orchard', 2],
      ['greenhouse', near ? 1.5 : 0.5],
    ] as const)
    return [{ ...face, use, grid, name: null, density: 0 }]
  }

  const hamlet = ({ ring, along }: Face, grid: string): Block => ({
    ring,
    along,
    use: 'hamlet',
    grid,
    name: names.hamlet(),
    density: 0.12 + random.next() * 0.08,
  })

  /** Hamlets at the lanes of a piece of land, what is left is fields. */
  function hamlets(patch: Patch, grid: string, count: number): Block[] {
    const blocks: Block[] = []
    let rest = patch.face
    for (let i = 0; i < count; i++) {
      const size = (0.45 + random.next() * 0.6) * HECTARE
      const bay = carveBay(rest, size, random, position => network.roadAt(position) !== null)
      if (!bay) continue
      blocks.push(hamlet(bay.piece, grid))
      rest = bay.rest
    }
    return [...blocks, ...fields(rest, grid)]
  }

  function country(patches: readonly Patch[], grid: string): Block[] {
    const pieces = patches.flatMap(patch =>
      blocksOf(patch, () => (2.4 + random.next() * 2.2) * HECTARE, cutting),
    )
    pieces.sort((a, b) => areaOf(b.face) - areaOf(a.face))
    const ground = pieces.reduce((sum, { face }) => sum + areaOf(face), 0)
    let wanted = Math.max(1, Math.round(ground / (4.5 * HECTARE)))
    const blocks: Block[] = []
    for (const piece of pieces) {
      const here = wanted > 0 && areaOf(piece.face) > 0.8 * HECTARE ? 1 : 0
      const filled = hamlets(piece, grid, here)
      wanted -= filled.filter(({ use }) => use === 'hamlet').length
      blocks.push(...filled)
    }
    if (blocks.some(({ use }) => use === 'hamlet') || blocks.length === 0) return blocks
    return settle(blocks, grid)
  }

  /** Makes room for one hamlet where none has found a place. */
  function settle(blocks: readonly Block[], grid: string): Block[] {
    const sizes = [0.6, 0.4, 0.25].map(size => size * HECTARE)
    const order = [...blocks].sort((a, b) => areaOf(b) - areaOf(a))
    for (const size of sizes)
      for (const block of order) {
        const bay = areaOf(block) > size * 1.6 ? carveBay(block, size, random, () => true) : null
        if (bay)
          return [
            ...blocks.filter(other => other !== block),
            hamlet(bay.piece, grid),
            { ...block, ...bay.rest },
          ]
      }
    const [most] = order
    return blocks.map(block => (block === most ? hamlet(block, grid) : block))
  }

  return {
    cutting,
    prepare(faces) {
      const whole = faces.map(fresh)
      const short = shortOf(site.name)
      lineBanks(whole, network, cutting, townLike, () => names.several(short, '滨河绿道'))
      const pool = [
        ...sorted(whole.filter(({ use }) => use === null)),
        ...whole.filter(({ use }) => use !== null),
      ]
      const around = (): [number, number] => [random.normal() * 130, random.normal() * 130]
      for (const [use, hectares, chance] of [
        ['office', 0.7, 1],
        ['school', 1.5, 0.6],
        ['hospital', 0.5, 0.5],
        ['square', 0.4, 0.5],
      ] as const)
        if (random.next() < chance)
          reserve(pool, setting, { use, name: null, hectares, at: around() }, cutting)
      works(pool, options.works ?? 0)
      return [pool]
    },
    fill(patches, grid) {
      const plots = patches.filter(({ use }) => use !== null)
      const built = patches.filter(({ use, sort }) => use === null && sort === 'streets')
      const open = patches.filter(({ use, sort }) => use === null && sort === 'land')
      const at = options.town?.centre ?? site.centre
      const core = faceCovers(site.face, at) ? 150 : 0
      return [
        ...townBlocks(setting, [...plots, ...built], grid, cutting, at, core),
        ...(open.length > 0 ? country(open, grid) : []),
      ]
    },
  }
}
