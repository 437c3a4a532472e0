// All incidents of a county with what is worked out once, so that a move of the window costs one pass and no more.
import type { IncidentColumns, IncidentLeaves } from '../contract/incident-columns.ts'
import type { IncidentSummary } from '../contract/incidents.ts'
import { type Grid, LATTICE, type Level } from '../topology/model.ts'
import type { Box } from '../topology/plans.ts'
import { DAY, SLOTS, slotsOf } from './calendar.ts'
import { changeIncident } from './change-incident.ts'
import { countRows } from './count-rows.ts'
import { densityOf, type Workspace, workspaceFor } from './density.ts'
import { allowedBy, EVERYTHING, type Filter, failsOf, type KindOfEach, kindCount, kindsOf } from './filter.ts'
import { insertIncident, spliced } from './insert-incident.ts'
import {
  type CountsAtLevel,
  countsAt,
  gridsShownAt,
  type Leaves,
  type LevelSums,
  leafAt,
  leafOfEach,
  leavesOf,
} from './leaves.ts'
import { type Pointed, rowsNear } from './near.ts'
import { cellsOf, type Raster, rasterOf } from './raster.ts'
import { type Rows, rowsIn, type Span } from './rows.ts'
import { type Trend, trendOf } from './trend.ts'

/** What is wanted beside the sums: density at a radius in metres, counts of the grids of a level, or neither. */
export type Wanted = { density: number } | { level: Level } | null

export interface Looked {
  readonly rows: Rows
  /** How many pass every filter. */
  readonly total: number
  /** By kind, whatever the filter of kinds says (filter.ts). */
  readonly kinds: Uint32Array
  /** By hour of the week, whatever hours are chosen. */
  readonly slots: Uint32Array
  readonly density: { readonly raster: Raster; readonly values: Float32Array } | null
  readonly grids: CountsAtLevel | null
}

interface Rastered {
  readonly raster: Raster
  readonly cells: Uint32Array
  readonly work: Workspace
}
interface Placed {
  readonly grids: readonly Grid[]
  readonly leaves: Leaves
  readonly leafOf: Uint32Array
  /** Worked out when a level is first asked for. */
  readonly levels: Map<Level, LevelSums>
}

export class IncidentBook {
  #columns: IncidentColumns
  #kinds: KindOfEach
  #slots: Uint8Array
  #fails: Uint8Array
  #filter: Filter = EVERYTHING
  #rastered: Rastered | null = null
  #placed: Placed | null = null
  #nowhere: Uint32Array

  constructor(columns: IncidentColumns) {
    this.#columns = columns
    this.#kinds = kindsOf(columns, columns.categories.length)
    this.#slots = slotsOf(columns.time)
    this.#nowhere = new Uint32Array(columns.count)
    this.#fails = new Uint8Array(columns.count)
  }

  get columns(): IncidentColumns {
    return this.#columns
  }
  /** By what each row fails; 0 passes. */
  get fails(): Uint8Array {
    return this.#fails
  }
  get leaves(): Leaves | null {
    return this.#placed?.leaves ?? null
  }

  /** Of all incidents, in lattice steps; null when there are none. */
  get box(): Box | null {
    const { x, y, count } = this.#columns
    if (count === 0) return null
    const box: [number, number, number, number] = [x[0]!, y[0]!, x[0]!, y[0]!]
    for (let row = 1; row < count; row++) {
      if (x[row]! < box[0]) box[0] = x[row]!
      else if (x[row]! > box[2]) box[2] = x[row]!
      if (y[row]! < box[1]) box[1] = y[row]!
      else if (y[row]! > box[3]) box[3] = y[row]!
    }
    return box
  }

