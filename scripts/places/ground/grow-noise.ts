// Smooth random fields over a plane, the same on every machine: for terrain and for lines that do not run dead straight.
import type { Random } from '../place.ts'

/** A value from 0 to 1 for every point; changes over about one unit. */
export type Noise = (x: number, y: number) => number

export function noiseOf(random: Random): Noise {
  const seed = random.whole(0, 0x3fffffff)
  const at = (i: number, j: number): number => {
    let hash = Math.imul(i, 0x27d4eb2d) ^ Math.imul(j, 0x165667b1) ^ seed
    hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
  }
  return (x, y) => {
    const i = Math.floor(x)
    const j = Math.floor(y)
    const u = ease(x - i)
    const v = ease(y - j)
    const low = at(i, j) * (1 - u) + at(i + 1, j) * u
    const high = at(i, j + 1) * (1 - u) + at(i + 1, j + 1) * u
    return low * (1 - v) + high * v
  }
}

const ease = (t: number) => t * t * (3 - 2 * t)

/** Several octaves, each half as strong and half as wide. */
export function octaves(noise: Noise, count: number): Noise {
  return (x, y) => {
    let sum = 0
    let total = 0
    let strength = 1
    for (let octave = 0; octave < count; octave++) {
      const zoom = 2 ** octave
      sum += strength * noise(x * zoom + octave * 17.3, y * zoom - octave * 9.1)
      total += strength
      strength /= 2
    }
    return sum / total
  }
}
