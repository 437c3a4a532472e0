// Random numbers that are the same on every machine: a 32-bit generator (sfc32, Chris Doty-Humphrey) seeded by a text.
import type { Random } from './place.ts'

/** FNV-1a over the text, stirred: equal texts give equal streams, others differ in every bit. */
function seedsOf(text: string): [number, number, number, number] {
  let hash = 0x811c9dc5
  const next = () => {
    hash ^= hash >>> 16
    hash = Math.imul(hash, 0x85ebca6b)
    hash ^= hash >>> 13
    hash = Math.imul(hash, 0xc2b2ae35)
    hash ^= hash >>> 16
    return hash >>> 0
  }
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i)
    hash = Math.imul(hash, 0x01000193)
  }
  return [next(), next(), next(), next()]
}

export function randomOf(seed: string): Random {
  let [a, b, c, d] = seedsOf(seed)
  const bits = (): number => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return t >>> 0
  }
  for (let i = 0; i < 12; i++) bits()
  const next = () => bits() / 2 ** 32
  const hex = (digits: number) => (bits() >>> (32 - digits * 4)).toString(16).padStart(digits, '0')
  return {
    next,
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    pick: from => from[Math.floor(next() * from.length)]!,
    weighted(from) {
      let left = next() * from.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [value, weight] of from) {
        left -= weight
        if (left < 0) return value
      }
      return from.findLast(([, weight]) => weight > 0)![0]
    },
    fork: name => randomOf(`${seed}/${name}`),
    // A fixed time stamp: ids of one place sort together and are the same every time.
    id: () => `01900000-${hex(4)}-7${hex(3)}-${'89ab'[bits() >>> 30]}${hex(3)}-${hex(8)}${hex(4)}`,
  }
}
