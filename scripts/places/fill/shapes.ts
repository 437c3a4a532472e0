// Footprints: plain, L- and U-shaped houses, towers, ovals and irregular outlines.
import type { Random } from '../place.ts'
import type { Axes, Outline, Point } from './plane.ts'

/** A house whose front wall lies on y, facing lower y. */
export interface House {
  readonly outline: Outline
  readonly heart: Point
  readonly door: Point
}

/** Inside the wall, so that a door is within its building whatever the rounding. */
export const THRESHOLD = 0.25

export function plainHouse(axes: Axes, x: number, y: number, width: number, depth: number): House {
  return {
    outline: axes.rectangle(x, y, width, depth),
    heart: axes.world(x + width / 2, y + depth / 2),
    door: axes.world(x + width / 2, y + THRESHOLD),
  }
}

/** Main building behind, one wing to the front, a yard beside it. */
export function wingedHouse(
  axes: Axes,
  x: number,
  y: number,
  width: number,
  depth: number,
  wing: { readonly width: number; readonly length: number; readonly side: 'west' | 'east' | 'both' },
): House {
  const back = y + wing.length
  const top: Point[] = [
    [x + width, back + depth],
    [x, back + depth],
  ]
  const west: Point[] = [
    [x, y],
    [x + wing.width, y],
    [x + wing.width, back],
  ]
  const east: Point[] = [
    [x + width - wing.width, back],
    [x + width - wing.width, y],
    [x + width, y],
  ]
  const corners =
    wing.side === 'both'
      ? [...west, ...east, ...top]
      : wing.side === 'west'
        ? [...west, [x + width, back] as Point, ...top]
        : [[x, back] as Point, ...east, ...top]
  const doorX =
    wing.side === 'west'
      ? x + width - (width - wing.width) / 2
      : wing.side === 'east'
        ? x + (width - wing.width) / 2
        : x + width / 2
  return {
    outline: axes.outline(corners),
    heart: axes.world(x + width / 2, back + depth / 2),
    door: axes.world(doorX, back + THRESHOLD),
  }
}

/** A tower of four wings round a core, as wide as deep would allow. */
export function towerOutline(axes: Axes, x: number, y: number, width: number, depth: number): Outline {
  const bay = width * 0.3
  const notch = depth * 0.18
  return axes.outline([
    [x, y + notch],
    [x + width * 0.1, y + notch],
    [x + width * 0.1, y],
    [x + bay + width * 0.08, y],
    [x + bay + width * 0.08, y + notch],
    [x + width - bay - width * 0.08, y + notch],
    [x + width - bay - width * 0.08, y],
    [x + width * 0.9, y],
    [x + width * 0.9, y + notch],
    [x + width, y + notch],
    [x + width, y + depth - notch],
    [x + width - bay, y + depth - notch],
    [x + width - bay, y + depth],
    [x + bay, y + depth],
    [x + bay, y + depth - notch],
    [x, y + depth - notch],
  ])
}

/** A running track: two straights and two half circles, along x. */
export function ovalOutline(axes: Axes, x: number, y: number, length: number, width: number): Outline {
  const radius = width / 2
  const half: Point[] = []
  for (let i = 0; i <= 10; i++) {
    const angle = -Math.PI / 2 + (i / 10) * Math.PI
    half.push([Math.cos(angle) * radius, Math.sin(angle) * radius])
  }
  return axes.outline([
    ...half.map(([cx, cy]): Point => [x + length - radius + cx, y + radius + cy]),
    ...half.map(([cx, cy]): Point => [x + radius - cx, y + radius - cy]),
  ])
}

/** An irregular round outline about a point; `reach` says how far it may go in a direction. */
export function blobOutline(
  at: Point,
  reach: (angle: number) => number,
  random: Random,
  points = 20,
): Outline {
  const phase = random.next() * 7
  const size = 0.06 + random.next() * 0.1
  return Array.from({ length: points }, (_, i): Point => {
    const angle = (2 * Math.PI * i) / points
    const wave = 1 + size * Math.sin(2 * angle + phase) + size * 0.6 * Math.sin(3 * angle + phase * 2)
    const radius = reach(angle) * wave
    return [at[0] + Math.cos(angle) * radius, at[1] + Math.sin(angle) * radius]
  })
}
