// Regions grow from seeds like fire over ground of uneven cost, each at its own speed, until they meet.
import { OUTSIDE, type Raster } from './grow-raster.ts'

export interface Growth {
  readonly raster: Raster
  /** What a region cannot leave: its town, its village; OUTSIDE where nothing grows. */
  readonly group: Int32Array
  /** How slowly a cell is crossed; 1 on even ground. */
  readonly cost: Float32Array
  /** Cells of each region to start from. */
  readonly seeds: readonly (readonly number[])[]
  readonly speed: Float64Array
}

/**
 * The region of every cell. Fast marching (Sethian 1996) over four neighbours: fronts are round, not eight-sided, and
 * every region is connected over sides.
 */
export function grow({ raster, group, cost, seeds, speed }: Growth): Int32Array {
  const { width } = raster
  const labels = new Int32Array(group.length).fill(OUTSIDE)
  const time = new Float32Array(group.length).fill(Infinity)
  const done = new Uint8Array(group.length)
  const heap = new Heap(group.length)
  seeds.forEach((cells, label) => {
    for (const at of cells)
      if (labels[at] === OUTSIDE && group[at] !== OUTSIDE) {
        labels[at] = label
        time[at] = 0
        heap.push(0, at)
      }
  })
  const reached = (at: number, label: number) => (done[at] && labels[at] === label ? time[at]! : Infinity)
  for (let at = heap.pop(); at >= 0; at = heap.pop()) {
    if (done[at]) continue
    done[at] = 1
    const label = labels[at]!
    const slowness = 1 / speed[label]!
    for (let side = 0; side < 4; side++) {
      const next = side === 0 ? at - 1 : side === 1 ? at + 1 : side === 2 ? at - width : at + width
      if (done[next] || group[next] !== group[at]) continue
      const across = Math.min(reached(next - 1, label), reached(next + 1, label))
      const along = Math.min(reached(next - width, label), reached(next + width, label))
      const step = cost[next]! * slowness
      const apart = Math.abs(across - along)
      const arrives =
        apart >= step
          ? Math.min(across, along) + step
          : (across + along + Math.sqrt(2 * step * step - apart * apart)) / 2
      if (arrives >= time[next]!) continue
      time[next] = arrives
      labels[next] = label
      heap.push(arrives, next)
    }
  }
  return labels
}

/** Least time first; a cell may be in it several times, the earliest counts. */
class Heap {
  private times: Float32Array
  private cells: Int32Array
  private size = 0

  constructor(capacity: number) {
    this.times = new Float32Array(capacity)
    this.cells = new Int32Array(capacity)
  }

  push(time: number, cell: number) {
    if (this.size === this.times.length) {
      const times = new Float32Array(this.size * 2)
      times.set(this.times)
      this.times = times
      const cells = new Int32Array(this.size * 2)
      cells.set(this.cells)
      this.cells = cells
    }
    const { times, cells } = this
    let hole = this.size++
    while (hole > 0) {
      const above = (hole - 1) >> 1
      if (times[above]! <= time) break
      times[hole] = times[above]!
      cells[hole] = cells[above]!
      hole = above
    }
    times[hole] = time
    cells[hole] = cell
  }

  /** −1 when empty. */
  pop(): number {
    if (this.size === 0) return -1
    const { times, cells } = this
    const top = cells[0]!
    const size = --this.size
    const time = times[size]!
    let hole = 0
    for (let below = 1; below < size; below = 2 * hole + 1) {
      if (below + 1 < size && times[below + 1]! < times[below]!) below++
      if (times[below]! >= time) break
      times[hole] = times[below]!
      cells[hole] = cells[below]!
      hole = below
    }
    times[hole] = time
    cells[hole] = cells[size]!
    return top
  }
}
