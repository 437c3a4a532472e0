// Every category happens, and is told with a place.
import { expect, test } from 'vitest'
import { categories } from '../../../migrations/007-incident-categories.ts'
import { INCIDENT_KINDS } from './incident-kinds.ts'

const leaves = categories.filter(({ severity }) => severity !== null).map(({ category }) => category)

test('every category without children happens, and nothing else does', () => {
  expect(INCIDENT_KINDS.map(({ category }) => category).toSorted()).toEqual(leaves.toSorted())
})

test('categories are named once, in both languages, under a parent that comes before', () => {
  const seen = new Set<string>()
  for (const { category, parent, name, severity, hours } of categories) {
    expect(seen.has(category)).toBe(false)
    if (parent !== null) expect(seen.has(parent)).toBe(true)
    expect(name.zh).toMatch(/\p{Script=Han}/u)
    expect(name.en).toMatch(/^[A-Z]/)
    expect(severity === null).toBe(hours === null)
    seen.add(category)
  }
})

test('every kind has a place in its title, a season, and is common somewhere', () => {
  for (const { titles, story, weights } of INCIDENT_KINDS) {
    expect(titles.length).toBeGreaterThan(0)
    for (const title of titles) expect(title).toContain('{w}')
    for (const line of story) expect(line.length).toBeGreaterThan(5)
    expect(weights.some(weight => weight > 0)).toBe(true)
    expect(weights.every(weight => Number.isFinite(weight) && weight >= 0)).toBe(true)
  }
})
