// The raster that density is worked out on: square cells of some metres, fixed to the ground whatever the map shows.
//
// Cells are squares of the map's projection (Mercator), so that the picture lies exactly; a cell is a quarter of the radius
// wide at the middle of the place, and every row of cells has its true area. Cells are counted from the corner of the world:
// the same ground has the same cells when incidents further out are added.
import { LATTICE } from '../topology/model.ts'
import type { Box } from '../topology/plans.ts'
import { areaSquareMetres } from '../topology/shape.ts'

export interface Raster {
  readonly radius: number
  /** In Mercator units of 0 to 1. */
  readonly west: number
  readonly north: number
  readonly cell: number
  readonly columns: number
  readonly rows: number
  /** Of one cell, for each row. */
  readonly squareKilometres: Float64Array
}

const EQUATOR_METRES = 40_075_016.686
/** A radius is so many cells: three for the kernel, and one for where in its cell a place lies. */
const CELLS_OF_RADIUS = 4
/** Cells around all incidents: what spreads three cells is spread without looking for an edge. */
const MARGIN = 6
const MOST_CELLS = 200_000
const RADII = [50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000]
const USUAL_RADIUS = 200
const MOST_OFFERED = 4
/** The middle latitude is rounded to this, so that a new incident does not shift the cells. */
const LATITUDE_STEP = 0.5

export const mercatorX = (x: number): number => x / LATTICE / 360 + 0.5
export const mercatorY = (y: number): number => {
  const sine = Math.sin((y / LATTICE) * (Math.PI / 180))
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)
}
/** Lattice steps of a Mercator y. */
const latticeY = (my: number): number =>
  (Math.atan(Math.sinh(Math.PI * (1 - 2 * my))) * 180 * LATTICE) / Math.PI
const latticeX = (mx: number): number => (mx - 0.5) * 360 * LATTICE

function cellFor([, south, , north]: Box, radius: number): number {
  const middle = Math.round((south + north) / 2 / LATTICE / LATITUDE_STEP) * LATITUDE_STEP
  return radius / CELLS_OF_RADIUS / (EQUATOR_METRES * Math.cos((middle * Math.PI) / 180))
}

function frameOf(box: Box, radius: number) {
  const cell = cellFor(box, radius)
  const left = Math.floor(mercatorX(box[0]) / cell) - MARGIN
  const top = Math.floor(mercatorY(box[3]) / cell) - MARGIN
  const columns = Math.floor(mercatorX(box[2]) / cell) + MARGIN + 1 - left
  const rows = Math.floor(mercatorY(box[1]) / cell) + MARGIN + 1 - top
  return { cell, left, top, columns, rows }
}

/** The radii that suit the size of a place, the smallest first; never none. */
export function radiiFor(box: Box): number[] {
  const fits = (radius: number) => {
    const { columns, rows } = frameOf(box, radius)
    return columns * rows <= MOST_CELLS
  }
  const first = RADII.findIndex(fits)
  return first < 0 ? RADII.slice(-1) : RADII.slice(first, first + MOST_OFFERED)
}

/** What a place begins with. */
export const usualRadius = (radii: readonly number[]): number =>
  radii.find(radius => radius >= USUAL_RADIUS) ?? radii.at(-1) ?? USUAL_RADIUS

/** @param box of all incidents, in lattice steps */
export function rasterOf(box: Box, radius: number): Raster {
  const { cell, left, top, columns, rows } = frameOf(box, radius)
  const west = left * cell
  const north = top * cell
  const [x0, x1] = [latticeX(west), latticeX(west + cell)]
  const squareKilometres = Float64Array.from({ length: rows }, (_, row) => {
    const y0 = latticeY((top + row + 1) * cell)
    const y1 = latticeY((top + row) * cell)
    return areaSquareMetres([[[x0, y0, x1, y0, x1, y1, x0, y1]]]) / 1e6
  })
  return { radius, west, north, cell, columns, rows, squareKilometres }
}

/** The cell of each place, row by row from the north-west corner. */
export function cellsOf(raster: Raster, xs: Int32Array, ys: Int32Array): Uint32Array {
  const { west, north, cell, columns, rows } = raster
  const cells = new Uint32Array(xs.length)
  const within = (value: number, count: number) => Math.min(count - 1, Math.max(0, Math.floor(value)))
  for (let i = 0; i < cells.length; i++) {
    const column = within((mercatorX(xs[i]!) - west) / cell, columns)
    const row = within((mercatorY(ys[i]!) - north) / cell, rows)
    cells[i] = row * columns + column
  }
  return cells
}
