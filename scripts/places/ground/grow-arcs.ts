// A map of labels as arcs: the borders between nodes, each held once, and the outlines that they make up.
import type { Raster } from './grow-raster.ts'

/** A border from node to node over corners of cells; what lies left and right of it. */
export interface RawArc {
  readonly corners: readonly number[]
  readonly left: number
  readonly right: number
}

// East, north, west, south.
const EAST = 0
const NORTH = 1
const WEST = 2

/** Corner (column, row) is the lower left one of that cell and has number row × (width + 1) + column. */
export function traceArcs(labels: Int32Array, { width, height }: Raster): RawArc[] {
  const across = width + 1
  const exits = new Uint8Array(across * (height + 1))
  const step = [1, across, -1, -across] as const
  for (let row = 1; row < height; row++)
    for (let column = 1; column < width; column++) {
      const at = row * width + column
      const corner = row * across + column
      if (labels[at] !== labels[at - width]) {
        exits[corner]! |= 1 << EAST
        exits[corner + 1]! |= 1 << WEST
      }
      if (labels[at] !== labels[at - 1]) {
        exits[corner]! |= 1 << NORTH
        exits[corner + across]! |= 1 << 3
      }
    }
  const degree = (corner: number) => {
    const bits = exits[corner]!
    return (bits & 1) + ((bits >> 1) & 1) + ((bits >> 2) & 1) + ((bits >> 3) & 1)
  }
  const node = new Uint8Array(exits.length)
  for (let corner = 0; corner < exits.length; corner++) if (degree(corner) > 2) node[corner] = 1
  const arcs: RawArc[] = []
  const walk = (start: number, first: number) => {
    const corners = [start]
    let at = start
    let direction = first
    const row = Math.floor(start / across)
    const cell = row * width + (start - row * across)
    const besides = [
      [cell, cell - width],
      [cell - 1, cell],
      [cell - width - 1, cell - 1],
      [cell - width, cell - width - 1],
    ][first]!
    for (;;) {
      exits[at]! &= ~(1 << direction)
      at += step[direction]!
      corners.push(at)
      exits[at]! &= ~(1 << ((direction + 2) % 4))
      if (node[at] || at === start) break
      direction = [0, 1, 2, 3].find(next => exits[at]! & (1 << next))!
    }
    arcs.push({ corners, left: labels[besides[0]!]!, right: labels[besides[1]!]! })
  }
  const walkFrom = (corner: number) => {
    for (let direction = 0; direction < 4; direction++)
      if (exits[corner]! & (1 << direction)) walk(corner, direction)
  }
  for (let corner = 0; corner < exits.length; corner++) if (node[corner]) walkFrom(corner)
  // What is left are closed borders without nodes.
  for (let corner = 0; corner < exits.length; corner++) if (exits[corner]) walkFrom(corner)
  return arcs
}

/** An arc on the lattice or in metres; its ends are nodes. */
export interface Sides {
  readonly left: number
  readonly right: number
}

/** An arc of an outline: forward when the group lies left of it. */
export interface Part<A> {
  readonly arc: A
  readonly forward: boolean
}

/**
 * The outline of every group of labels, counter-clockwise, as parts that follow on each other. `ends` names the node at
 * each end of an arc; groups below 0 lie outside.
 */
export function outlines<A extends Sides>(
  arcs: readonly A[],
  groupOf: (label: number) => number,
  ends: (arc: A) => readonly [from: string | number, to: string | number],
): Map<number, Part<A>[]> {
  const leaving = new Map<number, Map<string | number, Part<A>>>()
  const add = (group: number, from: string | number, part: Part<A>) => {
    if (group < 0) return
    const parts = leaving.get(group) ?? new Map<string | number, Part<A>>()
    leaving.set(group, parts)
    if (parts.has(from)) throw new Error('An outline touches itself.')
    parts.set(from, part)
  }
  for (const arc of arcs) {
    const left = groupOf(arc.left)
    const right = groupOf(arc.right)
    if (left === right) continue
    const [from, to] = ends(arc)
    add(left, from, { arc, forward: true })
    add(right, to, { arc, forward: false })
  }
  const found = new Map<number, Part<A>[]>()
  for (const [group, parts] of leaving) {
    const [start] = parts.keys()
    const ring: Part<A>[] = []
    let at = start!
    do {
      const part = parts.get(at)!
      ring.push(part)
      const [from, to] = ends(part.arc)
      at = part.forward ? to : from
    } while (at !== start)
    if (ring.length !== parts.size) throw new Error('A region has a hole or lies in pieces.')
    found.set(group, ring)
  }
  return found
}
