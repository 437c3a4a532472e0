// The gate of an estate: where a drive straight through the rows meets a street.
import type { Bands } from './bands.ts'
import { isRoad } from './fronts.ts'
import type { Edge } from './ground.ts'
import type { Point } from './plane.ts'

export interface Gate {
  /** Of the drive, local. */
  readonly x: number
  readonly side: 'south' | 'north'
  /** The drive's line inside the block, from south to north. */
  readonly chord: readonly [south: number, north: number]
  readonly clear: number
  readonly at: Point
}

/** Null where the block is too narrow for a drive between two buildings, or no street crosses its way. */
export function gateOf(bands: Bands, narrowest: number): Gate | null {
  const [west] = bands.low
  const [east] = bands.high
  if (east - west < narrowest * 1.3) return null
  let best: { gate: Gate; worth: number } | null = null
  for (const share of [0.5, 0.45, 0.55, 0.4, 0.6, 0.34, 0.66, 0.28, 0.72]) {
    const x = west + (east - west) * share
    for (const [low, high] of chordsAt(bands, x)) {
      for (const side of ['south', 'north'] as const) {
        const { edge, y } = side === 'south' ? low : high
        if (!isRoad(edge) || edge.length < 12) continue
        const middle = 1 - Math.abs(share - 0.5)
        const worth = (high.y - low.y) * middle * (edge.line!.class === 'primary' ? 0.6 : 1)
        if (best && worth <= best.worth) continue
        const at = bands.axes.world(x, y)
        best = { worth, gate: { x, side, at, clear: edge.clear, chord: [low.y, high.y] } }
      }
    }
  }
  return best?.gate ?? null
}

interface Hit {
  readonly y: number
  readonly edge: Edge
}

function chordsAt({ ground, axes }: Bands, x: number): [Hit, Hit][] {
  const hits: Hit[] = []
  for (const edge of ground.edges) {
    const [ax, ay] = axes.local(edge.a)
    const [bx, by] = axes.local(edge.b)
    if (ax > x !== bx > x) hits.push({ edge, y: ay + ((x - ax) / (bx - ax)) * (by - ay) })
  }
  hits.sort((p, q) => p.y - q.y)
  return hits.flatMap((hit, i): [Hit, Hit][] => (i % 2 === 0 && hits[i + 1] ? [[hit, hits[i + 1]!]] : []))
}
