// The segments that the outlines of parts are made of, and which of them two parts share.
import { findContacts } from '../contacts.ts'
import type { Position, Refusal, Shape } from '../model.ts'
import { type Points, pairKey } from '../points.ts'

export interface PartSegment {
  /** How many parts have it: one where it is their common outline. */
  readonly count: number
  /** In the direction of the first ring that has it. */
  readonly ends: readonly [from: number, to: number]
}

/** The segments of parts beside one another, each once; a vertex that only one of them has is given to the other. */
export const segmentsOfParts = (points: Points, parts: readonly Shape[]): PartSegment[] | Refusal => {
  const walks: number[][] = []
  const from: number[] = []
  const to: number[] = []
  const known = new Map<number, number>()
  const keyOf = (u: number, w: number) => (u < w ? pairKey(u, w) : pairKey(w, u))
  for (const part of parts)
    for (const ring of part.flat()) {
      const walk: number[] = []
      for (let i = 0; i < ring.length; i += 2) walk.push(points.add(ring[i]!, ring[i + 1]!))
      walk.push(walk[0]!)
      walks.push(walk)
      for (let i = 1; i < walk.length; i++) {
        const key = keyOf(walk[i - 1]!, walk[i]!)
        if (known.has(key)) continue
        known.set(key, from.length)
        from.push(walk[i - 1]!)
        to.push(walk[i]!)
      }
    }
  const through = new Map<number, number[]>()
  let crossing: Position | null = null
  findContacts(points, from, to, ({ kind, segment, other }) => {
    if (kind === 'crossing') crossing ??= [points.x(from[segment]!), points.y(from[segment]!)]
    else through.set(segment, [...(through.get(segment) ?? []), other])
    return crossing === null
  })
  if (crossing) return { refused: 'bad-geometry', place: crossing }
  const shared = new Map<number, { count: number; ends: readonly [number, number] }>()
  for (const walk of walks)
    for (let i = 1; i < walk.length; i++) {
      const [u, w] = [walk[i - 1]!, walk[i]!]
      const far = (v: number) => Math.hypot(points.x(v) - points.x(u), points.y(v) - points.y(u))
      const stops = [...(through.get(known.get(keyOf(u, w))!) ?? [])].sort((p, q) => far(p) - far(q))
      for (const [a, b] of pairs([u, ...stops, w])) {
        const segment = shared.get(keyOf(a, b))
        if (segment) segment.count++
        else shared.set(keyOf(a, b), { count: 1, ends: [a, b] })
      }
    }
  return [...shared.values()]
}

const pairs = (vertices: readonly number[]): (readonly [number, number])[] =>
  vertices.slice(1).map((vertex, i) => [vertices[i]!, vertex] as const)
