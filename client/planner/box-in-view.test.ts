import { expect, test } from 'vitest'
import { boxInView, isInBox } from './box-in-view.ts'

const size = { width: 1000, height: 500 }

test('what is in view and as much again, with the line that is drawn already', () => {
  const [west, south, east, north] = boxInView({ lng: 100, lat: 0, zoom: 10 }, [], size)!
  expect([west, east].map(value => (value - 100) / (360 / 512 / 1024))).toEqual([-1000, 1000])
  expect(north - south).toBeCloseTo((east - west) / 2)
  const wider = boxInView({ lng: 100, lat: 60, zoom: 10 }, [[103, 61]], size)!
  expect(isInBox([103, 61], wider)).toBe(true)
  expect(isInBox([103.01, 61], wider)).toBe(false)
  expect(boxInView({ lng: 0, lat: 0, zoom: 0 }, [], size)).toEqual([-180, -90, 180, 90])
  expect(boxInView(null, [], size)).toBeNull()
})
