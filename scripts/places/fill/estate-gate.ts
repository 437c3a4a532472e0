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

/** Streets of a town have a vertex about every 24 m. */
const SNAP_METRES = 16

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
  return best && snapped(bands, best.gate)
}

/** Moved to where the street has a vertex, if one is near and no corner: there the drive joins the street exactly. */
function snapped(bands: Bands, gate: Gate): Gate {
  const { edges } = bands.ground
  const end = gate.side === 'south' ? 0 : 1
  let nearest = gate
  let least = SNAP_METRES
  edges.forEach(({ a, line }, i) => {
    const before = edges[(i + edges.length - 1) % edges.length]!
    if (line?.kind !== 'road' || before.line !== line) return
    const [x, y] = bands.axes.local(a)
    const off = Math.abs(x - gate.x)
    if (off >= least) return
    const chord = chordsAt(bands, x).find(ends => Math.abs(ends[end].y - y) < 0.01)
    if (!chord) return
    least = off
    nearest = { ...gate, x, at: a, chord: [chord[0].y, chord[1].y] }
  })
  return nearest
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
