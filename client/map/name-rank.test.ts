import { expect, test } from 'vitest'
import { namedRank } from './name-rank.ts'

const sizes = (ranks: Record<number, number[]>) =>
  new Map(Object.entries(ranks).map(([rank, all]) => [Number(rank), all]))

test('the deepest rank whose polygons have room is named', () => {
  expect(namedRank(sizes({ 1: [400], 2: [200, 180, 190], 3: [120, 30, 20] }))).toBe(2)
  expect(namedRank(sizes({ 1: [400], 2: [200, 180, 190], 3: [112, 115, 120] }))).toBe(3)
})

test('one large polygon among small ones does not make a crowd of names', () => {
  expect(namedRank(sizes({ 9: [300, 200], 12: [500, 20, 20, 20] }))).toBe(9)
})

test('where nothing has room, the highest rank there is; where nothing is, none', () => {
  expect(namedRank(sizes({ 2: [20, 30], 3: [5] }))).toBe(2)
  expect(namedRank(new Map())).toBeNull()
})
