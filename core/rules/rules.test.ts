import { describe, expect, it } from 'vitest'
import type { Grid } from '../topology/model.ts'
import { grid, square } from '../topology/operations/small-maps.ts'
import { findingsOf, judge, judgeAgain, type RuleInput } from './report.ts'
import {
  type GridFacts,
  type LevelSettings,
  LIMITS,
  type PlanFacts,
  type RuleSettings,
  WHATS,
} from './rule.ts'
import { sentenceOf } from './sentences.ts'

const level = (more: Partial<LevelSettings> = {}): LevelSettings => ({
  band: null,
  kinds: ['basic', 'special'],
  within: null,
  staff: null,
  needs: null,
  ground: true,
  ...more,
})
const settings = (levels: LevelSettings[], more: Partial<RuleSettings> = {}): RuleSettings => ({
  levels,
  limits: LIMITS,
  ...more,
})
const facts = (of: Grid, more: Partial<GridFacts> = {}): GridFacts => ({
  grid: of,
  persons: 100,
  households: 40,
  firms: 0,
  areaSquareMetres: 10_000,
  border: null,
  staff: null,
  village: null,
  exception: false,
  ...more,
})
const whole: PlanFacts = {
  areaSquareMetres: 1,
  coveredSquareMetres: 1,
  buildingsOutside: 0,
  personsOutside: 0,
  placeOutside: null,
  spread: false,
  staffKnown: true,
  faults: [],
}
const input = (grids: GridFacts[], more: Partial<RuleInput> = {}): RuleInput => ({
  grids: new Map(grids.map(one => [one.grid.id, one])),
  divisions: [],
  plan: whole,
  ...more,
})
const said = (report: ReturnType<typeof judge>) =>
  findingsOf(report)
    .map(({ rule, severity, grids }) => `${rule} ${severity} ${grids.join('+')}`)
    .sort()

describe('one grid', () => {
  it('R1: a division’s border through it, not along it; a grid that is made to cross is only noted', () => {
    const [inside, across] = [grid('in', square(0, 0)), grid('ac', square(0.5, 1, 1, 1))]
    const villages = [0, 1].map(x => ({
      code: `${x}`,
      division: 'village' as const,
      shape: square(x, 0, 1, 3),
    }))
    const rules = [level({ within: 'village' })]
    const judged = judge(input([facts(inside), facts(across)], { divisions: villages }), settings(rules))
    expect(said(judged)).toEqual(['R1 warning ac'])
    expect(findingsOf(judged)[0]!.place).not.toBeNull()
    const made = facts(across, { exception: true })
    expect(said(judge(input([made], { divisions: villages }), settings(rules)))).toEqual(['R1 note ac'])
    expect(said(judge(input([facts(across)], { divisions: villages }), settings([level()])))).toEqual([])
  })

  it('R6: the band of its level, R5: borders on lines, R8: in pieces or crooked, R13: kind and firms', () => {
    const rules = settings([level({ band: [500, 1000] })])
    const of = (more: Partial<GridFacts>, one: Partial<Grid> = {}) =>
      said(judge(input([facts(grid('g', square(0, 0), one), { persons: 700, ...more })]), rules))
    expect(of({})).toEqual([])
    expect(of({ persons: 499 })).toEqual(['R6 warning g'])
    expect(of({ persons: 1001 })).toEqual(['R6 warning g'])
    const border = { metres: 400, off: null }
    expect(of({ border: { ...border, onLines: 100 } })).toEqual(['R5 note g'])
    expect(of({ border: { ...border, onLines: 300 } })).toEqual([])
    expect(of({}, { shape: [...square(0, 0), ...square(3, 3)] })).toEqual(['R8 warning g'])
    expect(of({}, { shape: square(0, 0, 30, 1) })).toEqual(['R8 note g'])
    expect(of({}, { kind: 'street' })).toEqual(['R13 warning g'])
    expect(of({ firms: 60 })).toEqual(['R13 note g'])
    expect(of({ firms: 60 }, { kind: 'special' })).toEqual([])
  })

  it('R10: one grid one worker of its own; R11: head, worker, and more as the grids below grow', () => {
    const staff = (
      missing: NonNullable<GridFacts['staff']>['missing'],
      workers = 1,
      sharedWorkers = 0,
    ): GridFacts['staff'] => ({ heads: 1, workers, others: 0, missing, sharedWorkers })
    const needs = { heads: 1, workers: 1, shared: false }
    const one = settings([level({ staff: 'one-worker', needs })])
    const by = (rules: RuleSettings, held: GridFacts['staff'], below: GridFacts[] = []) =>
      said(judge(input([facts(grid('g', square(0, 0)), { staff: held }), ...below]), rules))
    expect(by(one, staff([]))).toEqual([])
    expect(by(one, staff([], 1, 1))).toEqual(['R10 warning g'])
    expect(by(one, staff([], 2, 1))).toEqual([])
    expect(by(one, staff(['head', 'worker'], 0))).toEqual(['R10 warning g', 'R10 warning g'])
    expect(by(one, null)).toEqual([])
    const heads = settings([level({ staff: 'heads', needs: { ...needs, workers: 0 } })])
    expect(by(heads, staff(['head'], 0))).toEqual(['R10 warning g'])
    const x = settings([level({ staff: '1+1+x', needs }), level()])
    const below = Array.from({ length: 10 }, (_, i) =>
      facts(grid(`s${i}`, square(i, 0), { level: 2, parent: 'g' })),
    )
    expect(by(x, staff([]))).toEqual([])
    expect(by(x, staff([]), below)).toEqual(['R11 warning g'])
    expect(by(x, staff([], 2), below)).toEqual([])
    expect(by(x, staff(['others'], 2))).toEqual(['R11 warning g'])
  })
})