  filter(filter: Filter): Trend {
    this.#filter = filter
    this.#fails = failsOf(this.#kinds, this.#slots, allowedBy(filter, this.#columns.categories))
    return trendOf(this.#columns.time, this.#fails)
  }

  /**
   * The grids of a plan, all levels, and in which of them the incidents lie: by their exact places, which the columns do
   * not have.
   * @returns false when that was told of other columns: load these again
   */
  place(grids: readonly Grid[], told: Pick<IncidentLeaves, 'version' | 'leaves' | 'leaf'>): boolean {
    if (told.version !== this.#columns.version || told.leaf.length !== this.#columns.count) return false
    const leaves = leavesOf(grids)
    this.#placed = { grids, leaves, leafOf: leafOfEach(leaves, told.leaves, told.leaf), levels: new Map() }
    return true
  }

  /**
   * @param event its number; what the columns have already is not put in again
   * @returns false when it cannot be put in: load the columns again
   */
  insert(incident: IncidentSummary, event: number): boolean {
    if (event <= this.#columns.event) return true
    const inserted = insertIncident(this.#columns, incident, event)
    if (!inserted) return false
    const { columns, row } = inserted
    this.#columns = columns
    if (row === null) return true
    this.#kinds = kindsOf(columns, columns.categories.length)
    this.#slots = slotsOf(columns.time)
    this.#nowhere = new Uint32Array(columns.count)
    this.#rastered = null
    const [lng, lat] = incident.place ?? [0, 0]
    if (this.#placed) {
      const leaf = leafAt(this.#placed.leaves, Math.round(lng * LATTICE), Math.round(lat * LATTICE))
      this.#placed = { ...this.#placed, leafOf: spliced(this.#placed.leafOf, row, leaf) }
    }
    this.filter(this.#filter)
    return true
  }

  /** The same when one of them has taken a step. */
  change(incident: IncidentSummary, event: number): boolean {
    if (event <= this.#columns.event) return true
    const columns = changeIncident(this.#columns, incident, event)
    if (!columns) return false
    this.#columns = columns
    this.#kinds = kindsOf(columns, columns.categories.length)
    this.filter(this.#filter)
    return true
  }

  look(span: Span, wanted: Wanted): Looked {
    const rows = rowsIn(this.#columns.time, span)
    const marked = { kinds: this.#kinds, slots: this.#slots, fails: this.#fails }
    const kinds = new Uint32Array(kindCount(this.#columns.categories.length))
    const slots = new Uint32Array(SLOTS)
    const rastered = wanted && 'density' in wanted ? this.#rasterOf(wanted.density) : null
    const placed = wanted && 'level' in wanted ? this.#placed : null
    const places = rastered?.work.counts.fill(0) ?? new Uint32Array((placed?.leaves.grids.length ?? 0) + 1)
    countRows(marked, rastered?.cells ?? placed?.leafOf ?? this.#nowhere, rows, { kinds, slots, places })
    const { slots: allowed } = this.#allowedSlots()
    return {
      rows,
      total: slots.reduce((sum, count, slot) => sum + (allowed[slot] ? count : 0), 0),
      kinds,
      slots,
      density: rastered && {
        raster: rastered.raster,
        values: densityOf(rastered.raster, rastered.work, (span.to - span.from) / DAY),
      },
      grids: placed && wanted && 'level' in wanted ? countsAt(levelOf(placed, wanted.level), places) : null,
    }
  }

  /** Rows of the window within reach, newest first. */
  near(span: Span, pointed: Pointed, most: number): number[] {
    return rowsNear(this.#columns, this.#fails, rowsIn(this.#columns.time, span), pointed, most)
  }

  /** The grid without children that owns a place; null outside the plan, or before the plan is there. */
  gridAt(x: number, y: number): string | null {
    const leaves = this.#placed?.leaves
    return leaves ? (leaves.grids[leafAt(leaves, x, y)]?.id ?? null) : null
  }

  #allowedSlots() {
    return allowedBy({ ...EVERYTHING, block: this.#filter.block }, [])
  }

  #rasterOf(radius: number): Rastered | null {
    if (this.#rastered?.raster.radius === radius) return this.#rastered
    const box = this.box
    if (!box) return null
    const raster = rasterOf(box, radius)
    const cells = cellsOf(raster, this.#columns.x, this.#columns.y)
    this.#rastered = { raster, cells, work: workspaceFor(raster) }
    return this.#rastered
  }
}

function levelOf({ grids, leaves, levels }: Placed, level: Level): LevelSums {
  const known = levels.get(level) ?? gridsShownAt(grids, leaves, level)
  levels.set(level, known)
  return known
}
