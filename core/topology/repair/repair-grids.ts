// Makes a sound plan of somebody's grids: gaps, overlaps, slivers and missing vertices are repaired, each change reported.
import Flatbush from 'flatbush'
import { Chain, traceShape } from '../chains.ts'
import { covers } from '../covers.ts'
import {
  type Grid,
  type GridKind,
  isRefusal,
  type Level,
  type Polygon,
  type Position,
  type RefusalCode,
  type Shape,
} from '../model.ts'
import { cleanOutline } from '../outline.ts'
import { areaSquareMetres, bounds, interiorPoint } from '../shape.ts'
import { arrange } from './arrange.ts'
import { assignFaces } from './assign-faces.ts'
import { facesOf } from './faces.ts'

/** One polygon with what its owner says of it. */
export interface GivenGrid {
  /** Unique among all given. */
  readonly key: string
  readonly level: Level
  /** The key of its parent; undefined: to be found by containment; null: it has none. */
  readonly parent?: string | null
  readonly code: string
  readonly name: string
  readonly kind?: GridKind
  /** GeoJSON Polygon or MultiPolygon in degrees. */
  readonly geometry: unknown
}

export interface RepairChange {
  readonly what:
    | 'gap-filled'
    | 'gap-left'
    | 'overlap-given'
    | 'border-moved'
    | 'outline-put-right'
    | 'parent-found'
    | 'parent-outline-moved'
  /** The grids it is about: who won first, then who lost. */
  readonly grids: readonly string[]
  readonly squareMetres: number
  readonly place: Position
}

export interface RejectedGrid {
  readonly key: string
  readonly why: RefusalCode | 'no-parent' | 'no-ground' | 'unknown-parent'
  readonly place: Position | null
}

export interface Repaired {
  /** A sound plan: ids are the keys. */
  readonly grids: readonly Grid[]
  readonly changes: readonly RepairChange[]
  readonly rejected: readonly RejectedGrid[]
}

export interface RepairOptions {
  /** Vertices and borders this near are one; steps. */
  readonly tolerance: number
  /** A gap in no parent, enclosed, is filled up to this size; larger it stays a hole … */
  readonly gapSquareMetres: number
  /** … unless this ground is to be covered whole. */
  readonly ground: Shape | null
}

const DEFAULTS: RepairOptions = { tolerance: 30, gapSquareMetres: 1000, ground: null }

/** What cleaning does to sound outlines too. */
const HARMLESS: ReadonlySet<string> = new Set(['closed', 'snapped', 'turned'])

/** Everything that is given comes out as a grid or as rejected with a reason. */
export const repairGrids = (
  given: readonly GivenGrid[],
  options: Partial<RepairOptions> = {},
): Repaired | null => {
  const { tolerance, gapSquareMetres, ground: whole } = { ...DEFAULTS, ...options }
  const changes: RepairChange[] = []
  const rejected: RejectedGrid[] = []
  const shapes = new Map<string, Shape>()
  for (const { key, geometry } of given) {
    const clean = cleanOutline(geometry)
    if (isRefusal(clean)) {
      rejected.push({ key, why: clean.refused, place: clean.place })
      continue
    }
    shapes.set(key, clean.shape)
    const first = clean.changes.find(({ what }) => !HARMLESS.has(what))
    if (first) changes.push({ what: 'outline-put-right', grids: [key], squareMetres: 0, place: first.place })
  }
  const parents = findParents(given, shapes, changes, rejected)
  const kept = given.filter(({ key }) => parents.has(key))
  const withChildren = new Set(kept.flatMap(({ key }) => parents.get(key) ?? []))
  const arranged = arrange(
    kept.map(({ key }) => shapes.get(key)!),
    tolerance,
  )
  const map = arranged && facesOf(arranged.points, arranged.segments)
  if (!arranged || !map) return null

  const isLeaf = kept.map(({ key }) => !withChildren.has(key))
  const isUnder = (leaf: number, above: number): boolean => {
    const top = kept[above]!.key
    for (let key: string | null = kept[leaf]!.key; key !== null; key = parents.get(key) ?? null)
      if (key === top) return true
    return false
  }
  const levels = kept.map(grid => grid.level)
  const isFilled = (gap: Polygon) =>
    areaSquareMetres([gap]) <= gapSquareMetres || (whole !== null && covers(whole, interiorPoint([gap])))
  const { owner, decided } = assignFaces(map, { isLeaf, levels, isUnder, isFilled })
  for (const { face, what, to, from } of decided)
    changes.push({
      what,
      grids: [...(to === null ? [] : [kept[to]!.key]), ...from.map(one => kept[one]!.key)],
      squareMetres: areaSquareMetres([map.faces[face]!.polygon]),
      place: interiorPoint([map.faces[face]!.polygon]),
    })

  const walks = kept.map(() => ({ from: [] as number[], to: [] as number[] }))
  arranged.segments.forEach(({ a, b }, s) => {
    const [left, right] = [owner[map.left[s]!]!, owner[map.right[s]!]!]
    if (left === right) return
    if (left >= 0) {
      walks[left]!.from.push(a)
      walks[left]!.to.push(b)
    }
    if (right >= 0) {
      walks[right]!.from.push(b)
      walks[right]!.to.push(a)
    }
  })
  const ground = new Map<string, Shape>()
  kept.forEach(({ key }, n) => {
    if (!isLeaf[n]) return
    const { from, to } = walks[n]!
    const shape = from.length === 0 ? [] : traceShape(arranged.points, from, to)
    if (shape && shape.length > 0) ground.set(key, shape)
    else rejected.push({ key, why: 'no-ground', place: interiorPoint(shapes.get(key)!) })
  })
  return build(kept, parents, shapes, ground, changes, rejected)
}

