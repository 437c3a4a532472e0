// Works out every level after single grids changed: parents get the outline that their children's changes leave them.
import { Chain } from './chains.ts'
import type { Coverage } from './coverage.ts'
import { type Change, type Grid, LEVELS, type Refusal, type Shape } from './model.ts'
import { Points } from './points.ts'
import { spliced } from './splice.ts'

/** One grid as it was and as it becomes; null where it comes or goes. The shape of one with children is worked out. */
export interface Turn {
  readonly before: Grid | null
  readonly after: Grid | null
}

/**
 * The whole change that follows from turns: leaves with new ground, grids under another parent, grids that come or go.
 * Outlines of grids with children are sums of boundary segments, so no other child has to be looked at; a parent that is
 * left without ground goes too.
 */
export const retile = (coverage: Coverage, turns: readonly Turn[]): Change | Refusal => {
  const points = new Points()
  const deltas = new Map<string, Chain>()
  const deltaOf = (parent: string): Chain => {
    let chain = deltas.get(parent)
    if (!chain) {
      chain = new Chain(points)
      deltas.set(parent, chain)
    }
    return chain
  }
  const addTo = (parent: string | null, shape: Shape, sign: 1 | -1) => {
    if (parent !== null) deltaOf(parent).addShape(shape, sign)
  }
  const turnOf = new Map<string, Turn>()
  for (const turn of turns) {
    const { before, after } = turn
    turnOf.set((after ?? before)!.id, turn)
    if (before?.leaf && after?.leaf && before.parent === after.parent) {
      if (after.parent !== null && before.shape !== after.shape)
        deltaOf(after.parent).addChange(before.shape, after.shape)
      continue
    }
    if (before?.leaf) addTo(before.parent, before.shape, -1)
    if (after?.leaf) addTo(after.parent, after.shape, 1)
  }

  const results = new Map<string, Turn>()
  const settle = (id: string): Refusal | null => {
    const known = coverage.grid(id) ?? null
    const { before, after } = turnOf.get(id) ?? { before: known, after: known }
    const was = before && !before.leaf ? before : null
    const delta = deltas.get(id)
    const same = was !== null && (!delta || delta.empty)
    let shape: Shape = was?.shape ?? []
    if (after && !after.leaf && !same) {
      const changed = was && delta ? spliced(was.shape, delta) : null
      if (changed) shape = changed
      else {
        const outline = new Chain(points)
        if (was) outline.addShape(was.shape, 1)
        if (delta) outline.addChain(delta)
        const traced = outline.toShape()
        if (!traced) return { refused: 'too-narrow', place: outline.place(), grid: id }
        shape = traced
      }
    }
    const is = after && !after.leaf && shape.length > 0 ? after : null
    if (was && is && was.parent === is.parent) {
      if (delta && was.parent !== null) deltaOf(was.parent).addChain(delta)
    } else {
      if (was) addTo(was.parent, was.shape, -1)
      if (is) addTo(is.parent, shape, 1)
    }
    if (after?.leaf) results.set(id, { before, after })
    else if (turnOf.has(id) || !same) results.set(id, { before, after: is && { ...is, shape } })
    return null
  }
  for (const turn of turns)
    if ((turn.after ?? turn.before)!.leaf) results.set((turn.after ?? turn.before)!.id, turn)
  for (const level of [...LEVELS].reverse()) {
    const ids = new Set<string>()
    for (const [id, { before, after }] of turnOf)
      if ((after ?? before)!.level === level && !(before?.leaf !== false && after?.leaf !== false))
        ids.add(id)
    for (const id of deltas.keys())
      if ((turnOf.get(id)?.after ?? coverage.grid(id))?.level === level) ids.add(id)
    for (const id of ids) {
      const refusal = settle(id)
      if (refusal) return refusal
    }
  }

  const before: Grid[] = []
  const after: Grid[] = []
  for (const turn of results.values()) {
    if (turn.before) before.push(turn.before)
    if (turn.after) after.push(turn.after)
  }
  return { before, after }
}

/** The parent of a grid once some turns are done. */
export const parentsAfter = (coverage: Coverage, turns: readonly Turn[]) => {
  const turnOf = new Map(turns.map(turn => [(turn.after ?? turn.before)!.id, turn.after]))
  return (id: string): string | null => (turnOf.get(id) ?? coverage.grid(id))?.parent ?? null
}
