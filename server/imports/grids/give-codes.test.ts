import { expect, test } from 'vitest'
import type { Grid, Level } from '../../../core/topology/index.ts'
import { giveCodes } from './give-codes.ts'

const grid = (id: string, x: number, code: string, parent: string | null = null, level: Level = 1): Grid => ({
  ...{ id, level, parent, code, name: id, leaf: true, kind: 'basic', locked: false },
  shape: [[[x, 0, x + 10, 0, x + 10, 10, x, 10]]],
})
const nowhere = () => null

test('sound codes stay, also of a grid that was moved; the others get the next free number from west to east', () => {
  const grids = [
    grid('p', 0, '510124101201003'),
    grid('q', 10, '510124101201003'),
    grid('r', 20, 'GRID-7'),
    grid('p1', 0, '51012410120100302', 'p', 2),
    grid('moved', 20, '51012410120100301', 'r', 2),
    grid('r2', 25, '', 'r', 2),
    grid('r1', 22, '51012410120100302', 'r', 2),
  ]
  const { codes, exhausted } = giveCodes(grids, '510124101201', nowhere)
  expect(exhausted).toEqual([])
  expect(Object.fromEntries(codes)).toEqual({
    p: '510124101201003',
    q: '510124101201004',
    r: '510124101201005',
    p1: '51012410120100302',
    moved: '51012410120100301',
    r1: '51012410120100501',
    r2: '51012410120100502',
  })
})

test('level 1 of a town is numbered in the village it lies in, else among those that span villages', () => {
  const grids = [grid('a', 0, ''), grid('b', 10, ''), grid('c', 20, '')]
  const village = (one: Grid) => (one.id === 'b' ? null : '510124101202')
  expect(Object.fromEntries(giveCodes(grids, '510124101', village).codes)).toEqual({
    a: '510124101202001',
    c: '510124101202002',
    b: '510124101601001',
  })
})

test('digits that are used up are told, not doubled', () => {
  const many = Array.from({ length: 101 }, (_, i) => grid(`m${i}`, i * 20, '', 'p', 2))
  const { codes, exhausted } = giveCodes([grid('p', 0, '510124101201001'), ...many], '510124101201', nowhere)
  expect(exhausted).toEqual(['m99', 'm100'])
  expect(new Set(codes.values()).size).toBe(100)
})
