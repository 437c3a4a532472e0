import { expect, test } from 'vitest'
import { FIRST_ANALYSIS } from '../analyst/settings.ts'
import { DEFAULT_LAYERS } from '../map/layer-groups.ts'
import { type Address, readAddress, writeAddress } from './url-state.ts'
import { FIRST_COLOURS } from './work.ts'

const nothing: Address = {
  work: 'plan',
  view: null,
  plan: null,
  grid: null,
  area: null,
  layers: DEFAULT_LAYERS,
  named: {},
  level: null,
  colours: FIRST_COLOURS,
  analysis: FIRST_ANALYSIS,
  period: 'year',
  query: null,
}

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
    named: { '0191e3a0-0000-7000-8000-00000000000a': { shown: false, opacity: 0.5 } },
    work: 'lead',
    level: 3,
    colours: { ...FIRST_COLOURS, lead: 'density' },
    analysis: { ...FIRST_ANALYSIS, as: 'grids', sources: ['hotline'] },
    period: 'month',
    query: { kind: 'circle', center: [104.05, 30.93], metres: 523 },
  }
  expect(readAddress(writeAddress(address))).toEqual(address)
})

test('an empty address says nothing, and nothing is written as nothing', () => {
  expect(readAddress('')).toEqual(nothing)
  expect(writeAddress(nothing)).toBe('')
})

test('nonsense is left out', () => {
  expect(
    readAddress('?view=x/y&plan=<b>&layers=-moon,roads:9,-&grid=%00&level=5&work=king&colour=red&query=star'),
  ).toEqual(nothing)
  expect(readAddress('?view=200/0/3').view).toBeNull()
})

test('colours belong to the workspace that is open, and may be none', () => {
  expect(readAddress('?work=lead&colour=none').colours).toEqual({ ...FIRST_COLOURS, lead: null })
  expect(readAddress('?colour=deviation').colours).toEqual({ ...FIRST_COLOURS, plan: 'deviation' })
  expect(
    writeAddress({ ...nothing, work: 'lead', colours: { ...FIRST_COLOURS, plan: 'deviation', lead: null } }),
  ).toBe('?work=lead&colour=none')
})
