import { expect, test } from 'vitest'
import type { LayerCatalogue } from '../../core/contract/layers.ts'
import type { Plan } from '../../core/contract/plans.ts'
import { demoNames } from './demo-names.ts'

const catalogue = (demo: LayerCatalogue['demo']): LayerCatalogue => ({
  layers: [],
  named: [],
  demo,
  bbox: null,
  attribution: [],
})
const tuanjie = { county: '510124', place: 'tuanjie', name: '团结街道' }
const plan = { county: '510124', areaName: '团结街道', demo: true } as Plan

test('real data carries no mark', () => {
  expect(demoNames(undefined, undefined)).toEqual([])
  expect(demoNames(catalogue([]), { ...plan, demo: false })).toEqual([])
})

test('every generated place is named once, also while no plan is open', () => {
  expect(demoNames(catalogue([tuanjie]), undefined)).toEqual(['团结街道'])
  expect(demoNames(catalogue([tuanjie]), plan)).toEqual(['团结街道'])
})

test('a plan that says it is demo is marked before the catalogue is there', () => {
  expect(demoNames(undefined, plan)).toEqual(['团结街道'])
})
