// Who lives together: households of one to six whose ages and relations make sense.
import type { Random } from '../place.ts'

export type Relation = 'head' | 'spouse' | 'child' | 'parent' | 'grandchild' | 'other' | 'lodger'

export interface Member {
  /** Years, with a fraction: the fraction says when in the year the birthday is. */
  readonly age: number
  readonly male: boolean
  readonly relation: Relation
}

/** How old a parent is when a child is born. */
const YOUNGEST_PARENT = 20.1
const OLDEST_PARENT = 39.9

/** What kind of household; `mountain` is where the young have left. */
export type Kind = 'town' | 'plain' | 'mountain' | 'floating' | 'dormitory'

export function householdOf(size: number, kind: Kind, random: Random): Member[] {
  if (kind === 'dormitory') return workers(size, random)
  if (kind === 'floating') return floating(size, random)
  if (size > 6) return [...settled(6, kind, random), ...workers(size - 6, random).map(lodging)]
  return settled(size, kind, random)
}

const lodging = (member: Member): Member => ({ ...member, relation: 'lodger' })
const between = (random: Random, low: number, high: number) => low + random.next() * Math.max(0, high - low)

/** Of one hundred: cumulative thresholds pick a case. */
function oneOf(random: Random, ...parts: readonly number[]): number {
  let at = random.next() * 100
  for (let i = 0; i < parts.length; i++) {
    at -= parts[i]!
    if (at < 0) return i
  }
  return parts.length
}

/** Head and spouse; `head` is the head's age. */
function couple(head: number, random: Random): [Member, Member] {
  const male = random.next() < 0.74
  const gap = Math.max(-6, Math.min(8, 1.6 + random.normal() * 2.2))
  const spouse = Math.max(YOUNGEST_PARENT + 0.5, Math.min(97, male ? head - gap : head + gap))
  return [
    { age: head, male, relation: 'head' },
    { age: spouse, male: !male, relation: 'spouse' },
  ]
}

/** Children at home whose parents were both of an age to have them; older ones have moved out. */
function children(parents: readonly Member[], count: number, eldest: number, random: Random): Member[] {
  const young = Math.min(...parents.map(({ age }) => age))
  const old = Math.max(...parents.map(({ age }) => age))
  const high = Math.min(eldest, young - YOUNGEST_PARENT)
  const low = Math.max(0.05, old - OLDEST_PARENT)
  const result: Member[] = []
  let age = between(random, low, high)
  for (let i = 0; i < count; i++) {
    result.push({ age: Math.max(low, age), male: random.next() < 0.52, relation: 'child' })
    const gap = 1.4 + random.next() * 5
    age = age - gap > low ? age - gap : Math.min(high, age + gap)
  }
  return result
}

/** One or both parents of the head. */
function parents(head: number, count: number, random: Random): Member[] {
  const years = between(random, YOUNGEST_PARENT + 1.5, Math.min(OLDEST_PARENT - 4, 94 - head))
  const mother: Member = { age: head + years, male: false, relation: 'parent' }
  const fathers = Math.min(OLDEST_PARENT, Math.max(YOUNGEST_PARENT, years + random.normal() * 2 + 1.5))
  const father: Member = { age: head + fathers, male: true, relation: 'parent' }
  if (count === 2) return [mother, father]
  return random.next() < 0.68 ? [mother] : [father]
}

/** Left with the grandparents while the parents work elsewhere. */
function grandchildren(grandparents: readonly Member[], count: number, random: Random): Member[] {
  const young = Math.min(...grandparents.map(({ age }) => age))
  const high = Math.min(16, young - 2 * YOUNGEST_PARENT - 1)
  return Array.from({ length: count }, () => ({
    age: between(random, 1, high),
    male: random.next() < 0.52,
    relation: 'grandchild' as const,
  }))
}

