// A cut keeps area and shared vertices to the lattice step, or is refused.
//
//   3───────────2        left of 4→5
//   4 · · · · · 5  ┐
//   0───────────1  ┘     right of it
import { describe, expect, it } from 'vitest'
import { coverageOf, type Position, type Shape, shapeArea2, validate } from '../../../core/topology/index.ts'
import { frameAt } from '../frame.ts'
import type { Face } from '../place.ts'
import { randomOf } from '../random.ts'
import { carveCorner, carveStrip } from './carve.ts'
import { areaOf, cut, distanceToRing, faceCovers, interiorOf } from './face.ts'
import { shapeOf } from './outline.ts'

const frame = frameAt([1_039_500_000, 308_700_000])

/** A wavy ring around the origin with a vertex about every 30 m. */
function blob(seed: string, radius = 600): Face {
  const random = randomOf(seed)
  const waves = [2, 3, 5].map(k => [k, random.next() * 0.12, random.next() * 7] as const)
  const n = Math.round((2 * Math.PI * radius) / 30)
  const ring = Array.from({ length: n }, (_, i): Position => {
    const angle = (2 * Math.PI * i) / n
    const r = radius * waves.reduce((sum, [k, size, turn]) => sum + size * Math.sin(k * angle + turn), 1)
    return frame.position(r * Math.cos(angle), r * Math.sin(angle))
  })
  return { ring, along: ring.map(() => null) }
}

const faults = (faces: readonly Face[]) =>
  validate(
    coverageOf(
      faces.map((face, i) => ({
        id: String(i),
        level: 1 as const,
        parent: null,
        leaf: true,
        code: String(i),
        name: '',
        kind: 'basic' as const,
        locked: false,
        shape: shapeOf([face]),
      })),
    ),
    { complete: true },
  )

const doubled = (faces: readonly Face[]): bigint =>
  faces.reduce((sum, face) => sum + shapeArea2(shapeOf([face])), 0n)

describe('cut', () => {
  it('divides a face into two that tile it exactly, whatever the course', () => {
    const random = randomOf('cuts')
    let done = 0
    for (let round = 0; round < 300; round++) {
      const face = blob(String(round))
      const n = face.ring.length
      const inner = Array.from({ length: random.whole(0, 6) }, () =>
        frame.position((random.next() - 0.5) * 1200, (random.next() - 0.5) * 1200),
      )
      const halves = cut(face, random.whole(0, n - 1), random.whole(0, n - 1), inner, null)
      if (!halves) continue
      done++
      expect(doubled(halves)).toBe(doubled([face]))
      expect(faults(halves)).toEqual([])
      for (const half of halves) expect(half.along).toHaveLength(half.ring.length)
    }
    expect(done).toBeGreaterThan(60)
  })

  it('refuses what leaves the face, touches it, crosses itself, or joins a vertex to itself', () => {
    const face = blob('refuse')
    const half = Math.floor(face.ring.length / 2)
    const at = (x: number, y: number) => frame.position(x, y)
    expect(cut(face, 0, 0, [at(0, 0)], null)).toBeNull()
    expect(cut(face, 0, 1, [], null)).toBeNull()
    expect(cut(face, 0, half, [at(0, 3000)], null)).toBeNull()
    expect(cut(face, 0, half, [face.ring[20]!], null)).toBeNull()
    expect(cut(face, 0, half, [at(100, 50), at(-100, 50), at(0, 150), at(0, -150)], null)).toBeNull()
  })
})

describe('carving', () => {
  it('takes strips and corners off the border and leaves the rest', () => {
    let done = 0
    for (let round = 0; round < 60; round++) {
      const face = blob(`carve ${round}`)
      for (const carved of [carveStrip(face, 5, 25, 60, null), carveCorner(face, 10, 80, null)]) {
        if (!carved) continue
        done++
        const both = [carved.piece, carved.rest]
        expect(doubled(both)).toBe(doubled([face]))
        expect(faults(both)).toEqual([])
        expect(areaOf(carved.piece)).toBeLessThan(areaOf(carved.rest))
      }
    }
    expect(done).toBeGreaterThan(80)
  })
})

it('finds a position inside every face', () => {
  for (let round = 0; round < 40; round++) {
    const face = blob(`inside ${round}`, 200)
    const position = interiorOf(face)
    expect(faceCovers(face, position)).toBe(true)
    expect(distanceToRing(face, position)).toBeGreaterThan(3)
  }
})

it('joins the halves of a cut to the very ring that was cut', () => {
  const face = blob('join')
  const halves = cut(face, 0, 60, [], null)!
  const joined: Shape = shapeOf(halves)
  expect(joined).toEqual(shapeOf([face]))
})
