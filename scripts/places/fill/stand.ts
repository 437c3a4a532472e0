// What a block gets, gathered and checked: nothing enters that overlaps, leaves the block or comes too near its edges.
import type { Position } from '../../../core/topology/index.ts'
import type { Block, Building, Filling, Frame, Green, Line, Random, RoadClass, Use } from '../place.ts'
import { Ground } from './ground.ts'
import {
  between,
  boxesNear,
  boxOf,
  distance,
  distanceToSegment,
  type Outline,
  outlinesNear,
  type Point,
} from './plane.ts'

export interface Design {
  readonly outline: Outline
  /** Well inside the outline. */
  readonly heart: Point
  readonly kind: string
  readonly storeys: number
  readonly built: number
  /** On the walls' inner side, in the order of their numbers. */
  readonly doors: readonly Point[]
  readonly homesPerFloor?: number
  readonly name?: string
  /** Where it differs from the block's: ground-floor shops in an estate. */
  readonly use?: Use
  readonly street?: string
}

/** Half the width of a drive and of a footpath. */
export const DRIVE_METRES = 2.5
export const PATH_METRES = 1

export class Stand {
  readonly ground: Ground
  readonly buildings: Building[] = []
  readonly lines: Line[] = []
  readonly #greens: { readonly kind: string; readonly outline: Outline }[] = []
  readonly #ponds: Outline[] = []
  #cover: string | null = null

  constructor(
    readonly block: Block,
    readonly frame: Frame,
    readonly random: Random,
  ) {
    this.ground = new Ground(block, frame)
  }

  build(design: Design): boolean {
    const footprint = design.outline.map(([x, y]) => this.frame.position(x, y))
    const rounded = footprint.map(position => this.frame.metres(position))
    if (!this.ground.fits(rounded)) return false
    this.ground.take(rounded)
    const { block, random } = this
    this.buildings.push({
      id: random.id(),
      footprint,
      point: this.frame.position(...design.heart),
      kind: design.kind,
      use: design.use ?? block.use,
      storeys: design.storeys,
      built: design.built,
      name: design.name ?? null,
      entrances: design.doors.map((door, i) => ({ number: i + 1, point: this.frame.position(...door) })),
      homesPerFloor: design.homesPerFloor ?? 0,
      street: design.street ?? this.streetAt(design.doors[0] ?? design.heart),
      grid: block.grid,
      estate: block.name,
    })
    return true
  }

  /** The whole block in one colour; what is drawn on it becomes holes. */
  cover(kind: string): void {
    this.#cover = kind
  }

  /** A piece of green, apart from the other pieces of this block. */
  green(kind: string, outline: Outline): boolean {
    if (!this.ground.within(outline, 0.5)) return false
    const box = boxOf(outline)
    for (const other of this.#greens)
      if (boxesNear(box, boxOf(other.outline), 0.4) && outlinesNear(other.outline, outline, 0.4)) return false
    this.#greens.push({ kind, outline })
    return true
  }

  /** A piece of the block that reaches to its very edge. */
  plot(kind: string, outline: Outline): void {
    this.#greens.push({ kind, outline })
  }

  /** Water: nothing may be built on it. */
  pond(outline: Outline): boolean {
    if (!this.ground.within(outline, 1.5) || !this.ground.free(outline, 1.5)) return false
    this.ground.take(outline, 2)
    this.#ponds.push(outline)
    return true
  }

  /** A drive or footpath where nothing is in its way; it may begin and end on the block's edge. */
  path(kind: RoadClass, points: readonly Point[], halfWidth: number): boolean {
    for (let i = 1; i < points.length; i++) {
      const a = points[i - 1]!
      const b = points[i]!
      const length = distance(a, b)
      if (length < 0.5) return false
      const inner: Outline = [
        i === 1 ? between(a, b, 0.3 / length) : a,
        i === points.length - 1 ? between(a, b, 1 - 0.3 / length) : b,
      ]
      if (!this.ground.within(inner, 0.02)) return false
      for (const other of this.ground.taken)
        if (other.outline.length > 2 && boxesNear(other.box, boxOf([a, b]), halfWidth + 0.5))
          if (outlinesNear(other.outline, [a, b], halfWidth + 0.5)) return false
    }
    this.ground.takePath(points, halfWidth + 0.5)
    this.lines.push({
      id: this.random.id(),
      kind: 'road',
      class: kind,
      name: null,
      path: points.map(([x, y]) => this.frame.position(x, y)),
      halfWidth,
    })
    return true
  }

  /** The name of the nearest named road, else the block's own. */
  streetAt(p: Point): string {
    let name = this.block.name ?? ''
    let nearest = Infinity
    for (const { a, b, line } of this.ground.edges) {
      if (line?.kind !== 'road' || line.name === null) continue
      const metres = distanceToSegment(p, a, b)
      if (metres < nearest) {
        nearest = metres
        name = line.name
      }
    }
    return name
  }

  filling(): Filling {
    const lattice = (outline: Outline): Position[] => outline.map(([x, y]) => this.frame.position(x, y))
    const greens: Green[] = this.#greens.map(({ kind, outline }) => ({
      kind,
      name: null,
      rings: [lattice(outline)],
    }))
    if (this.#cover !== null)
      greens.unshift({
        kind: this.#cover,
        name: this.block.name,
        rings: [this.block.ring, ...greens.map(({ rings }) => rings[0]!.toReversed())],
      })
    return {
      buildings: this.buildings,
      greens,
      lines: this.lines,
      ponds: this.#ponds.map(outline => ({ name: null, rings: [lattice(outline)] })),
    }
  }
}
