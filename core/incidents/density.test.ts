import fc from 'fast-check'
import { expect, test } from 'vitest'
import { densityOf, HEAT_BREAKS, heatClass, workspaceFor } from './density.ts'
import { cellsOf, mercatorX, mercatorY, radiiFor, rasterOf, usualRadius } from './raster.ts'
import { SIDE, SOUTH, WEST } from './testing-columns.ts'

const BOX = [WEST, SOUTH, WEST + SIDE, SOUTH + SIDE] as const
const place = fc.tuple(fc.integer({ min: 0, max: SIDE }), fc.integer({ min: 0, max: SIDE }))

function spread(
  places: readonly (readonly [number, number])[],
  box: readonly [number, number, number, number],
  radius: number,
  days: number,
) {
  const raster = rasterOf(box, radius)
  const work = workspaceFor(raster)
  const xs = Int32Array.from(places, ([x]) => WEST + x)
  const ys = Int32Array.from(places, ([, y]) => SOUTH + y)
  for (const cell of cellsOf(raster, xs, ys)) work.counts[cell]!++
  return { raster, values: densityOf(raster, work, days) }
}

/** The value of the cell that a place lies in. */
function valueAt({ raster, values }: ReturnType<typeof spread>, [x, y]: readonly [number, number]): number {
  const column = Math.floor((mercatorX(WEST + x) - raster.west) / raster.cell)
  const row = Math.floor((mercatorY(SOUTH + y) - raster.north) / raster.cell)
  return values[row * raster.columns + column] ?? 0
}

test('density times ground and days is the number of incidents', () => {
  fc.assert(
    fc.property(
      fc.array(place, { maxLength: 40 }),
      fc.constantFrom(100, 500),
      fc.integer({ min: 1, max: 400 }),
      (places, radius, days) => {
        const { raster, values } = spread(places, BOX, radius, days)
        let sum = 0
        for (const [at, value] of values.entries()) {
          sum += value * raster.squareKilometres[Math.floor(at / raster.columns)]! * days
        }
        expect(sum).toBeCloseTo(places.length, 1)
      },
    ),
    { numRuns: 30 },
  )
})

test('one incident reaches as far as the radius and no further', () => {
  const [x, y] = [SIDE / 2 + 37, SIDE / 2 + 91]
  const one = spread([[x, y]], BOX, 200, 1)
  const metresEast = (metres: number) => Math.round((metres / (111_320 * Math.cos(0.5381))) * 1e7)
  const metresNorth = (metres: number) => Math.round((metres / 110_900) * 1e7)
  expect(valueAt(one, [x, y])).toBeGreaterThan(20)
  expect(valueAt(one, [x + metresEast(90), y])).toBeGreaterThan(0)
  expect(valueAt(one, [x + metresEast(200), y])).toBe(0)
  expect(valueAt(one, [x, y - metresNorth(202)])).toBe(0)
})

test('the same ground has the same value, whatever lies further out, and half the value over twice the days', () => {
  fc.assert(
    fc.property(fc.array(place, { minLength: 1, maxLength: 20 }), places => {
      const here = spread(places, BOX, 500, 30)
      const wider = [WEST - 3 * SIDE, SOUTH, WEST + SIDE, SOUTH + SIDE + 100_000] as const
      const there = spread(places, wider, 500, 30)
      const longer = spread(places, BOX, 500, 60)
      for (const at of places) {
        expect(valueAt(there, at)).toBeCloseTo(valueAt(here, at), 6)
        expect(valueAt(longer, at)).toBeCloseTo(valueAt(here, at) / 2, 6)
      }
    }),
    { numRuns: 30 },
  )
})

test('what an earlier window left behind is not seen', () => {
  const raster = rasterOf(BOX, 200)
  const used = workspaceFor(raster)
  const cell = (row: number) => row * raster.columns + Math.floor(raster.columns / 2)
  for (const rows of [[10], [10, 40], [40], [70, 12]]) {
    const fresh = workspaceFor(raster)
    used.counts.fill(0)
    for (const row of rows) {
      used.counts[cell(row)]! += 3
      fresh.counts[cell(row)]! += 3
    }
    expect(densityOf(raster, used, 1)).toEqual(densityOf(raster, fresh, 1))
  }
})

test('radii suit the size of a place, from a street to a county to a province', () => {
  const km = 100_000
  const street = radiiFor([WEST, SOUTH, WEST + 8 * km, SOUTH + 6 * km])
  expect(street).toEqual([100, 200, 500, 1000])
  expect(usualRadius(street)).toBe(200)
  const county = radiiFor([WEST, SOUTH, WEST + 80 * km, SOUTH + 90 * km])
  expect(usualRadius(county)).toBe(1000)
  expect(radiiFor([WEST, SOUTH, WEST + 1_000_000_000, SOUTH + 300_000_000]).length).toBeGreaterThan(0)
  expect(radiiFor([WEST, SOUTH, WEST, SOUTH])[0]).toBe(50)
})

test('a value at a break belongs to the class above it', () => {
  expect(heatClass(0)).toBe(-1)
  for (const [index, start] of HEAT_BREAKS.entries()) {
    expect(heatClass(start)).toBe(index)
    expect(heatClass(start * 0.999)).toBe(index - 1)
  }
})
