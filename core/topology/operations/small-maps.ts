// For tests: small maps of square grids, and a way to make an edit and see that the map stays sound.
import { applyChange, type Coverage, coverageOf, invert } from '../coverage.ts'
import { type Change, type Grid, isRefusal, type Position, type Refusal, type Shape } from '../model.ts'
import type { GroundPlan } from '../plans.ts'
import { shapeArea2 } from '../shape.ts'
import { validate } from '../validate.ts'
import { commitGround } from './ground-plan.ts'

/** One unit of the pictures in the tests: 10,000 steps, 100 m. */
export const UNIT = 10_000

export const square = (x: number, y: number, w = 1, h = 1): Shape => {
  const [left, low, right, high] = [x, y, x + w, y + h].map(v => Math.round(v * UNIT)) as [
    number,
    number,
    number,
    number,
  ]
  return [[[left, low, right, low, right, high, left, high]]]
}

export const grid = (id: string, shape: Shape, more: Partial<Grid> = {}): Grid => ({
  id,
  level: 1,
  parent: null,
  leaf: true,
  code: id,
  name: id,
  kind: 'basic',
  locked: false,
  shape,
  ...more,
})

export const line = (...positions: readonly (readonly [number, number])[]): Position[] =>
  positions.map(([x, y]) => [Math.round(x * UNIT), Math.round(y * UNIT)] as const)

/**
 *   +---+---+---+---+      A (level 1): a1 (level 2: a11, a12 of level 3), a2
 *   |a12|   |   |   |      B (level 1): b1, b2 of level 2
 *   +---+a2 |b1 |b2 |      C (level 1): a leaf below all of them
 *   |a11|   |   |   |
 *   +---+---+---+---+
 *   |       C       |
 *   +---------------+
 */
export const raggedMap = (): Coverage =>
  coverageOf(
    [
      grid('A', square(0, 0, 2, 2), { leaf: false }),
      grid('a1', withMiddle(0), { level: 2, parent: 'A', leaf: false }),
      grid('a11', square(0, 0), { level: 3, parent: 'a1' }),
      grid('a12', square(0, 1), { level: 3, parent: 'a1' }),
      grid('a2', withMiddle(1), { level: 2, parent: 'A' }),
      grid('B', square(2, 0, 2, 2), { leaf: false }),
      grid('b1', square(2, 0, 1, 2), { level: 2, parent: 'B' }),
      grid('b2', square(3, 0, 1, 2), { level: 2, parent: 'B' }),
      grid('C', belowAll(), {}),
    ].map(one => (one.id === 'A' || one.id === 'B' ? { ...one, shape: alongTop(one) } : one)),
  )

const flat = (...positions: [number, number][]): Shape => [[positions.flat().map(v => v * UNIT)]]
const withMiddle = (x: number): Shape =>
  x === 0
    ? flat([0, 0], [1, 0], [1, 1], [1, 2], [0, 2], [0, 1])
    : flat([1, 0], [2, 0], [2, 2], [1, 2], [1, 1])
const alongTop = ({ id }: Grid): Shape =>
  id === 'A'
    ? flat([0, 0], [1, 0], [2, 0], [2, 2], [1, 2], [0, 2], [0, 1])
    : flat([2, 0], [3, 0], [4, 0], [4, 2], [3, 2], [2, 2])
const belowAll = (): Shape => flat([0, -1], [4, -1], [4, 0], [3, 0], [2, 0], [1, 0], [0, 0])

export const refusalOf = (plan: object): Refusal => {
  if (!isRefusal(plan)) throw new Error('the edit was not refused')
  return plan
}

/** Makes the edit; throws when it is refused, the map is unsound after it, or its inverse does not restore it. */
export const done = (coverage: Coverage, plan: GroundPlan | Change | Refusal) => {
  if (isRefusal(plan)) throw new Error(JSON.stringify(plan))
  let made = 0
  const change =
    'change' in plan ? commitGround(plan, () => ({ id: `new${++made}`, code: `new${made}`, name: '' })) : plan
  const after = applyChange(coverage, change)
  const faults = validate(after, { complete: true })
  if (faults.length > 0) throw new Error(JSON.stringify(faults))
  const sorted = (c: Coverage) => JSON.stringify([...c.grids()].sort((p, q) => (p.id < q.id ? -1 : 1)))
  if (sorted(applyChange(after, invert(change))) !== sorted(coverage))
    throw new Error('undo restores other grids')
  const area = (id: string) => Number(shapeArea2(after.grid(id)?.shape ?? [])) / (2 * UNIT * UNIT)
  return { after, area, change, parent: (id: string) => after.grid(id)?.parent }
}
