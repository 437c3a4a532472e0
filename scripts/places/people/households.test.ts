// Households of every size and kind make sense: sexes, ages and relations.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomOf } from '../random.ts'
import { householdOf, type Kind } from './households.ts'

const KINDS: readonly Kind[] = ['town', 'plain', 'mountain', 'floating', 'dormitory']
const household = fc
  .record({
    size: fc.integer({ min: 1, max: 8 }),
    kind: fc.constantFrom(...KINDS),
    seed: fc.integer(),
  })
  .map(({ size, kind, seed }) => ({ size, kind, members: householdOf(size, kind, randomOf(`${seed}`)) }))
const runs = { numRuns: 1_000 }

test('a household has its size and one head, who is of age', () => {
  fc.assert(
    fc.property(household, ({ size, members }) => {
      expect(members).toHaveLength(size)
      expect(members.filter(({ relation }) => relation === 'head')).toHaveLength(1)
      expect(members[0]!.relation).toBe('head')
      expect(members[0]!.age).toBeGreaterThan(18)
      for (const { age } of members) {
        expect(age).toBeGreaterThan(0)
        expect(age).toBeLessThan(99)
      }
    }),
    runs,
  )
})

test('spouses are of the two sexes, of age, and within ten years of each other', () => {
  fc.assert(
    fc.property(household, ({ members }) => {
      const head = members[0]!
      for (const spouse of members.filter(({ relation }) => relation === 'spouse')) {
        expect(spouse.male).toBe(!head.male)
        expect(spouse.age).toBeGreaterThan(20)
        expect(Math.abs(spouse.age - head.age)).toBeLessThan(10)
      }
    }),
    runs,
  )
})

test('parents were between 20 and 40 when a child was born, grandparents 40 and more', () => {
  fc.assert(
    fc.property(household, ({ members }) => {
      const head = members[0]!
      const couple = members.filter(({ relation }) => relation === 'head' || relation === 'spouse')
      for (const { relation, age } of members) {
        if (relation === 'child')
          for (const parent of couple) {
            expect(parent.age - age).toBeGreaterThanOrEqual(20)
            expect(parent.age - age).toBeLessThanOrEqual(40)
          }
        if (relation === 'parent') {
          expect(age - head.age).toBeGreaterThanOrEqual(20)
          expect(age - head.age).toBeLessThanOrEqual(40)
        }
        if (relation === 'grandchild')
          for (const grandparent of couple) expect(grandparent.age - age).toBeGreaterThanOrEqual(40)
      }
    }),
    runs,
  )
})

test('a dormitory holds working adults of one sex', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.integer(), (size, seed) => {
      const members = householdOf(size, 'dormitory', randomOf(`${seed}`))
      expect(new Set(members.map(({ male }) => male)).size).toBe(1)
      for (const { age } of members) expect(age > 18 && age < 53).toBe(true)
    }),
  )
})
