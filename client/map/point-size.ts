// How large an incident is drawn as a point, and how near to it a pointer must come.

/** Pixels across, at some zooms. */
const SIZES = [
  [10, 5],
  [14, 8],
  [17, 13],
] as const

export function pointSize(zoom: number): number {
  const [[lowest, least], [middle, usual], [highest, most]] = SIZES
  if (zoom <= middle) {
    return least + (usual - least) * Math.max(0, (zoom - lowest) / (middle - lowest))
  }
  return usual + (most - usual) * Math.min(1, (zoom - middle) / (highest - middle))
}

/** So far from its place a point can be hit, in pixels. */
export const reachAt = (zoom: number): number => pointSize(zoom) / 2 + 3
