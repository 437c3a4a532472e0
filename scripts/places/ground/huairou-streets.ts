// Streets and field roads along borders: chains of borders that go on straight, each chain one line.
import type { Position } from '../../../core/topology/index.ts'
import type { Gate, Line, Random, RoadClass } from '../place.ts'
import { extend } from './face.ts'
import type { Metres } from './grow-raster.ts'
import { type Border, byNode } from './huairou-borders.ts'
import { STREET_NAMES } from './huairou-courses.ts'
import { ROADS } from './network.ts'

/** What may run along a border. */
export type Bed = 'street' | 'field road' | 'zone road' | null

const LUCKY = [...'安康福兴华和瑞祥锦荣宁泰嘉景惠春光新明']
/** Share of the field roads that are built. */
const BUILT = 0.7
const STRAIGHT = 0.8
const LONG = 1300
const MIDDLING = 650

/**
 * Puts a line on borders and gives back the lines. A chain is built only when a gate lies on it, so that every road hangs
 * together with the others; `gateNear` opens one where there is none.
 */
export function layStreets(
  borders: readonly Border[],
  bedOf: (border: Border) => Bed,
  gates: readonly (readonly Gate[])[],
  gateNear: (border: Border) => boolean,
  random: Random,
): Line[] {
  const beds = new Map<Border, Exclude<Bed, null>>()
  for (const border of borders) {
    const bed = border.line ? null : bedOf(border)
    if (bed) beds.set(border, bed)
  }
  const key = ([x, y]: Position) => `${x},${y}`
  const open = new Set(gates.flat().map(gate => key(gate.at)))
  const hasGate = (border: Border) => border.path.some(position => open.has(key(position)))
  const lines: Line[] = []
  const nextName = streetNames(random.fork('names'))
  const chains = chainsOf([...beds.keys()], border => beds.get(border)!)
  chains.sort((a, b) => lengthOf(b) - lengthOf(a))
  for (const chain of chains) {
    const bed = beds.get(chain[0]!.border)!
    if (bed === 'field road' && random.next() > BUILT) continue
    if (!chain.some(({ border }) => hasGate(border)) && !chain.some(({ border }) => gateNear(border)))
      continue
    const roadClass = classOf(bed, lengthOf(chain))
    const line: Line = {
      id: random.id(),
      kind: 'road',
      class: roadClass,
      name: bed === 'street' ? nextName() : null,
      path: [],
      halfWidth: ROADS[roadClass],
    }
    for (const { border, forward } of chain) {
      border.line = line
      extend(line, forward ? border.path : border.path.toReversed())
    }
    lines.push(line)
  }
  return lines
}

/** The real names first, then invented ones, each once. */
function streetNames(random: Random): () => string {
  const real = STREET_NAMES.slice()
  const used = new Set(real)
  return () => {
    const first = real.shift()
    if (first) return first
    for (let parts = 2; ; parts++)
      for (let trial = 0; trial < 20; trial++) {
        const stem = Array.from({ length: parts }, () => random.pick(LUCKY)).join('')
        const name = `${stem}${random.pick(['路', '街', '巷'])}`
        if (used.has(name)) continue
        used.add(name)
        return name
      }
  }
}

function classOf(bed: Exclude<Bed, null>, length: number): RoadClass {
  if (bed === 'zone road') return 'tertiary'
  if (bed === 'street') return length > LONG ? 'secondary' : length > MIDDLING ? 'tertiary' : 'residential'
  return length > MIDDLING ? 'tertiary' : 'residential'
}

interface Link {
  readonly border: Border
  readonly forward: boolean
}

const lengthOf = (chain: readonly Link[]) => chain.reduce((sum, { border }) => sum + border.length, 0)

/** Borders of one sort joined end to end wherever two go on straight. */
function chainsOf(borders: readonly Border[], sortOf: (border: Border) => string): Link[][] {
  const mates = new Map<string, string>()
  const end = (border: Border, node: number) => `${index.get(border)} ${node}`
  const index = new Map(borders.map((border, i) => [border, i]))
  for (const [node, meeting] of byNode(borders)) {
    const turns: { a: Border; b: Border; straight: number }[] = []
    meeting.forEach((a, i) => {
      for (const b of meeting.slice(i + 1)) {
        if (sortOf(a) !== sortOf(b)) continue
        const [ax, ay] = leaving(a, node)
        const [bx, by] = leaving(b, node)
        const straight = -(ax * bx + ay * by)
        if (straight > STRAIGHT) turns.push({ a, b, straight })
      }
    })
    turns.sort((p, q) => q.straight - p.straight)
    for (const { a, b } of turns)
      if (!mates.has(end(a, node)) && !mates.has(end(b, node))) {
        mates.set(end(a, node), end(b, node))
        mates.set(end(b, node), end(a, node))
      }
  }
  const used = new Set<Border>()
  const follow = (border: Border, node: number): Link[] => {
    const links: Link[] = []
    let at = node
    for (let next = mates.get(end(border, at)); next; next = mates.get(next)) {
      const following = borders[Number(next.split(' ')[0])]!
      if (used.has(following)) break
      used.add(following)
      const forward = following.from === at
      links.push({ border: following, forward })
      at = forward ? following.to : following.from
      next = end(following, at)
    }
    return links
  }
  return borders.flatMap(border => {
    if (used.has(border) || border.from === border.to) return []
    used.add(border)
    const on = follow(border, border.to)
    const before = follow(border, border.from)
    return [
      [
        ...before.reverse().map(({ border, forward }) => ({ border, forward: !forward })),
        { border, forward: true },
        ...on,
      ],
    ]
  })
}

/** The unit vector in which a border leaves a node, over its first hundred metres or so. */
function leaving({ from, course }: Border, node: number): Metres {
  const away = from === node ? course : course.toReversed()
  const [ax, ay] = away[0]!
  const [bx, by] = away[Math.min(3, away.length - 1)]!
  const length = Math.hypot(bx - ax, by - ay)
  return [(bx - ax) / length, (by - ay) / length]
}