describe('grids among others', () => {
  const rules = settings([level(), level()])
  const inTown = { level: 2, parent: 't' } as const
  it('R7: the most unequal work of all siblings, R4: what is far out of the common, R2: one village one grid', () => {
    const row = [100, 100, 100, 250].map((persons, i) =>
      facts(grid(`g${i}`, square(i, 0), inTown), { persons }),
    )
    expect(said(judge(input(row), rules))).toEqual(['R7 note g3'])
    const wide = settings([level(), level({ band: [50, 250] })])
    expect(said(judge(input(row.slice(0, 3)), wide))).toEqual([])
    const large = row.map((one, i) => ({
      ...one,
      persons: 100,
      areaSquareMetres: i === 2 ? 90_000 : 10_000,
    }))
    expect(said(judge(input(large), rules))).toEqual(['R4 note g2'])
    // Villages are as they are: only that one is divided is told.
    const villages = row.map(one => ({
      ...one,
      village: 'v',
      grid: { ...one.grid, level: 1 as const, parent: null },
    }))
    expect(said(judge(input(villages), rules))).toEqual(['R2 note g0+g1+g2+g3'])
  })

  it('R9, R12, R3, R10: faults, ground and people left out, people who were not counted, nobody on a post', () => {
    const plan: PlanFacts = {
      areaSquareMetres: 1000,
      coveredSquareMetres: 990,
      buildingsOutside: 2,
      personsOutside: 7,
      placeOutside: [5, 6],
      spread: true,
      staffKnown: false,
      faults: [{ fault: 'gap', grids: ['g'], place: [1, 2] }],
    }
    const found = findingsOf(judge(input([], { plan }), settings([level({ staff: 'heads' })])))
    expect(found.map(({ what, severity, value }) => [what, severity, value])).toEqual([
      ['unsound', 'error', null],
      ['ground-left-out', 'warning', 10],
      ['people-left-out', 'warning', 7],
      ['people-spread', 'note', null],
      ['no-staff-known', 'note', null],
    ])
  })

  it('every finding has a sentence in both languages', () => {
    for (const what of WHATS) {
      const { zh, en } = sentenceOf({
        rule: 'R1',
        what,
        severity: 'note',
        grids: [],
        place: null,
        value: 0.5,
        unit: 'share',
        from: null,
        to: 1,
      })
      expect(zh).toMatch(/[\u4e00-\u9fff].*。$/)
      expect(en).toMatch(/^[A-Z0-9].*\.$/)
    }
  })
})

it('judging again what an edit touched gives the same report as judging all', () => {
  const rules = settings([level({ band: [50, 200] }), level({ band: [10, 60] })])
  const all = Array.from({ length: 12 }, (_, i) =>
    facts(grid(`g${i}`, square(i % 4, Math.floor(i / 4)), { level: 2, parent: `p${i % 3}` }), {
      persons: 5 + i * 9,
      village: `${i % 2}`,
    }),
  )
  const parents = [0, 1, 2].map(i => facts(grid(`p${i}`, square(i, 9), { leaf: false }), { persons: 300 }))
  const before = input([...parents, ...all])
  const report = judge(before, rules)
  // g4 goes, g5 moves under p0, g12 comes
  const now = new Map(before.grids)
  now.delete('g4')
  const moved = before.grids.get('g5')!
  now.set('g5', { ...moved, persons: 33, grid: { ...moved.grid, parent: 'p0' } })
  now.set('g12', facts(grid('g12', square(5, 5, 40, 1), { level: 2, parent: 'p1' }), { persons: 1 }))
  const after = { ...before, grids: now }
  const again = judgeAgain(report, after, rules, ['g4', 'g5', 'g12'], before.grids)
  const sorted = (one: typeof report) => JSON.stringify([...one].sort(([a], [b]) => (a < b ? -1 : 1)))
  expect(sorted(again)).toBe(sorted(judge(after, rules)))
  expect(said(again)).not.toEqual(said(report))
})
