// The tree of grids of a site: ground shared out level by level, then numbered and named.
import type { GridKind, Level, Shape } from '../../../core/topology/index.ts'
import type { GeneratedGrid } from '../place.ts'
import { measured } from './face.ts'
import { shapeOf, union } from './outline.ts'
import { apportion, type Cutting, type Patch, shareOut } from './share.ts'

export interface Node {
  readonly id: string
  readonly level: Level
  readonly patches: readonly Patch[]
  readonly children: Node[]
}

const weightOf = (patches: readonly Patch[]): number =>
  patches.reduce((sum, { weight, face }) => sum + weight + measured(face).area * 1e-6, 0)

/** Shares zones out over as many grids as each level wants; the nodes directly below `level`. */
export function grow(
  zones: readonly (readonly Patch[])[],
  counts: readonly number[],
  level: Level,
  cutting: Cutting,
): Node[] {
  const node = (patches: readonly Patch[], at: number): Node => ({
    id: cutting.random.id(),
    level: at as Level,
    patches,
    children: [],
  })
  const first = counts[0] ?? 0
  if (first === 0) return []
  const shares = zones.length > first ? [first] : apportion(first, zones.map(weightOf), 1)
  const grounds = zones.length > first ? [zones.flat()] : zones
  const roots = grounds.flatMap((zone, i) =>
    shareOut(zone, shares[i]!, cutting).map(patches => node(patches, level + 1)),
  )
  let row = roots
  counts.slice(1).forEach((count, i) => {
    const next: Node[] = []
    apportion(
      count,
      row.map(({ patches }) => weightOf(patches)),
      count === 1 ? 1 : 2,
    ).forEach((parts, k) => {
      if (parts === 0) return
      const parent = row[k]!
      for (const patches of shareOut(parent.patches, parts, cutting))
        parent.children.push(node(patches, level + 2 + i))
      next.push(...parent.children)
    })
    row = next
  })
  return roots
}

export const leavesOf = (nodes: readonly Node[]): Node[] =>
  nodes.flatMap(node => (node.children.length === 0 ? [node] : leavesOf(node.children)))

/** From west to east, then from north to south: rows as on a page. */
function inOrder(nodes: readonly Node[]): Node[] {
  const at = nodes.map(node => {
    let [x, y, sum] = [0, 0, 0]
    for (const { face } of node.patches) {
      const { area, frame, box } = measured(face)
      const middle = frame.position((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
      x += middle[0] * area
      y += middle[1] * area
      sum += area
    }
    return { node, x: x / sum, y: y / sum }
  })
  const top = Math.max(...at.map(({ y }) => y))
  const height = (top - Math.min(...at.map(({ y }) => y))) / Math.sqrt(nodes.length) || 1
  const row = (y: number) => Math.floor((top - y) / height)
  return at.sort((a, b) => row(a.y) - row(b.y) || a.x - b.x).map(({ node }) => node)
}

/** What a grid is named by. */
export interface Named {
  readonly level: Level
  /** Its number within the parent, from 1. */
  readonly number: number
  /** Its number among all grids of its level in the site, from 1. */
  readonly running: number
  /** Name of the village or community. */
  readonly site: string
  /** Estates, hamlets and the like in it. */
  readonly places: readonly string[]
  readonly parent: string
}

export type Naming = (grid: Named) => string

export interface Top {
  readonly id: string
  readonly code: string
  readonly name: string
}

/** Codes and names for a tree below a grid; `first` is the number of its first child. */
export function number(
  top: Top,
  site: string,
  roots: readonly Node[],
  first: number,
  kind: GridKind,
  naming: Naming,
  placesIn: (leaf: string) => readonly string[],
): { grids: GeneratedGrid[]; shapes: Shape[] } {
  const grids: GeneratedGrid[] = []
  const running = new Map<Level, number>()
  const walk = (nodes: readonly Node[], parent: Top, start: number): Shape[] =>
    inOrder(nodes).map((node, i) => {
      const places = leavesOf([node]).flatMap(({ id }) => placesIn(id))
      const code = parent.code + String(start + i).padStart(2, '0')
      const count = (running.get(node.level) ?? start - 1) + 1
      running.set(node.level, count)
      const name = naming({
        level: node.level,
        number: start + i,
        running: count,
        site,
        places,
        parent: parent.name,
      })
      const at = grids.length
      const leaf = node.children.length === 0
      const shapes = walk(node.children, { id: node.id, code, name }, 1)
      const shape = leaf ? shapeOf(node.patches.map(({ face }) => face)) : union(shapes)
      grids.splice(at, 0, {
        id: node.id,
        level: node.level,
        parent: parent.id,
        leaf,
        code,
        name,
        kind,
        shape,
      })
      return shape
    })
  const shapes = walk(roots, top, first)
  return { grids, shapes }
}
