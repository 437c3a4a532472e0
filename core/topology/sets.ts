// Disjoint sets of numbers: which things hang together.

export class DisjointSets {
  private readonly above: Int32Array

  constructor(count: number) {
    this.above = Int32Array.from({ length: count }, (_, i) => i)
  }

  root(one: number): number {
    let top = one
    while (this.above[top] !== top) top = this.above[top]!
    for (let next = one; next !== top; ) {
      const further = this.above[next]!
      this.above[next] = top
      next = further
    }
    return top
  }

  join(one: number, other: number): void {
    this.above[this.root(one)] = this.root(other)
  }
}
