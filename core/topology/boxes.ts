// Finds leaves by box: a hash grid whose cell size follows each box, so huge and tiny grids live together cheaply.
import type { Box } from './plans.ts'
import { boxesMeet } from './shape.ts'
import { Shards } from './shards.ts'

/** Cells are powers of two, at least 2^8 steps (2.5 m), so that a cell's key fits a double. */
const FINEST = 8
const COARSEST = 32

const sizeOf = (box: Box): number => {
  const extent = Math.max(box[2] - box[0], box[3] - box[1], 1)
  return Math.min(COARSEST, Math.max(FINEST, Math.ceil(Math.log2(extent))))
}

const cellKey = (size: number, ix: number, iy: number): number =>
  ((size - FINEST) * 0x1000000 + ix + 0x800000) * 0x1000000 + iy + 0x800000

const cellsOf = (box: Box, size: number): number[] => {
  const side = 2 ** size
  const keys: number[] = []
  for (let ix = Math.floor(box[0] / side); ix <= Math.floor(box[2] / side); ix++)
    for (let iy = Math.floor(box[1] / side); iy <= Math.floor(box[3] / side); iy++)
      keys.push(cellKey(size, ix, iy))
  return keys
}

/** A leaf and its box. */
export interface Boxed {
  readonly id: string
  readonly box: Box
}

type Cells = Shards<number, readonly Boxed[]>

export class Boxes {
  private constructor(
    /** By size; of each size all cells can be gone through when a box is much larger than they are. */
    private readonly cells: readonly Cells[],
    private readonly counts: readonly number[],
  ) {}

  static of(entries: Iterable<Boxed>): Boxes {
    const cells = Array.from({ length: COARSEST + 1 }, () => new Map<number, Boxed[]>())
    const counts = new Array<number>(COARSEST + 1).fill(0)
    for (const entry of entries) {
      const { box } = entry
      const size = sizeOf(box)
      counts[size]!++
      for (const key of cellsOf(box, size)) {
        const cell = cells[size]!.get(key)
        if (cell) cell.push(entry)
        else cells[size]!.set(key, [entry])
      }
    }
    return new Boxes(
      cells.map(some => Shards.of<number, readonly Boxed[]>(some)),
      counts,
    )
  }

  with(gone: Iterable<Boxed>, come: Iterable<Boxed>): Boxes {
    const changes = new Map<number, Map<number, readonly Boxed[] | undefined>>()
    const counts = this.counts.slice()
    const changesOf = (size: number) => {
      let some = changes.get(size)
      if (!some) {
        some = new Map()
        changes.set(size, some)
      }
      return some
    }
    const cell = (size: number, key: number): readonly Boxed[] => {
      const some = changesOf(size)
      return (some.has(key) ? some.get(key) : this.cells[size]!.get(key)) ?? []
    }
    for (const { id, box } of gone) {
      const size = sizeOf(box)
      counts[size]!--
      for (const key of cellsOf(box, size)) {
        const rest = cell(size, key).filter(other => other.id !== id)
        changesOf(size).set(key, rest.length > 0 ? rest : undefined)
      }
    }
    for (const entry of come) {
      const { box } = entry
      const size = sizeOf(box)
      counts[size]!++
      for (const key of cellsOf(box, size)) changesOf(size).set(key, [...cell(size, key), entry])
    }
    const cells = this.cells.slice()
    for (const [size, some] of changes) cells[size] = cells[size]!.with(some)
    return new Boxes(cells, counts)
  }

  /** The ids of all whose boxes meet the box. */
  near(box: Box): Set<string> {
    const found = new Set<string>()
    const take = (cell: readonly Boxed[] | undefined) => {
      if (cell) for (const entry of cell) if (boxesMeet(entry.box, box)) found.add(entry.id)
    }
    for (let size = FINEST; size <= COARSEST; size++) {
      const count = this.counts[size]!
      if (count === 0) continue
      const side = 2 ** size
      const wide = Math.floor(box[2] / side) - Math.floor(box[0] / side) + 1
      const high = Math.floor(box[3] / side) - Math.floor(box[1] / side) + 1
      const cells = this.cells[size]!
      if (wide * high > 4 * count) for (const cell of cells.values()) take(cell)
      else for (const key of cellsOf(box, size)) take(cells.get(key))
    }
    return found
  }
}
