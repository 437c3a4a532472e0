// Finds leaves by box: a hash grid whose cell size follows each box, so huge and tiny grids live together cheaply.
import type { Box } from './plans.ts'
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

export class Boxes {
  private constructor(
    private readonly cells: Shards<number, readonly string[]>,
    private readonly counts: readonly number[],
  ) {}

  static of(entries: Iterable<readonly [id: string, box: Box]>): Boxes {
    const cells = new Map<number, string[]>()
    const counts = new Array<number>(COARSEST + 1).fill(0)
    for (const [id, box] of entries) {
      const size = sizeOf(box)
      counts[size]!++
      for (const key of cellsOf(box, size)) {
        const cell = cells.get(key)
        if (cell) cell.push(id)
        else cells.set(key, [id])
      }
    }
    return new Boxes(Shards.of<number, readonly string[]>(cells), counts)
  }

  with(
    gone: Iterable<readonly [id: string, box: Box]>,
    come: Iterable<readonly [id: string, box: Box]>,
  ): Boxes {
    const changes = new Map<number, readonly string[] | undefined>()
    const counts = this.counts.slice()
    const cell = (key: number): readonly string[] =>
      (changes.has(key) ? changes.get(key) : this.cells.get(key)) ?? []
    for (const [id, box] of gone) {
      const size = sizeOf(box)
      counts[size]!--
      for (const key of cellsOf(box, size)) {
        const rest = cell(key).filter(other => other !== id)
        changes.set(key, rest.length > 0 ? rest : undefined)
      }
    }
    for (const [id, box] of come) {
      const size = sizeOf(box)
      counts[size]!++
      for (const key of cellsOf(box, size)) changes.set(key, [...cell(key), id])
    }
    return new Boxes(this.cells.with(changes), counts)
  }

  /** Ids whose cells meet the box: all whose boxes do, and some more. */
  near(box: Box): Set<string> {
    const found = new Set<string>()
    for (let size = FINEST; size <= COARSEST; size++) {
      const count = this.counts[size]!
      if (count === 0) continue
      const side = 2 ** size
      const wide = Math.floor(box[2] / side) - Math.floor(box[0] / side) + 1
      const high = Math.floor(box[3] / side) - Math.floor(box[1] / side) + 1
      if (wide * high > 64 + 16 * count) {
        for (const cell of this.cells.values()) for (const id of cell) found.add(id)
        return found
      }
      for (const key of cellsOf(box, size)) for (const id of this.cells.get(key) ?? []) found.add(id)
    }
    return found
  }
}