/** Who is under whom, for all that can be placed: by the key given, else by where the middle lies. */
const findParents = (
  given: readonly GivenGrid[],
  shapes: ReadonlyMap<string, Shape>,
  changes: RepairChange[],
  rejected: RejectedGrid[],
): Map<string, string | null> => {
  const parents = new Map<string, string | null>()
  const byLevel = [...given].filter(({ key }) => shapes.has(key)).sort((a, b) => a.level - b.level)
  const levelOf = new Map(byLevel.map(({ key, level }) => [key, level]))
  const boxes = byLevel.map(({ key }) => bounds(shapes.get(key)!))
  const index = new Flatbush(Math.max(1, byLevel.length))
  for (const box of boxes) index.add(...box)
  if (byLevel.length === 0) index.add(0, 0, 0, 0)
  index.finish()
  for (const { key, level, parent } of byLevel) {
    const middle = interiorPoint(shapes.get(key)!)
    if (level === 1) {
      parents.set(key, null)
      continue
    }
    if (parent) {
      if (parents.has(parent) && levelOf.get(parent) === level - 1) parents.set(key, parent)
      else rejected.push({ key, why: 'unknown-parent', place: middle })
      continue
    }
    const found = index
      .search(middle[0], middle[1], middle[0], middle[1], n => byLevel[n]!.level === level - 1)
      .sort((a, b) => a - b)
      .map(n => byLevel[n]!)
      .find(one => parents.has(one.key) && covers(shapes.get(one.key)!, middle))
    if (!found) {
      rejected.push({ key, why: 'no-parent', place: middle })
      continue
    }
    parents.set(key, found.key)
    changes.push({ what: 'parent-found', grids: [key, found.key], squareMetres: 0, place: middle })
  }
  return parents
}

/** Grids from the leaves up; a parent is what its children are. */
const build = (
  kept: readonly GivenGrid[],
  parents: ReadonlyMap<string, string | null>,
  shapes: ReadonlyMap<string, Shape>,
  ground: Map<string, Shape>,
  changes: RepairChange[],
  rejected: RejectedGrid[],
): Repaired => {
  const leaves = new Set(ground.keys())
  const grids: Grid[] = []
  const below = new Map<string | null, Shape[]>()
  const known = new Set(rejected.map(({ key }) => key))
  for (const level of [4, 3, 2, 1] as const)
    for (const one of kept) {
      if (one.level !== level) continue
      if (!ground.has(one.key)) {
        const outline = new Chain()
        for (const child of below.get(one.key) ?? []) outline.addShape(child, 1)
        const shape = outline.empty ? null : outline.toShape()
        if (!shape) {
          if (!known.has(one.key))
            rejected.push({ key: one.key, why: 'no-ground', place: interiorPoint(shapes.get(one.key)!) })
          continue
        }
        ground.set(one.key, shape)
      }
      const shape = ground.get(one.key)!
      const parent = parents.get(one.key) ?? null
      below.set(parent, [...(below.get(parent) ?? []), shape])
      grids.push({
        id: one.key,
        level,
        parent,
        leaf: leaves.has(one.key),
        code: one.code,
        name: one.name,
        kind: one.kind ?? 'basic',
        locked: false,
        shape,
      })
      const moved = areaSquareMetres(shape) - areaSquareMetres(shapes.get(one.key)!)
      if (Math.abs(moved) >= 0.01)
        changes.push({
          what: leaves.has(one.key) ? 'border-moved' : 'parent-outline-moved',
          grids: [one.key],
          squareMetres: moved,
          place: interiorPoint(shape),
        })
    }
  return { grids: grids.reverse(), changes, rejected }
}
