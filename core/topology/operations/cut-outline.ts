// Cuts grids along closed outlines and tells which pieces lie inside them.
import type { Coverage } from '../coverage.ts'
import { covers } from '../covers.ts'
import { isClosed } from '../line.ts'
import { isRefusal, type Position, type Refusal } from '../model.ts'
import { type Pieces, tracePieces } from '../pieces.ts'
import type { Box } from '../plans.ts'
import { Points } from '../points.ts'
import type { Region } from '../region.ts'
import { interiorPoint, shapeArea2 } from '../shape.ts'
import { type CutSegment, type Snapped, snapRound } from '../snap.ts'
import { colourPieces } from './colour-pieces.ts'
import { drawLine, latticeLine } from './draw-line.ts'
import { onRegion } from './on-region.ts'

export interface CutOut {
  readonly region: Region
  readonly snapped: Snapped
  readonly pieces: Pieces
  readonly inside: readonly boolean[]
}

/** A closed line on the lattice, or `bad-geometry`. */
export const closedLine = (line: readonly Position[]): Position[] | Refusal => {
  const drawn = latticeLine(line)
  if (isRefusal(drawn)) return drawn
  return isClosed(drawn) ? drawn : { refused: 'bad-geometry', place: drawn[0] ?? null }
}

export const boxOfLine = (line: readonly Position[]): Box => [
  Math.min(...line.map(([x]) => x)),
  Math.min(...line.map(([, y]) => y)),
  Math.max(...line.map(([x]) => x)),
  Math.max(...line.map(([, y]) => y)),
]

/**
 * Outlines may lie in one another (an even number of them around a place: outside) but do not cross.
 * Pieces of the target and of the leaves that are also in play; only the former can be inside. What lies outside the
 * target's ground is ignored. Refuses with `misses-grid` when no ground of the target lies inside,
 * `self-crossing`, `too-narrow`, `touches-only`.
 */
export const cutOutline = (
  coverage: Coverage,
  outlines: readonly (readonly Position[])[],
  grids: readonly string[],
  isTarget: (leaf: string) => boolean,
  alsoInPlay: (leaf: string) => boolean = () => false,
): CutOut | Refusal => {
  const box = boxOfLine(outlines.flat())
  const rings = outlines.map(outline => outline.slice(0, -1).flat())
  const place = outlines[0]?.[0] ?? null
  return onRegion(
    coverage,
    grids,
    region => {
      const inTarget = Uint8Array.from(region.leaves, leaf => (isTarget(leaf.id) ? 1 : 0))
      const points = new Points(region.points)
      const cuts: CutSegment[] = []
      let touching: Refusal | null = null
      let chains = 0
      for (const outline of outlines) {
        const fitted = drawLine(region, inTarget, { box, onGround: () => true }, outline, points)
        if (isRefusal(fitted)) {
          if (fitted.refused !== 'touches-only') return fitted
          touching ??= fitted
          continue
        }
        for (const segment of fitted.noded.chains.flat())
          cuts.push({ ...segment, chain: segment.chain + chains })
        chains += fitted.noded.chains.length
      }
      if (touching && cuts.length === 0) return touching
      const snapped = snapRound(region, points, { cuts, moved: [], gone: [] })
      if (isRefusal(snapped)) return snapped
      const inPlay = inTarget.map((one, leaf) => (one === 1 || alsoInPlay(region.leaves[leaf]!.id) ? 1 : 0))
      const pieces = tracePieces(region, inPlay, snapped)
      if (isRefusal(pieces)) return pieces
      const cut = (piece: number) => piece >= 0 && inTarget[pieces.pieces[piece]!.leaf] === 1
      const areas = pieces.pieces.map(({ face }) => shapeArea2([face]))
      const order = areas
        .map((_, p) => p)
        .filter(cut)
        .sort((p, q) => (areas[p]! < areas[q]! ? 1 : -1))
      const inside = colourPieces(
        areas.length,
        pieces.borders,
        border => pieces.borders.chain[border]! >= 0,
        order,
        piece => covers([rings], interiorPoint([pieces.pieces[piece]!.face])),
        cut,
      )
      if (!inside) return { refused: 'too-narrow', place }
      if (!inside.includes(true)) return { refused: 'misses-grid', place }
      return { snapped, pieces, inside, removed: snapped.removed }
    },
    [box],
  )
}
