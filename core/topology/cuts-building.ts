// Which buildings a new border would run through.

import type { Position, Shape } from './model.ts'
import type { Box, Warning } from './plans.ts'
import { bounds, boxesMeet } from './shape.ts'

/** Walls may lie on a border, rounded as it is. */
const HALF_STEP = 0.5

export interface Footprint {
  readonly id: string
  readonly shape: Shape
}

/** The warning for lines that run through the inside of footprints, or null; walls may lie on a border. */
export const cutsBuilding = (
  lines: readonly (readonly Position[])[],
  footprints: readonly Footprint[],
): Warning | null => {
  const buildings: string[] = []
  let place: Position | null = null
  for (const { id, shape } of footprints) {
    const inside = placeInside(lines, shape, HALF_STEP)
    if (!inside) continue
    buildings.push(id)
    place ??= inside
  }
  return buildings.length === 0 ? null : { warning: 'cuts-building', place, buildings }
}

/** A place where a line runs through a shape, further than a margin (steps) from its border, or null. */
export const placeInside = (
  lines: readonly (readonly Position[])[],
  shape: Shape,
  margin: number,
): Position | null => {
  const box = bounds(shape)
  for (const line of lines)
    for (let i = 1; i < line.length; i++) {
      const [p, q] = [line[i - 1]!, line[i]!]
      const own: Box = [
        Math.min(p[0], q[0]),
        Math.min(p[1], q[1]),
        Math.max(p[0], q[0]),
        Math.max(p[1], q[1]),
      ]
      if (!boxesMeet(own, box)) continue
      const place = passesInside(p, q, shape, margin)
      if (place) return place
    }
  return null
}

/** A place of the segment p-q well inside a shape: the middle of a stretch between two meetings with its walls. */
const passesInside = (p: Position, q: Position, shape: Shape, margin: number): Position | null => {
  const [dx, dy] = [q[0] - p[0], q[1] - p[1]]
  const stops = [0, 1]
  for (const face of shape)
    for (const ring of face)
      for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
        const [ax, ay] = [ring[j]!, ring[j + 1]!]
        const [ex, ey] = [ring[i]! - ax, ring[i + 1]! - ay]
        const across = dx * ey - dy * ex
        if (across === 0) continue
        const t = ((ax - p[0]) * ey - (ay - p[1]) * ex) / across
        const u = ((ax - p[0]) * dy - (ay - p[1]) * dx) / across
        if (t > 0 && t < 1 && u >= 0 && u <= 1) stops.push(t)
      }
  stops.sort((a, b) => a - b)
  for (let i = 1; i < stops.length; i++) {
    const t = (stops[i - 1]! + stops[i]!) / 2
    if ((stops[i]! - stops[i - 1]!) * Math.hypot(dx, dy) < 1) continue
    const [x, y] = [p[0] + dx * t, p[1] + dy * t]
    if (isInside(shape, x, y, margin)) return [Math.round(x), Math.round(y)]
  }
  return null
}

/** Inside, and further than the margin from every wall. */
const isInside = (shape: Shape, x: number, y: number, margin: number): boolean => {
  let inside = false
  for (const face of shape)
    for (const ring of face)
      for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
        const [ax, ay, bx, by] = [ring[j]!, ring[j + 1]!, ring[i]!, ring[i + 1]!]
        const along = Math.hypot(bx - ax, by - ay)
        const t = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / along ** 2
        const side = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
        if (t >= 0 && t <= 1 && Math.abs(side) <= along * margin) return false
        if (ay > y !== by > y && x < ax + ((bx - ax) * (y - ay)) / (by - ay)) inside = !inside
      }
  return inside
}
