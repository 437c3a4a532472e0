// Which face has the longest border with which grid, while borders grow: a heap whose outdated entries are passed over.

interface Entry {
  readonly face: number
  readonly leaf: number
  readonly length: number
}

/** Longer first; of equals the lower numbers, so that the same map always gives the same answer. */
const isBefore = (one: Entry, other: Entry): boolean =>
  one.length !== other.length
    ? one.length > other.length
    : one.face !== other.face
      ? one.face < other.face
      : one.leaf < other.leaf

export class Longest {
  readonly #lengths = new Map<number, Map<number, number>>()
  readonly #heap: Entry[] = []

  /** The face has this much more border with the grid. */
  add(face: number, leaf: number, more: number): void {
    let lengths = this.#lengths.get(face)
    if (!lengths) {
      lengths = new Map()
      this.#lengths.set(face, lengths)
    }
    const length = (lengths.get(leaf) ?? 0) + more
    lengths.set(leaf, length)
    this.#push({ face, leaf, length })
  }

  drop(face: number): void {
    this.#lengths.delete(face)
  }

  /** The longest of all, which stays until its face is dropped; null when there is none. */
  take(): { face: number; leaf: number } | null {
    for (let top = this.#pop(); top; top = this.#pop())
      if (this.#lengths.get(top.face)?.get(top.leaf) === top.length) return top
    return null
  }

  #push(entry: Entry): void {
    const heap = this.#heap
    let at = heap.length
    heap.push(entry)
    while (at > 0) {
      const above = (at - 1) >> 1
      if (!isBefore(entry, heap[above]!)) break
      heap[at] = heap[above]!
      at = above
    }
    heap[at] = entry
  }

  #pop(): Entry | undefined {
    const heap = this.#heap
    const top = heap[0]
    const last = heap.pop()
    if (!last || heap.length === 0) return top
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= heap.length) break
      if (below + 1 < heap.length && isBefore(heap[below + 1]!, heap[below]!)) below++
      if (!isBefore(heap[below]!, last)) break
      heap[at] = heap[below]!
      at = below
    }
    heap[at] = last
    return top
  }
}
