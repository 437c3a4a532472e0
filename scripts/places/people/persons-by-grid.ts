// Shares a village's people out down its grids to their buildings: exact, and more even than the homes are.
import type { Building, GeneratedGrid } from '../place.ts'
import { apportionBetween } from './apportion-between.ts'

export const MOST_IN_A_HOME = 6
/** How far sister grids follow their homes: 1 wholly, 0 not at all. */
const FOLLOWING = 0.62

export interface Dwelling {
  readonly building: Building
  readonly homes: readonly unknown[]
  /** Wish for people. */
  readonly weight: number
}

interface Node {
  readonly grid: GeneratedGrid | null
  readonly below: Node[]
  /** Indices of its own buildings. */
  readonly own: number[]
  weight: number
  homes: number
  leaves: number
}

/** People of each building, in the order of the list. */
export function personsByGrid(
  list: readonly Dwelling[],
  grids: readonly GeneratedGrid[],
  persons: number,
  band: readonly [number, number] | null,
): number[] {
  const root = treeOf(list, grids)
  const result = new Array<number>(list.length).fill(0)
  // Where homes are too few they are crowded rather than people lost.
  const most = MOST_IN_A_HOME * Math.max(1, (persons * 1.02) / (root.homes * MOST_IN_A_HOME))
  const share = (node: Node, count: number): void => {
    const parts = [...node.below, ...node.own]
    if (parts.length === 0) return
    const low = parts.map(part => Math.min(leastIn(part), count))
    const high = parts.map(part =>
      Math.ceil((typeof part === 'number' ? list[part]!.homes.length : part.homes) * most),
    )
    const least = low.reduce((a, b) => a + b, 0) > count ? low.map(() => 0) : low
    const within = bounded(parts, band, least, high, count)
    const shares = apportionBetween(
      count,
      parts.map(part => (typeof part === 'number' ? list[part]!.weight : part.weight ** FOLLOWING)),
      within?.low ?? least,
      within?.high ?? high,
    )
    parts.forEach((part, i) => {
      if (typeof part === 'number') result[part] = shares[i]!
      else share(part, shares[i]!)
    })
  }
  // Of a leaf's buildings one at least is lived in when anybody is there; of a grid every leaf.
  const leastIn = (part: Node | number): number => (typeof part === 'number' ? 0 : part.leaves)
  share(root, persons)
  return result
}

/** The band of basic level-2 grids, where it can be kept. */
function bounded(
  parts: readonly (Node | number)[],
  band: readonly [number, number] | null,
  low: readonly number[],
  high: readonly number[],
  count: number,
): { low: number[]; high: number[] } | null {
  if (!band) return null
  const [least, most] = band
  const keeps = parts.map(
    part => typeof part !== 'number' && part.grid?.level === 2 && part.grid.kind === 'basic',
  )
  if (!keeps.some(kept => kept)) return null
  const narrow = {
    low: low.map((value, i) => (keeps[i] ? Math.min(high[i]!, Math.ceil(least * 1.04)) : value)),
    high: high.map((value, i) => (keeps[i] ? Math.min(value, Math.floor(most * 0.98)) : value)),
  }
  const sum = (of: readonly number[]) => of.reduce((a, b) => a + b, 0)
  return sum(narrow.low) <= count && sum(narrow.high) >= count ? narrow : null
}

/** The grids that have homes, under one root; a parent that is not among them is the root. */
function treeOf(list: readonly Dwelling[], grids: readonly GeneratedGrid[]): Node {
  const node = (grid: GeneratedGrid | null): Node => ({
    grid,
    below: [],
    own: [],
    weight: 0,
    homes: 0,
    leaves: 0,
  })
  const root = node(null)
  const nodes = new Map(grids.map(grid => [grid.id, node(grid)]))
  list.forEach(({ building }, i) => {
    const at = nodes.get(building.grid) ?? root
    at.own.push(i)
  })
  // From the deepest up, so that a grid without homes is left out.
  for (const at of [...nodes.values()].sort((a, b) => b.grid!.level - a.grid!.level)) {
    sumUp(at, list)
    if (at.homes > 0) (nodes.get(at.grid!.parent ?? '') ?? root).below.push(at)
  }
  sumUp(root, list)
  return root
}

function sumUp(node: Node, list: readonly Dwelling[]): void {
  for (const i of node.own) {
    node.weight += list[i]!.weight
    node.homes += list[i]!.homes.length
  }
  for (const part of node.below) {
    node.weight += part.weight
    node.homes += part.homes
    node.leaves += part.leaves
  }
  if (node.own.length > 0) node.leaves++
}
