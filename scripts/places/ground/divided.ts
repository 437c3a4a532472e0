// Made-up borders inside an outline: faces of wanted sizes with streets or lanes between them, joined where wanted.
import type { Position } from '../../../core/topology/index.ts'
import { frameAt } from '../frame.ts'
import type { Face, Line, Random } from '../place.ts'
import type { Manner } from './bisect.ts'
import { measured } from './face.ts'
import { Network, type Way } from './network.ts'
import { shapeOf } from './outline.ts'
import { type Cutting, halve, type Patch, weigh } from './share.ts'

export interface Divided {
  readonly faces: Face[]
  readonly lines: Line[]
}

/** Cuts an outline into so many faces of equal weight. `names` are the streets', the longest first. */
export function divideInto(
  outline: Face,
  parts: number,
  kind: Pick<Manner, 'axis' | 'straight' | 'density'> & { readonly way: (area: number) => Way },
  names: readonly string[],
  random: Random,
): Divided {
  const origin = outline.ring[0]!
  const left = [...names]
  const network = new Network(frameAt(origin), random.fork('lines'), origin, () => left.shift() ?? null)
  // Roads go on beyond the outline.
  for (const position of outline.ring) network.claim(position)
  const manner: Manner = {
    ...kind,
    keeps: 0,
    blind: null,
    step: 26,
    stretch: 1,
    jog: 150,
    way: area => kind.way(area),
  }
  const cutting: Cutting = { network, random, manner: () => manner }
  const fresh = (face: Face): Patch => ({
    face,
    use: null,
    name: null,
    weight: weigh(face, kind.density),
    sort: 'streets',
  })
  const pool = [fresh(outline)]
  const target = pool[0]!.weight / parts
  while (pool.length < parts) {
    const heaviest = pool.reduce((a, b) => (a.weight >= b.weight ? a : b))
    const wanted = Math.max(2, Math.round(heaviest.weight / target))
    const halves = halve(heaviest, Math.floor(wanted / 2) / wanted, cutting)
    if (!halves) throw new Error('An outline that cannot be divided.')
    pool.splice(pool.indexOf(heaviest), 1, ...halves)
  }
  return { faces: pool.map(({ face }) => face), lines: network.lines }
}

/** One face of two that share a single stretch of border. */
export function fuse(a: Face, b: Face): Face {
  const [[ring]] = shapeOf([a, b]) as [[number[]]]
  const along = new Map<string, Line | null>()
  for (const face of [a, b])
    face.ring.forEach(([x, y], i) => {
      along.set(`${x},${y}`, null)
      const [u, v] = face.ring[(i + 1) % face.ring.length]!
      along.set(`${x},${y},${u},${v}`, face.along[i]!)
    })
  const positions: Position[] = []
  for (let i = 0; i < ring.length; i += 2) positions.push([ring[i]!, ring[i + 1]!])
  return {
    ring: positions,
    along: positions.map(([x, y], i) => {
      const [u, v] = positions[(i + 1) % positions.length]!
      return along.get(`${x},${y},${u},${v}`) ?? null
    }),
  }
}

/** The middle of a face's box. */
export function middleOf(face: Face): Position {
  const { frame, box } = measured(face)
  return frame.position((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
}

/** Western ones first within rows from north to south. */
export function inReadingOrder<T>(list: readonly T[], at: (one: T) => Position): T[] {
  const ys = list.map(one => at(one)[1])
  const top = Math.max(...ys)
  const height = (top - Math.min(...ys)) / Math.sqrt(list.length) || 1
  const row = (one: T) => Math.floor((top - at(one)[1]) / height)
  return [...list].sort((a, b) => row(a) - row(b) || at(a)[0] - at(b)[0])
}
