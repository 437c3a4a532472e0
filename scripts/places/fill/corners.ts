// Roads and waters that only touch a block: they end or pass at a corner of it, between two other blocks.
import type { Position } from '../../../core/topology/index.ts'
import type { Block } from '../place.ts'

export interface Stretch {
  readonly from: Position
  readonly to: Position
  readonly halfWidth: number
}

/** Asks for a block: the stretches of line that meet its corners and are none of its edges. */
export function linesAtCorners(blocks: readonly Block[]): (block: Block) => Stretch[] {
  const ends = new Map<string, Stretch[]>()
  for (const { ring, along } of blocks)
    along.forEach((line, i) => {
      if (!line) return
      const [from, to] = [ring[i]!, ring[(i + 1) % ring.length]!]
      for (const [here, there] of [
        [from, to],
        [to, from],
      ] as const) {
        const known = ends.get(`${here}`) ?? []
        if (known.some(stretch => `${stretch.to}` === `${there}`)) continue
        known.push({ from: here, to: there, halfWidth: line.halfWidth })
        ends.set(`${here}`, known)
      }
    })
  return ({ ring }) =>
    ring.flatMap((corner, i) => {
      const own = new Set([`${ring[(i + 1) % ring.length]}`, `${ring[(i + ring.length - 1) % ring.length]}`])
      return (ends.get(`${corner}`) ?? []).filter(({ to }) => !own.has(`${to}`))
    })
}
