// Where a name stands: the point deepest inside a polygon, by Garcia-Castellanos & Lombardo 2007 refined on a quad grid
// as in Mapbox's polylabel.

type Point = readonly [number, number]
type Rings = readonly (readonly Point[])[]

function signedDistance(x: number, y: number, rings: Rings): number {
  let inside = false
  let least = Number.POSITIVE_INFINITY
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const a = ring[i]!
      const b = ring[j]!
      if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside
      const dx = b[0] - a[0]
      const dy = b[1] - a[1]
      const length2 = dx * dx + dy * dy
      const t = length2 === 0 ? 0 : Math.max(0, Math.min(1, ((x - a[0]) * dx + (y - a[1]) * dy) / length2))
      const ex = x - a[0] - t * dx
      const ey = y - a[1] - t * dy
      least = Math.min(least, ex * ex + ey * ey)
    }
  }
  return (inside ? 1 : -1) * Math.sqrt(least)
}

interface Cell {
  x: number
  y: number
  half: number
  distance: number
}

/** The deepest point of a polygon (planar units) and its distance to the edge; null for an empty polygon. */
export function innerPoint(rings: Rings, precision: number): { at: Point; depth: number } | null {
  const outer = rings[0]
  if (!outer || outer.length < 3) return null
  const xs = outer.map(p => p[0])
  const ys = outer.map(p => p[1])
  const [west, east] = [Math.min(...xs), Math.max(...xs)]
  const [south, north] = [Math.min(...ys), Math.max(...ys)]
  const size = Math.min(east - west, north - south)
  if (size === 0) return null
  const cellAt = (x: number, y: number, half: number): Cell => ({
    x,
    y,
    half,
    distance: signedDistance(x, y, rings),
  })
  let best = cellAt((west + east) / 2, (south + north) / 2, 0)
  let cells: Cell[] = []
  for (let x = west; x < east; x += size) {
    for (let y = south; y < north; y += size) cells.push(cellAt(x + size / 2, y + size / 2, size / 2))
  }
  while (cells.length > 0) {
    for (const cell of cells) if (cell.distance > best.distance) best = cell
    const deepest = best.distance
    cells = cells
      .filter(
        cell => cell.half > precision / 2 && cell.distance + cell.half * Math.SQRT2 > deepest + precision,
      )
      .flatMap(({ x, y, half }) => {
        const h = half / 2
        return [
          cellAt(x - h, y - h, h),
          cellAt(x + h, y - h, h),
          cellAt(x - h, y + h, h),
          cellAt(x + h, y + h, h),
        ]
      })
  }
  return { at: [best.x, best.y], depth: best.distance }
}
