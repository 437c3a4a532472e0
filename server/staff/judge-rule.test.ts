import { expect, test } from 'vitest'
import { judgeRule } from './judge-rule.ts'

test.each([
  ['one-worker', ['worker'], true, []],
  ['one-worker', ['head', 'police'], false, ['worker']],
  ['1+1+x', ['head', 'worker', 'police'], true, []],
  ['1+1+x', ['cadre', 'worker', 'doctor'], true, []],
  // the only cadre is the head, so nobody is left over
  ['1+1+x', ['cadre', 'worker'], false, ['others']],
  ['1+1+x', ['head', 'cadre', 'worker'], true, []],
  ['1+1+x', [], false, ['head', 'worker', 'others']],
  ['heads', ['head', 'head'], true, []],
  ['heads', ['worker'], false, ['head']],
] as const)('%s with %j', (kind, roles, complete, missing) => {
  const judged = judgeRule(kind, roles)
  expect(judged).toMatchObject({ complete, missing })
  expect(judged.heads + judged.workers + judged.others).toBe(roles.length)
})

test('a profile may want more than the rule by itself', () => {
  const needs = { heads: 1, workers: 2 }
  expect(judgeRule('one-worker', ['worker'], needs).missing).toEqual(['head', 'worker'])
  expect(judgeRule('one-worker', ['cadre', 'worker', 'worker'], needs).complete).toBe(true)
})
