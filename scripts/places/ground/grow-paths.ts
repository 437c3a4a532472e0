// The cheapest way through a graph.

export interface Step<E> {
  readonly to: number
  readonly cost: number
  readonly over: E
}

/** Edges from `from` to the first node that `arrived` accepts; null when there is no way (Dijkstra 1959). */
export function cheapest<E>(
  from: number,
  arrived: (node: number) => boolean,
  steps: (node: number) => readonly Step<E>[],
): E[] | null {
  const cost = new Map([[from, 0]])
  const back = new Map<number, { readonly node: number; readonly over: E }>()
  const done = new Set<number>()
  const waiting: [cost: number, node: number][] = [[0, from]]
  while (waiting.length > 0) {
    const [here, node] = takeLeast(waiting)
    if (done.has(node)) continue
    done.add(node)
    if (arrived(node)) {
      const way: E[] = []
      for (let step = back.get(node); step; step = back.get(step.node)) way.push(step.over)
      return way.reverse()
    }
    for (const { to, cost: more, over } of steps(node)) {
      const there = here + more
      if (done.has(to) || there >= (cost.get(to) ?? Infinity)) continue
      cost.set(to, there)
      back.set(to, { node, over })
      putIn(waiting, [there, to])
    }
  }
  return null
}

function putIn(heap: [number, number][], entry: [number, number]) {
  let hole = heap.length
  heap.push(entry)
  while (hole > 0) {
    const above = (hole - 1) >> 1
    if (heap[above]![0] <= entry[0]) break
    heap[hole] = heap[above]!
    hole = above
  }
  heap[hole] = entry
}

function takeLeast(heap: [number, number][]): [number, number] {
  const top = heap[0]!
  const last = heap.pop()!
  const size = heap.length
  if (size === 0) return top
  let hole = 0
  for (let below = 1; below < size; below = 2 * hole + 1) {
    if (below + 1 < size && heap[below + 1]![0] < heap[below]![0]) below++
    if (heap[below]![0] >= last[0]) break
    heap[hole] = heap[below]!
    hole = below
  }
  heap[hole] = last
  return top
}
