// The ground of grids that are no village: street corridors, development zones, enterprise areas.
import { frameAt } from '../frame.ts'
import type { Block, GeneratedGrid, Line, Random, SpecialSite, Use } from '../place.ts'
import { sections } from './banks.ts'
import type { Manner } from './bisect.ts'
import { areaOf } from './face.ts'
import { Names } from './names.ts'
import { Network, road } from './network.ts'
import { shapeOf } from './outline.ts'
import type { Cutting, Patch } from './share.ts'
import { axisOf, blocksOf } from './town.ts'

const HECTARE = 10_000

export interface SpecialLayout {
  readonly grids: readonly GeneratedGrid[]
  readonly blocks: readonly Block[]
  readonly lines: readonly Line[]
}

/** Lays a special grid out: corridors are shops and old houses along their street, the rest factories and offices. */
export function layOutSpecial(special: SpecialSite, random: Random): SpecialLayout {
  const { pieces, kind, parts, name } = special
  const top = { id: random.id(), code: `${special.code}001` }
  const grids: GeneratedGrid[] = [
    {
      ...top,
      level: 1,
      parent: null,
      leaf: !parts,
      name,
      kind,
      shape: shapeOf(pieces.map(({ face }) => face)),
    },
  ]
  const names = new Names(special, random.fork('names'))
  const blocks: Block[] = []
  const lines: Line[] = []
  pieces.forEach((piece, i) => {
    const grid = parts ? random.id() : top.id
    if (parts)
      grids.push({
        id: grid,
        level: 2,
        parent: top.id,
        leaf: true,
        code: top.code + String(i + 1).padStart(2, '0'),
        name: piece.name,
        kind,
        shape: shapeOf([piece.face]),
      })
    const origin = piece.face.ring[0]!
    const network = new Network(frameAt(origin), random.fork(`lines ${i}`), origin, () => null)
    network.learn(piece.face)
    const axis = axisOf(piece.face)
    const manner: Manner = {
      way: area => (area > 12 * HECTARE ? road('tertiary') : area > 3 * HECTARE ? road('service') : null),
      keeps: 6 * HECTARE,
      blind: road('service'),
      step: 20,
      axis,
      stretch: 1,
      straight: true,
      jog: 30,
      density: () => 1,
    }
    const cutting: Cutting = { network, random, manner: () => manner }
    const patch: Patch = { face: piece.face, use: null, name: null, weight: 1, sort: 'streets' }
    const cut =
      kind === 'street'
        ? sections(patch, 0.5 * HECTARE, cutting)
        : blocksOf(patch, () => (1.4 + random.next() * 1.8) * HECTARE, cutting)
    for (const { face } of cut) blocks.push({ ...face, grid, ...contents(kind, areaOf(face), names, random) })
    lines.push(...network.lines)
  })
  return { grids, blocks, lines }
}

function contents(
  kind: SpecialSite['kind'],
  area: number,
  names: Names,
  random: Random,
): Pick<Block, 'use' | 'name' | 'density'> {
  if (kind === 'street') {
    const use: Use = random.next() < 0.7 ? 'old-town' : 'shops'
    return { use, name: use === 'shops' ? names.named('shops') : null, density: use === 'old-town' ? 0.3 : 0 }
  }
  const use: Use = area < 0.8 * HECTARE || random.next() < 0.18 ? 'office' : 'factory'
  return { use, name: use === 'factory' ? names.works() : null, density: 0 }
}