/** Head of a family whose children are still at home: the eldest of them decides. */
const parentAge = (random: Random) => 26 + 28 * (random.next() * 0.75 + random.next() * 0.25)
const elderAge = (random: Random) => 60 + 31 * random.next() ** 1.7

function settled(size: number, kind: Exclude<Kind, 'floating' | 'dormitory'>, random: Random): Member[] {
  const old = kind === 'mountain' ? 1 : kind === 'plain' ? 0.6 : 0
  if (size === 1) {
    const which = oneOf(random, 34 + 34 * old, 36 - 28 * old)
    const age =
      which === 0 ? elderAge(random) : which === 1 ? between(random, 22, 40) : between(random, 40, 62)
    return [{ age, male: random.next() < (which === 0 ? 0.36 : 0.6), relation: 'head' }]
  }
  if (size === 2) {
    const which = oneOf(random, 30 + 26 * old, 24 - 18 * old, 30 - 6 * old, 6 + 5 * old)
    if (which === 0) return couple(elderAge(random) - 1, random)
    if (which === 1) return couple(between(random, 23, 38), random)
    if (which === 2) return couple(between(random, 46, 62), random)
    if (which === 3) {
      const one: Member = { age: between(random, 58, 76), male: random.next() < 0.3, relation: 'head' }
      return [one, ...grandchildren([one], 1, random)]
    }
    const one: Member = { age: between(random, 27, 52), male: random.next() < 0.35, relation: 'head' }
    return [one, ...children([one], 1, 24, random)]
  }
  if (size === 3) {
    const which = oneOf(random, 48 - 18 * old, 13 + 4 * old, 11 + 10 * old)
    if (which === 1) {
      const pair = couple(between(random, 34, 60), random)
      return [...pair, ...parents(pair[0].age, 1, random)]
    }
    if (which === 2) {
      const pair = couple(between(random, 54, 72), random)
      return [...pair, ...grandchildren(pair, 1, random)]
    }
    const pair = couple(which === 0 ? parentAge(random) : between(random, 50, 62), random)
    return [...pair, ...children(pair, 1, which === 0 ? 25 : 33, random)]
  }
  if (size === 4) {
    const which = oneOf(random, 38 - 10 * old, 50, 12)
    if (which === 2) {
      const pair = couple(between(random, 54, 70), random)
      return [...pair, ...grandchildren(pair, 2, random)]
    }
    const pair = couple(parentAge(random) + 1, random)
    if (which === 0) return [...pair, ...children(pair, 2, 25, random)]
    return [...pair, ...children(pair, 1, 25, random), ...parents(pair[0].age, 1, random)]
  }
  const pair = couple(parentAge(random), random)
  const below = size === 5 ? (random.next() < 0.75 ? 1 : 2) : random.next() < 0.85 ? 2 : 3
  return [...pair, ...children(pair, below, 25, random), ...parents(pair[0].age, size - 2 - below, random)]
}

/** Young: alone, with a spouse, with a small child, or sharing with others. */
function floating(size: number, random: Random): Member[] {
  const age = 19 + 37 * random.next() ** 1.25
  const pairAge = Math.max(23.5, age)
  if (size === 1) return [{ age, male: random.next() < 0.62, relation: 'head' }]
  if (size > 4) return [...floating(4, random), ...workers(size - 4, random).map(lodging)]
  if (size > 1 && random.next() < 0.36)
    return workers(size, random).map((member, i) => (i === 0 ? member : lodging(member)))
  const pair = couple(size === 2 ? pairAge : Math.min(pairAge, 48), random)
  if (size === 2) return pair
  return [...pair, ...children(pair, size - 2, 17, random)]
}

/** People who share a room because they work together. */
function workers(size: number, random: Random): Member[] {
  const male = random.next() < 0.64
  return Array.from({ length: size }, (_, i) => ({
    age: 18.2 + 34 * random.next() ** 1.4,
    male,
    relation: i === 0 ? ('head' as const) : ('other' as const),
  }))
}
