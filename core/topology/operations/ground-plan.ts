// Turns a redrawn map into a plan: every level, what shifts and what only bends, refusals and warnings.
import type { Coverage } from '../coverage.ts'
import { type Change, type Grid, isRefusal, type Position, type Refusal, type Shape } from '../model.ts'
import type { Box, GroundPlan, Identify, Warning } from '../plans.ts'
import { retile, type Turn } from '../retile.ts'
import { bounds, shapeArea2 } from '../shape.ts'
import type { Snapped } from '../snap.ts'

/** Ground that goes from one leaf to another; ids. */
export interface Flow {
  readonly from: string
  readonly to: string
}

export interface Redrawn {
  readonly kind: string
  readonly turns: readonly Turn[]
  readonly flows: readonly Flow[]
  readonly created?: readonly string[]
  /** Grids that the operation means to take away; another one that is left without ground refuses the edit. */
  readonly mayGo?: (grid: Grid) => boolean
  readonly drawn?: readonly (readonly Position[])[]
  /** What was drawn; nothing for operations on the tree. */
  readonly snapped?: Snapped
  readonly place: Position | null
}

/**
 * Refuses with `would-empty`, `locked` (a grid that wins or loses ground or changes its parent), `too-narrow`; warns
 * with `would-disconnect` of grids that are in more pieces than before.
 */
export const groundPlan = (coverage: Coverage, redrawn: Redrawn): GroundPlan | Refusal => {
  const { turns, flows, place } = redrawn
  const change = retile(coverage, turns)
  if (isRefusal(change)) return change
  const after = new Map(change.after.map(grid => [grid.id, grid]))
  if (leafArea(change.before) + (redrawn.snapped?.outerGrowth ?? 0n) !== leafArea(change.after))
    return { refused: 'too-narrow', place }
  for (const grid of change.before)
    if (!after.has(grid.id) && !redrawn.mayGo?.(grid))
      return { refused: 'would-empty', place: placeOf(grid.shape) ?? place, grid: grid.id }

  const gridAfter = (id: string): Grid | undefined => after.get(id) ?? coverage.grid(id)
  const shifted = new Set<string>()
  const shift = (old: ReadonlySet<string>, now: ReadonlySet<string>) => {
    for (const id of old) if (!now.has(id)) shifted.add(id)
    for (const id of now) if (!old.has(id)) shifted.add(id)
  }
  for (const { from, to } of flows)
    shift(
      lineOf(from, id => coverage.grid(id)),
      lineOf(to, gridAfter),
    )
  for (const { before, after: now } of turns) {
    const one = before ?? now
    if (!one || before?.parent === now?.parent) continue
    shifted.add(one.id)
    const old = before ? lineOf(before.id, id => coverage.grid(id)) : new Set<string>()
    shift(old, now ? lineOf(now.id, gridAfter) : new Set())
  }
  for (const grid of change.before)
    if (grid.locked && shifted.has(grid.id))
      return { refused: 'locked', place: placeOf(grid.shape) ?? place, grid: grid.id }

  const bent: string[] = []
  const changed: string[] = []
  for (const id of new Set([...change.before, ...change.after].map(grid => grid.id)))
    (shifted.has(id) ? changed : bent).push(id)
  return {
    kind: redrawn.kind,
    change,
    created: redrawn.created ?? [],
    lineage: lineageOf(flows, id => coverage.grid(id) !== undefined && !after.has(id), redrawn.created ?? []),
    shifted: changed,
    bent,
    drawn: redrawn.drawn ?? [],
    outerRingBent: redrawn.snapped?.outerRingBent ?? false,
    drift: redrawn.snapped?.drift ?? 0,
    touchedBox: boxAround([...change.before, ...change.after]),
    warnings: disconnected(change),
  }
}

const leafArea = (grids: readonly Grid[]): bigint => {
  let sum = 0n
  for (const grid of grids) if (grid.leaf) sum += shapeArea2(grid.shape)
  return sum
}

/** A grid and all above it. */
const lineOf = (id: string, gridOf: (id: string) => Grid | undefined): Set<string> => {
  const line = new Set<string>()
  for (let next: string | null = id; next !== null && !line.has(next); next = gridOf(next)?.parent ?? null)
    line.add(next)
  return line
}

/** Statistics follow where a grid is new or goes; ground that only changes hands is told by the outlines. */
const lineageOf = (flows: readonly Flow[], goes: (id: string) => boolean, created: readonly string[]) => {
  const fresh = new Set(created)
  const seen = new Map<string, { from: string; to: string }>()
  for (const { from, to } of flows)
    if (from !== to && (goes(from) || fresh.has(to))) seen.set(`${from} ${to}`, { from, to })
  return [...seen.values()]
}

const disconnected = ({ before, after }: Change): Warning[] => {
  const pieces = new Map(before.map(grid => [grid.id, grid.shape.length]))
  const warnings: Warning[] = []
  for (const grid of after)
    if (grid.shape.length > (pieces.get(grid.id) ?? 1))
      warnings.push({ warning: 'would-disconnect', place: placeOf([leastFace(grid.shape)]), grid: grid.id })
  return warnings
}

const leastFace = (shape: Shape) => {
  let least = shape[0]!
  let area = shapeArea2([least])
  for (const face of shape.slice(1)) {
    const other = shapeArea2([face])
    if (other < area) [least, area] = [face, other]
  }
  return least
}

export const placeOf = (shape: Shape): Position | null => {
  const ring = shape[0]?.[0]
  return ring ? [ring[0]!, ring[1]!] : null
}

export const boxAround = (grids: readonly Grid[]): Box => {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { shape } of grids) {
    const box = bounds(shape)
    minX = Math.min(minX, box[0])
    minY = Math.min(minY, box[1])
    maxX = Math.max(maxX, box[2])
    maxY = Math.max(maxY, box[3])
  }
  return [minX, minY, maxX, maxY]
}

/** The change that a plan describes, its new grids named. */
export const commitGround = (plan: GroundPlan, identify: Identify): Change => {
  if (plan.created.length === 0) return plan.change
  const named = new Map<string, string>()
  const fresh = new Set(plan.created)
  const created = new Map<string, Grid>()
  const parentOf = (grid: Grid) => (grid.parent === null ? null : (named.get(grid.parent) ?? grid.parent))
  for (const grid of [...plan.change.after].sort((a, b) => a.level - b.level)) {
    if (!fresh.has(grid.id)) continue
    const identity = identify({ ...grid, parent: parentOf(grid) })
    named.set(grid.id, identity.id)
    created.set(grid.id, { ...grid, ...identity, parent: parentOf(grid) })
  }
  const after = plan.change.after.map(grid => created.get(grid.id) ?? { ...grid, parent: parentOf(grid) })
  return { before: plan.change.before, after }
}
