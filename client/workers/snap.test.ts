import { expect, test } from 'vitest'
import type { Place } from '../../core/contract/geometry.ts'
import type { Grid } from '../../core/topology/model.ts'
import type { PointerAt } from './messages.ts'
import { bordersOf, snap } from './snap.ts'

//  d ── c      a square of 0.001°, one pixel is 0.000001°
//  │    │
//  a ── b
const square: Grid = {
  id: 'g',
  level: 1,
  parent: null,
  leaf: true,
  code: '1',
  name: 'g',
  kind: 'basic',
  locked: false,
  shape: [[[0, 0, 10_000, 0, 10_000, 10_000, 0, 10_000]]],
}
const borders = bordersOf([square])
const pointer = (lng: number, lat: number, more: Partial<PointerAt> = {}): PointerAt => ({
  at: [lng, lat],
  road: null,
  perPixel: [1e-6, 1e-6],
  free: false,
  ...more,
})

test('a shared border is kept once', () => {
  expect(borders).toHaveLength(16)
  expect(bordersOf([square, { ...square, id: 'same ground' }])).toHaveLength(16)
})

test('a vertex wins over the border it lies on, and is met exactly', () => {
  expect(snap(borders, [], pointer(0.000004, -0.000003))).toEqual({ at: [0, 0], kind: 'vertex' })
})

test('a border is met at the foot of the pointer', () => {
  expect(snap(borders, [], pointer(0.0005, 0.000006))).toEqual({ at: [0.0005, 0], kind: 'border' })
})

test('a road is taken where no border is near, nothing where neither is', () => {
  const road: Place = [0.0005031, 0.0005]
  expect(snap(borders, [], pointer(0.0005, 0.0005, { road }))).toEqual({ at: road, kind: 'road' })
  expect(snap(borders, [], pointer(0.0005, 0.0005)).kind).toBeNull()
})

test('Alt suspends', () => {
  expect(snap(borders, [], pointer(0.000004, 0, { free: true })).kind).toBeNull()
})

test('from three points on, the start of the line attracts most', () => {
  const points: Place[] = [
    [0.000002, 0.000002],
    [0.0002, 0.0001],
    [0.0002, 0.0003],
  ]
  expect(snap(borders, points, pointer(0.000004, 0))).toEqual({ at: points[0], kind: 'start' })
})
