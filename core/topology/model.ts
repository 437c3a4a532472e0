// The words of the coverage kernel: positions on the lattice, shapes, grids, described changes, refusals.

/** Longitude and latitude × 1e7, integers (EPSG:4326, about 1 cm). */
export type Position = readonly [x: number, y: number]

/** Lattice steps per degree. */
export const LATTICE = 1e7

/**
 * A closed ring, flat `x0,y0,x1,y1,…`, the first position not repeated. Outer rings run counter-clockwise, holes
 * clockwise; every ring starts at its least position (x, then y), so equal rings are equal arrays.
 */
export type Ring = readonly number[]

/** A face: the outer ring, then its holes (sorted by their first position). */
export type Polygon = readonly Ring[]

/** The ground of a grid: one face or more (exclaves), sorted by their first position. */
export type Shape = readonly Polygon[]

export type Level = 1 | 2 | 3 | 4
export const LEVELS: readonly Level[] = [1, 2, 3, 4]

export const GRID_KINDS = ['basic', 'special', 'street', 'enterprise', 'development'] as const
export type GridKind = (typeof GRID_KINDS)[number]

/** One grid of a plan at one revision. A leaf has no children; a parent's shape is derived from its leaves. */
export interface Grid {
  readonly id: string
  readonly level: Level
  readonly parent: string | null
  readonly leaf: boolean
  readonly code: string
  readonly name: string
  readonly kind: GridKind
  readonly locked: boolean
  readonly shape: Shape
}

/** Whole numbers of people, households and buildings. */
export interface Tally {
  readonly persons: number
  readonly households: number
  readonly buildings: number
}

/**
 * A described change: `before` and `after` hold every grid it touches, at every level, bent neighbours included.
 * An id in both is changed, only in `before` removed, only in `after` created. Its inverse swaps the two.
 */
export interface Change {
  readonly before: readonly Grid[]
  readonly after: readonly Grid[]
}

export const REFUSAL_CODES = [
  'misses-grid',
  'touches-only',
  'no-effect',
  'self-crossing',
  'too-narrow',
  'leaves-area',
  'not-adjacent',
  'different-parents',
  'different-depths',
  'would-disconnect',
  'would-empty',
  'code-taken',
  'bad-code',
  'codes-exhausted',
  'cuts-building',
  'stale',
  'locked',
  'bad-geometry',
  'unknown-grid',
] as const
export type RefusalCode = (typeof REFUSAL_CODES)[number]

/** Why an edit cannot be done, and where on the map. A value, never thrown. */
export interface Refusal {
  readonly refused: RefusalCode
  readonly place: Position | null
  readonly grid?: string
  /** `cuts-building`: which. */
  readonly buildings?: readonly string[]
}

export const isRefusal = (value: object): value is Refusal => 'refused' in value
