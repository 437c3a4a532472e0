// The edits that are drawn: of each mode what must be loaded for it, what the kernel is asked, and what is sent.
import type { EditRequest, Overrule } from '../../core/contract/edits.ts'
import type { LineString, Place } from '../../core/contract/geometry.ts'
import type { GridList } from '../../core/contract/plans.ts'
import { boxesMeet } from '../map/boxes.ts'
import type { Cut, Mode, MoveVertex, Push, Redraw, Simplify } from '../modes/mode.ts'
import { hasPair } from '../modes/push.ts'
import { drawnLine, isChosen, leastPoints } from '../modes/redraw.ts'
import type { Act, LineNow } from '../workers/messages.ts'

export type BorderMode = Cut | Redraw | MoveVertex | Push | Simplify

export function borderMode(mode: Mode): BorderMode | null {
  switch (mode.mode) {
    case 'cut':
    case 'reshape':
    case 'transfer':
    case 'carve':
    case 'vertex':
    case 'push':
    case 'simplify':
      return mode
    default:
      return null
  }
}

/** The grids that are being edited; none: the whole plan. Null while they are still to be chosen. */
export function targetsOf(mode: BorderMode): readonly string[] | null {
  if (mode.mode === 'cut' || mode.mode === 'vertex') return mode.grid === null ? null : [mode.grid]
  if (mode.mode === 'push' || mode.mode === 'simplify') return hasPair(mode) ? mode.grids : null
  return isChosen(mode) ? mode.grids : null
}

/** Whether it is still being drawn, or waits for a yes; a border is simplified at once. */
export const isDone = (mode: BorderMode): boolean => mode.mode === 'simplify' || mode.done

const pairOf = ({ grids }: { grids: readonly string[] }): [string, string] => [grids[0] ?? '', grids[1] ?? '']

/** Most that the server takes in one question. */
const MOST_GRIDS = 100

/** On whose ground people may change sides: a vertex also moves over the neighbours'. None: anywhere. */
export function groundOf(mode: BorderMode, targets: readonly string[], list: GridList): readonly string[] {
  if (mode.mode !== 'vertex') return targets
  const [target] = targets
  const box = list.grids.find(grid => grid.id === target)?.bbox
  if (!box) return targets
  const around = list.grids.filter(grid => grid.leaf && boxesMeet(grid.bbox, box)).map(grid => grid.id)
  const all = [...new Set([...targets, ...around])]
  return all.length > MOST_GRIDS ? [] : all
}

function actOf(mode: BorderMode): Act {
  switch (mode.mode) {
    case 'cut':
      return { do: 'split', grid: mode.grid ?? '', roads: mode.roads }
    case 'reshape':
      return { do: 'reshape', grids: pairOf(mode) }
    case 'transfer':
      return { do: 'transfer', from: mode.grids[0] ?? '', to: mode.grids[1] ?? '' }
    case 'carve':
      return { do: 'carve', parent: mode.grids[0] ?? null, gridKind: mode.gridKind }
    case 'push':
      return mode.held
        ? { do: 'push', grids: pairOf(mode), from: mode.held.at }
        : { do: 'find', between: mode.grids }
    case 'simplify':
      return { do: 'simplify', grids: pairOf(mode), metres: mode.metres, smooth: mode.smooth }
    case 'vertex': {
      const { held, remove } = mode
      if (!held) return { do: 'find' }
      if (remove) return { do: 'delete-vertex', at: held.at }
      return { do: held.what === 'vertex' ? 'move-vertex' : 'insert-vertex', from: held.at }
    }
  }
}

export function pointsOf(mode: BorderMode): readonly Place[] {
  if (mode.mode === 'simplify') return []
  if (mode.mode === 'vertex' || mode.mode === 'push') return mode.to ? [mode.to] : []
  return mode.points
}

export const lineNow = (mode: BorderMode): LineNow => ({
  act: actOf(mode),
  points: pointsOf(mode),
  done: isDone(mode),
})

const lineString = (points: readonly Place[]): LineString => ({
  type: 'LineString',
  coordinates: points.map(([lng, lat]): Place => [lng, lat]),
})

/**
 * What the edit would be sent as; null while there is not enough of it.
 * @param course the line along roads that was shown
 */
export function requestOf(
  mode: BorderMode,
  base: number,
  overrule: readonly Overrule[] = [],
  course: readonly Place[] | null = null,
): EditRequest | null {
  const common = { base, ...(overrule.length > 0 ? { overrule: [...overrule] } : {}) }
  if (mode.mode === 'vertex') {
    const { held, to, remove } = mode
    if (!held) return null
    if (remove) return { kind: 'delete-vertex', at: held.at, ...common }
    if (!to) return null
    return held.what === 'vertex'
      ? { kind: 'move-vertex', from: held.at, to, ...common }
      : { kind: 'insert-vertex', at: held.at, to, ...common }
  }
  if (mode.mode === 'push') {
    const { held, to } = mode
    return held && to ? { kind: 'push', grids: pairOf(mode), from: held.at, to, ...common } : null
  }
  if (mode.mode === 'simplify') {
    const { metres, smooth } = mode
    return hasPair(mode) ? { kind: 'simplify', grids: pairOf(mode), metres, smooth, ...common } : null
  }
  if (mode.mode === 'cut') {
    const line = mode.roads ? course : mode.points
    if (!mode.grid || mode.points.length < 2 || !line) return null
    return { kind: 'split', grid: mode.grid, line: lineString(line), ...common }
  }
  const [one, other] = mode.grids
  if (!isChosen(mode) || mode.points.length < leastPoints(mode)) return null
  const line = lineString(drawnLine(mode))
  if (mode.mode === 'carve') {
    return { kind: 'carve', parent: one ?? null, gridKind: mode.gridKind, line, ...common }
  }
  if (!one || !other) return null
  return mode.mode === 'reshape'
    ? { kind: 'reshape', grids: [one, other], line, ...common }
    : { kind: 'transfer-area', from: one, to: other, line, ...common }
}
