// A binary heap of numbered things, cheapest first.

interface Entry {
  readonly item: number
  readonly cost: number
}

export class Heap {
  private readonly entries: Entry[] = []

  push(item: number, cost: number): void {
    const { entries } = this
    let i = entries.length
    entries.push({ item, cost })
    while (i > 0) {
      const above = (i - 1) >> 1
      if (entries[above]!.cost <= cost) break
      entries[i] = entries[above]!
      i = above
    }
    entries[i] = { item, cost }
  }

  pop(): Entry | undefined {
    const { entries } = this
    const [top] = entries
    const last = entries.pop()
    if (!top || !last || entries.length === 0) return top
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= entries.length) break
      if (child + 1 < entries.length && entries[child + 1]!.cost < entries[child]!.cost) child++
      if (entries[child]!.cost >= last.cost) break
      entries[i] = entries[child]!
      i = child
    }
    entries[i] = last
    return top
  }
}
