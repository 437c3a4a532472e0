// Incidents go through their steps in order and gather at hot spots; posts name who is responsible.
import { describe, expect, it } from 'vitest'
import type { Cell } from '../place.ts'
import { settleVillage } from './settle-village.ts'
import { countBy, positionOf, type Row, rowsOf } from './testing-rows.ts'
import { testPlace } from './testing-village.ts'

const CODES = ['510124101001', '510124101203', '510124101204']
const place = testPlace('tuanjie', 0.12, CODES)
const settled = CODES.map(code => settleVillage(place.village(code)))
const incidents = rowsOf('incident', settled)
const steps = rowsOf('incident_step', settled)

describe('incidents', () => {
  const bySteps = new Map<string, Row[]>()
  for (const step of steps) {
    const id = String(step.incident_id)
    bySteps.set(id, [...(bySteps.get(id) ?? []), step])
  }
  const at = (value: Cell) => Date.parse(String(value))

  it('go through the steps in order and in time', () => {
    for (const incident of incidents) {
      const own = bySteps.get(String(incident.id))!
      expect(own.map(({ number }) => number)).toEqual(own.map((_, i) => i + 1))
      expect(at(own[0]!.at!)).toBe(at(incident.reported_at!))
      own.forEach((step, i) => {
        if (i === 0) return
        expect(Number(step.step)).toBeGreaterThanOrEqual(Number(own[i - 1]!.step))
        expect(at(step.at!)).toBeGreaterThanOrEqual(at(own[i - 1]!.at!))
      })
      expect(own.at(-1)!.step).toBe(incident.step)
      expect(String(own.at(-1)!.at) < '2026-10-31T18:00:01').toBe(true)
      const timeOfStep = (wanted: number) => own.find(({ step }) => step === wanted)?.at ?? null
      expect(incident.passed_on_at).toBe(timeOfStep(3))
      expect(incident.closed_at).toBe(timeOfStep(6))
      expect(incident.feedback_at).toBe(timeOfStep(7))
      if (incident.solved_at !== null) expect(incident.solved_at).toBe(timeOfStep(4))
    }
  })

  it('go up with a reason', () => {
    let raised = 0
    for (const own of bySteps.values())
      own.forEach((step, i) => {
        if (step.step !== 3 || own[i - 1]!.step !== 3) return
        raised++
        expect([own[i - 1]!.circulation, step.circulation]).toEqual(
          step.circulation === 'small' ? ['micro', 'small'] : ['small', 'large'],
        )
        expect(String(step.note).length).toBeGreaterThan(5)
      })
    expect(raised).toBeGreaterThan(incidents.length * 0.1)
  })

  it('are solved and closed mostly in time; some are open, and of those some overdue', () => {
    const solved = incidents.filter(({ solved_at }) => solved_at !== null)
    const inTime = solved.filter(({ solved_at, due }) => at(solved_at!) <= at(due!)).length / solved.length
    expect(inTime).toBeGreaterThan(0.85)
    expect(inTime).toBeLessThan(1)
    const closed = incidents.filter(({ closed_at }) => closed_at !== null)
    const closedInTime =
      closed.filter(({ closed_at, due }) => at(closed_at!) <= at(due!)).length / closed.length
    expect(closedInTime).toBeGreaterThan(0.75)
    expect(closedInTime).toBeLessThan(1)
    const open = incidents.filter(({ closed_at }) => closed_at === null)
    expect(open.length).toBeGreaterThan(0)
    expect(open.every(({ step }) => Number(step) < 5)).toBe(true)
    expect(open.some(({ due }) => at(due!) < at('2026-10-31T18:00:00+08:00'))).toBe(true)
  })

  it('gather at hot spots', () => {
    const busy = testPlace('huairou', 0.01, ['110116001001'])
    const many = rowsOf('incident', [settleVillage(busy.village('110116001001'))])
    expect(many).toHaveLength(981)
    const perCell = countBy(
      many.filter(({ point }) => point !== null),
      ({ point }) => {
        const [x, y] = positionOf(point!)
        return `${Math.floor(x / 13_000)} ${Math.floor(y / 11_000)}`
      },
    )
    const counts = [...perCell.values()].sort((a, b) => b - a)
    const mean = many.length / counts.length
    expect(counts[0]!).toBeGreaterThan(3 * mean)
  })
})

describe('posts', () => {
  const posts = rowsOf('post', settled)
  const present = posts.filter(({ to_date }) => to_date === null)

  it('name a head for every grid below level 1', () => {
    const heads = new Set(present.filter(({ role }) => role === 'head').map(({ grid_id }) => grid_id))
    for (const code of CODES)
      for (const { id, level } of place.village(code).grids) if (level > 1) expect(heads.has(id)).toBe(true)
  })

  it('end before a successor begins', () => {
    const ended = posts.filter(({ to_date }) => to_date !== null)
    expect(ended.length).toBeGreaterThan(0)
    for (const { role, grid_id, to_date } of ended) {
      const successor = present.some(
        post => post.role === role && post.grid_id === grid_id && String(post.from_date) > String(to_date),
      )
      expect(successor).toBe(true)
    }
  })

  it('are also on roads, waters and areas', () => {
    for (const [column, role] of [
      ['road_id', 'street-chief'],
      ['water_id', 'river-chief'],
      ['area_code', 'area-leader'],
    ] as const) {
      const of = present.filter(post => post.role === role)
      expect(of.length).toBeGreaterThan(0)
      expect(of.every(post => post[column] !== null)).toBe(true)
    }
  })
})
