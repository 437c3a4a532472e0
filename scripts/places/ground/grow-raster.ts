// The squares that regions grow over: an outline as cells, lines as cells, distances between cells.

/** Cells of `cell` metres; cell 0's lower left corner lies at x0, y0; two rows of cells around the outline are outside. */
export interface Raster {
  readonly width: number
  readonly height: number
  readonly cell: number
  readonly x0: number
  readonly y0: number
}

export type Metres = readonly [x: number, y: number]

export const OUTSIDE = -1

export function rasterOver(ring: readonly Metres[], cell: number): Raster {
  const xs = ring.map(([x]) => x)
  const ys = ring.map(([, y]) => y)
  const x0 = Math.min(...xs) - 2 * cell
  const y0 = Math.min(...ys) - 2 * cell
  return {
    cell,
    x0,
    y0,
    width: Math.ceil((Math.max(...xs) - x0) / cell) + 2,
    height: Math.ceil((Math.max(...ys) - y0) / cell) + 2,
  }
}

export function cellAt(raster: Raster, [x, y]: Metres): number {
  const column = Math.floor((x - raster.x0) / raster.cell)
  const row = Math.floor((y - raster.y0) / raster.cell)
  if (column < 0 || row < 0 || column >= raster.width || row >= raster.height) return OUTSIDE
  return row * raster.width + column
}

export const middleOf = (raster: Raster, at: number): Metres => [
  raster.x0 + ((at % raster.width) + 0.5) * raster.cell,
  raster.y0 + (Math.floor(at / raster.width) + 0.5) * raster.cell,
]

/** 0 inside the outline, OUTSIDE elsewhere: one connected piece without holes, no two cells that meet in a corner only. */
export function insideOf(ring: readonly Metres[], raster: Raster): Int32Array {
  const { width, height, cell } = raster
  const inside = new Int32Array(width * height).fill(OUTSIDE)
  for (let row = 0; row < height; row++) {
    const y = raster.y0 + (row + 0.5) * cell
    const crossings: number[] = []
    ring.forEach(([ax, ay], i) => {
      const [bx, by] = ring[(i + 1) % ring.length]!
      if (ay <= y !== by <= y) crossings.push(ax + ((bx - ax) * (y - ay)) / (by - ay))
    })
    crossings.sort((a, b) => a - b)
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const from = Math.ceil((crossings[i]! - raster.x0) / cell - 0.5)
      const to = Math.ceil((crossings[i + 1]! - raster.x0) / cell - 0.5)
      for (let column = from; column < to; column++) inside[row * width + column] = 0
    }
  }
  keepGreatest(inside, raster)
  do fillHoles(inside, raster)
  while (closeCorners(inside, raster))
  return inside
}

function keepGreatest(inside: Int32Array, raster: Raster) {
  let greatest: number[] = []
  const seen = new Uint8Array(inside.length)
  for (let at = 0; at < inside.length; at++)
    if (inside[at] === 0 && !seen[at]) {
      const piece = flood(at, raster, next => inside[next] === 0, seen)
      if (piece.length > greatest.length) greatest = piece
    }
  inside.fill(OUTSIDE)
  for (const at of greatest) inside[at] = 0
}

function fillHoles(inside: Int32Array, raster: Raster) {
  const seen = new Uint8Array(inside.length)
  flood(0, raster, next => inside[next] === OUTSIDE, seen)
  for (let at = 0; at < inside.length; at++) if (!seen[at]) inside[at] = 0
}

/** Adds a cell wherever two meet in a corner only, inside or outside; true when it added any. */
function closeCorners(inside: Int32Array, raster: Raster): boolean {
  const { width } = raster
  let added = false
  for (let at = 0; at + width + 1 < inside.length; at++) {
    const here = inside[at]!
    if (here !== inside[at + width + 1] || here === inside[at + 1] || here === inside[at + width]) continue
    if (inside[at + 1] !== inside[at + width]) continue
    inside[here === OUTSIDE ? at : at + 1] = 0
    added = true
  }
  return added
}

/** All cells that can be reached from `start` over sides and that `belongs` accepts; marks them in `seen`. */
export function flood(
  start: number,
  raster: Raster,
  belongs: (at: number) => boolean,
  seen: Uint8Array,
): number[] {
  const { width } = raster
  const found = [start]
  seen[start] = 1
  for (let i = 0; i < found.length; i++) {
    const at = found[i]!
    for (const next of [at - 1, at + 1, at - width, at + width])
      if (next >= 0 && next < seen.length && !seen[next] && belongs(next)) {
        seen[next] = 1
        found.push(next)
      }
  }
  return found
}

/** The cells that a course crosses, each sharing a side with the next, so that nothing slips through. */
export function cellsAlong(course: readonly Metres[], raster: Raster): number[] {
  const cells: number[] = []
  for (let i = 0; i + 1 < course.length; i++) {
    const [ax, ay] = course[i]!
    const [bx, by] = course[i + 1]!
    const steps = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) / (raster.cell / 4)))
    for (let step = 0; step <= steps; step++) {
      const at = cellAt(raster, [ax + ((bx - ax) * step) / steps, ay + ((by - ay) * step) / steps])
      const last = cells.at(-1)
      if (at === OUTSIDE || at === last) continue
      if (last !== undefined) {
        const sideways = (at % raster.width) - (last % raster.width)
        if (sideways !== 0 && at !== last + sideways) cells.push(last + sideways)
      }
      cells.push(at)
    }
  }
  return cells
}

/** Metres from every cell to the nearest of `from`, nearly (within 5 %): two sweeps of steps sideways and diagonal. */
export function distances(from: Iterable<number>, raster: Raster): Float32Array {
  const { width, height, cell } = raster
  const far = new Float32Array(width * height).fill(1e9)
  for (const at of from) far[at] = 0
  const diagonal = cell * Math.SQRT2
  const relax = (at: number, by: number) => {
    let least = far[at]!
    least = Math.min(least, far[at - by]! + cell, far[at - by * width]! + cell)
    least = Math.min(least, far[at - by * (width + 1)]! + diagonal, far[at - by * (width - 1)]! + diagonal)
    far[at] = least
  }
  for (let at = width + 1; at < far.length - width - 1; at++) relax(at, 1)
  for (let at = far.length - width - 2; at > width; at--) relax(at, -1)
  return far
}
