import { expect, test } from 'vitest'
import { scaleOf } from './map-scale.ts'

test('a round length that fits', () => {
  // At the equator and zoom 0, one pixel is 78.27 km.
  expect(scaleOf({ lng: 0, lat: 0, zoom: 0 }).metres).toBe(5_000_000)
  const { metres, pixels } = scaleOf({ lng: 13.26, lat: 53.56, zoom: 15 })
  expect(metres).toBe(100)
  expect(pixels).toBeCloseTo(70.5, 0)
})
