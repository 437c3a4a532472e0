// Street corridors: strips on both sides of a street between two communities, each carved from one of them.
import type { Face, Frame, Gate, Random, SpecialSite } from '../place.ts'
import { carveStrip } from './carve.ts'
import { indexOf } from './face.ts'
import type { Metres } from './grow-raster.ts'
import type { Border } from './huairou-borders.ts'

/** Metres: the least length of a corridor at full size, how far it stays from crossings and gates, how deep it is. */
const SHORTEST = 150
const FROM_CROSSINGS = 45
const FROM_GATES = 35
const DEPTH = [20, 25] as const

interface Stretch {
  readonly border: Border
  /** Vertices of the border's path. */
  readonly from: number
  readonly to: number
  readonly length: number
}

export interface Corridor {
  readonly name: string
  readonly pieces: SpecialSite['pieces']
  /** The site whose town it counts to. */
  readonly site: number
}

/**
 * Carves so many corridors, the longest stretches of the first borders first; `faces` becomes what is left of the sites.
 * `preferred`: borders in order of choice; `finer`: how many times shorter borders are than at full size.
 */
export function carveCorridors(
  preferred: readonly (readonly Border[])[],
  { count, finer }: { count: number; finer: number },
  faces: Face[],
  codes: readonly string[],
  gates: readonly (readonly Gate[])[],
  frame: Frame,
  random: Random,
): Corridor[] {
  const stretches = preferred.flatMap(borders =>
    borders
      .flatMap(border => {
        const near = [border.left, border.right].flatMap(site => gates[site] ?? [])
        return stretchOf(
          border,
          near.map(gate => frame.metres(gate.at)),
          SHORTEST / finer,
        )
      })
      .sort((a, b) => b.length - a.length),
  )
  const corridors: Corridor[] = []
  const used = new Map<string, number>()
  for (const { border, from, to } of stretches) {
    if (corridors.length === count) break
    const street = border.line?.name ?? '街路'
    const depth = DEPTH[0] + (DEPTH[1] - DEPTH[0]) * random.next()
    const start = border.path[from]!
    const end = border.path[to]!
    const [one, other] = [faces[border.left]!, faces[border.right]!]
    const left = carveStrip(one, indexOf(one, start), indexOf(one, end), depth, null)
    const right = carveStrip(other, indexOf(other, end), indexOf(other, start), depth, null)
    if (!left || !right) continue
    faces[border.left] = left.rest
    faces[border.right] = right.rest
    const number = (used.get(street) ?? 0) + 1
    used.set(street, number)
    corridors.push({
      name: number === 1 ? street : `${street}${numeral(number)}段`,
      pieces: [
        { name: `${street}左侧`, site: codes[border.left]!, face: left.piece },
        { name: `${street}右侧`, site: codes[border.right]!, face: right.piece },
      ],
      site: border.left,
    })
  }
  return corridors
}

const numeral = (number: number) => '零一二三四五六七八九十'[number] ?? String(number)

/** The longest stretch of a border without a gate, or nothing when it is too short. */
function stretchOf(border: Border, gates: readonly Metres[], shortest: number): Stretch[] {
  const { course } = border
  const free = course.map((here, i) => {
    if (i === 0 || i === course.length - 1) return false
    const fromEnds = Math.min(distance(here, course[0]!), distance(here, course.at(-1)!))
    return fromEnds >= FROM_CROSSINGS && gates.every(gate => distance(here, gate) >= FROM_GATES)
  })
  let best: Stretch | undefined
  for (let from = 0; from < course.length; from++) {
    if (!free[from]) continue
    let to = from
    let length = 0
    while (free[to + 1]) {
      length += distance(course[to]!, course[to + 1]!)
      to++
    }
    if (length > (best?.length ?? shortest)) best = { border, from, to, length }
    from = to
  }
  return best ? [best] : []
}

const distance = ([ax, ay]: Metres, [bx, by]: Metres) => Math.hypot(ax - bx, ay - by)
