// Roads and waters that a block does not border on: they end or pass at a corner of it, or are so wide that they reach it.
import type { Position } from '../../../core/topology/index.ts'
import type { Block, Frame, Line } from '../place.ts'
import { type Box, boxesNear, boxOf } from './plane.ts'

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

/** Asks for a block in its box: the stretches of these lines that may reach into it and are none of its edges. */
export function linesNear(
  lines: readonly Line[],
  frame: Frame,
): (block: Block, box: Box) => readonly Stretch[] {
  const stretches = lines.flatMap(({ path, halfWidth }) =>
    path.slice(1).map((to, i) => {
      const from = path[i]!
      return { from, to, halfWidth, box: boxOf([frame.metres(from), frame.metres(to)]) }
    }),
  )
  return ({ ring }, box) => {
    const edges = new Set(ring.map((from, i) => `${from} ${ring[(i + 1) % ring.length]}`))
    return stretches.filter(
      ({ from, to, halfWidth, box: other }) =>
        boxesNear(other, box, halfWidth) && !edges.has(`${from} ${to}`) && !edges.has(`${to} ${from}`),
    )
  }
}
