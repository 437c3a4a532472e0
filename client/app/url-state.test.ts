import { expect, test } from 'vitest'
import { DEFAULT_LAYERS } from '../map/layer-groups.ts'
import { type Address, readAddress, writeAddress } from './url-state.ts'

const nothing: Address = { view: null, plan: null, grid: null, area: null, layers: DEFAULT_LAYERS }

test('what was written is read again', () => {
  const layers = structuredClone(DEFAULT_LAYERS)
  layers.roads.shown = false
  layers.water.opacity = 0.4
  const address: Address = {
    view: { lng: 13.26, lat: 53.56, zoom: 12.5 },
    plan: '0191e3a0-0000-7000-8000-000000000001',
    grid: '0191e3a0-0000-7000-8000-000000000002',
    area: '900001001001',
    layers,
  }
  expect(readAddress(writeAddress(address))).toEqual(address)
})

test('an empty address says nothing, and nothing is written as nothing', () => {
  expect(readAddress('')).toEqual(nothing)
  expect(writeAddress(nothing)).toBe('')
})

test('nonsense is left out', () => {
  expect(readAddress('?view=x/y&plan=<b>&layers=-moon,roads:9,-&grid=%00')).toEqual(nothing)
  expect(readAddress('?view=200/0/3').view).toBeNull()
})
