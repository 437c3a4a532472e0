// Banks of wide rivers: a strip of green with a road or a lane along its land side, which other roads end at.
import type { Position } from '../../../core/topology/index.ts'
import type { Face } from '../place.ts'
import type { Manner } from './bisect.ts'
import { carveBank, chainsAlong, lengthAlong } from './carve.ts'
import { areaOf, measured } from './face.ts'
import type { Network } from './network.ts'
import { road } from './network.ts'
import { type Cutting, halve, type Patch } from './share.ts'

/** Metres of green between the water's bank and the road. */
const GREEN = 26

/** No river shorter than this (m) gets a bank of its own. */
const SHORTEST = 160

const SECTION = 12_000

/** A manner of cutting that leaves no mark on the ground. */
export const unmarked = (density: Manner['density']): Manner => ({
  way: () => null,
  keeps: Infinity,
  blind: null,
  step: 20,
  axis: null,
  straight: true,
  stretch: 1,
  jog: 15,
  density,
})

/** Cuts a patch until no piece is larger than so many m². */
export function sections(patch: Patch, most: number, cutting: Cutting): Patch[] {
  const plain: Cutting = { ...cutting, manner: () => unmarked(() => 1) }
  const done: Patch[] = []
  const open = [patch]
  for (let next = open.pop(); next; next = open.pop()) {
    const halves = areaOf(next.face) > most ? halve(next, 0.5, plain) : null
    if (halves) open.push(...halves)
    else done.push(next)
  }
  return done
}

/** Cuts the banks of wide rivers off all patches. */
export function lineBanks(
  pool: Patch[],
  network: Network,
  cutting: Cutting,
  inTown: (position: Position) => boolean,
  named: () => string,
): void {
  for (const patch of [...pool]) {
    if (patch.use !== null) continue
    let face: Face = patch.face
    const cutOff: Patch[] = []
    const water = (one: Face) => chainsAlong(one, line => line.kind === 'water' && line.halfWidth > 15)
    for (let left = water(face).length; left > 0; left--) {
      const chain = water(face).find(([from, to]) => lengthAlong(face, measured(face), from, to) > SHORTEST)
      if (!chain) break
      const middle = Math.floor(
        (chain[0] + (chain[1] > chain[0] ? chain[1] : chain[1] + face.ring.length)) / 2,
      )
      const built = inTown(face.ring[middle % face.ring.length]!)
      const way = built ? road('tertiary', 'street') : road('service')
      const depth = (face.along[chain[0]]?.halfWidth ?? 0) + GREEN
      const carved = carveBank(face, chain[0], chain[1], depth, course => {
        const ends = [course[0]!, course.at(-1)!].filter(end => network.roadAt(end))
        const line = ends.length > 0 ? network.lineFor(course, way) : null
        network.note(course, line)
        return line
      })
      if (!carved) break
      face = carved.rest
      const bank: Patch = {
        ...patch,
        face: carved.piece,
        use: built ? 'park' : 'forest',
        name: built ? named() : null,
        weight: 0.01,
      }
      cutOff.push(...sections(bank, SECTION, cutting))
    }
    if (cutOff.length > 0)
      pool.splice(
        pool.indexOf(patch),
        1,
        { ...patch, face, weight: (patch.weight * areaOf(face)) / areaOf(patch.face) },
        ...cutOff.map(bank => ({ ...bank, weight: 0.01 })),
      )
  }
}
