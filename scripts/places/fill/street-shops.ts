// Rows of one- and two-storey shops along the main street of an estate.
import { Bands } from './bands.ts'
import type { Gate } from './estate-gate.ts'
import { frontsOf, isRoad } from './fronts.ts'
import { raise } from './room.ts'
import type { Stand } from './stand.ts'

const MAIN = new Set<string>(['primary', 'secondary', 'tertiary'])
const BAY = 4.2
const SHORTEST = 16
const BESIDE_GATE = 11

/** Where the block is large enough to spare the ground; never in front of the gate. */
export function streetShops(stand: Stand, gate: Gate | null): void {
  const { ground, random, block } = stand
  if (ground.area < 12_000 || block.density > 0.9 || random.next() < 0.45) return
  const front = frontsOf(ground, edge => isRoad(edge) && MAIN.has(edge.line!.class), 60)[0]
  if (!front) return
  const depth = random.pick([8, 9, 10])
  const built = random.whole(1996, 2016)
  const gateAt = gate && front.axes.local(gate.at)[0]
  const y = front.from + 1.5
  for (const [from, to] of new Bands(ground, front.axes).spans(y, y + depth, { shortest: SHORTEST })) {
    const [start, end] = [Math.max(from, 0), Math.min(to, front.length)]
    const stretches =
      gateAt === null
        ? [[start, end] as const]
        : [
            [start, Math.min(end, gateAt - BESIDE_GATE)] as const,
            [Math.max(start, gateAt + BESIDE_GATE), end] as const,
          ]
    for (const [low, high] of stretches)
      for (let x = low; x + SHORTEST < high; ) {
        const width = Math.min(random.whole(5, 10), Math.floor((high - x) / BAY)) * BAY
        const looks = { kind: 'retail', use: 'shops', storeys: random.whole(1, 2), built } as const
        raise(stand, front.axes, [x, y], width, depth, looks)
        x += width + 5
      }
  }
}
