// Lattice points by number: equal coordinates get equal numbers, and a working copy can grow without touching its base.

export class Points {
  private readonly xs: number[] = []
  private readonly ys: number[] = []
  private slots: Int32Array
  private readonly offset: number

  constructor(
    private readonly base?: Points,
    expected = 64,
  ) {
    this.offset = base ? base.size : 0
    let room = 16
    while (room < expected * 2) room *= 2
    this.slots = new Int32Array(room).fill(-1)
  }

  get size(): number {
    return this.offset + this.xs.length
  }

  x(point: number): number {
    return point < this.offset ? this.base!.x(point) : this.xs[point - this.offset]!
  }

  y(point: number): number {
    return point < this.offset ? this.base!.y(point) : this.ys[point - this.offset]!
  }

  /** The number of a point, or -1. */
  find(x: number, y: number): number {
    const known = this.base ? this.base.find(x, y) : -1
    if (known >= 0 && known < this.offset) return known
    const own = this.slots[this.slot(x, y)]!
    return own < 0 ? -1 : own + this.offset
  }

  /** The number of a point, given one when it is new. */
  add(x: number, y: number): number {
    const known = this.base ? this.base.find(x, y) : -1
    if (known >= 0 && known < this.offset) return known
    let slot = this.slot(x, y)
    const own = this.slots[slot]!
    if (own >= 0) return own + this.offset
    if ((this.xs.length + 1) * 2 > this.slots.length) {
      this.grow()
      slot = this.slot(x, y)
    }
    this.slots[slot] = this.xs.length
    this.xs.push(x)
    this.ys.push(y)
    return this.size - 1
  }

  private slot(x: number, y: number): number {
    const mask = this.slots.length - 1
    let hash = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b)
    hash ^= hash >>> 15
    let slot = hash & mask
    for (;;) {
      const own = this.slots[slot]!
      if (own < 0 || (this.xs[own] === x && this.ys[own] === y)) return slot
      slot = (slot + 1) & mask
    }
  }

  private grow(): void {
    this.slots = new Int32Array(this.slots.length * 2).fill(-1)
    for (let i = 0; i < this.xs.length; i++) this.slots[this.slot(this.xs[i]!, this.ys[i]!)] = i
  }
}

/** One number for a pair of point numbers. */
export const pairKey = (a: number, b: number): number => a * 0x4000000 + b
