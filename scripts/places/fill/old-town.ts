// Old town: a closed edge of shop-houses along the streets, courtyards and small houses behind.
import { frontsOf, isRoad } from './fronts.ts'
import { anyHome } from './home.ts'
import { type Lot, lotsAlong, lotsInside } from './rows.ts'
import { plainHouse } from './shapes.ts'
import type { Stand } from './stand.ts'

const CLOSED = { widths: [8, 13], gaps: [1.06, 1.12], setback: 0.6, closed: true } as const

export function fillOldTown(stand: Stand): void {
  const { ground, random, block } = stand
  stand.cover('residential')
  const era = random.whole(1976, 1994)
  const high = block.density > 0.6 ? 4 : 3
  const fronts = frontsOf(ground, isRoad)
  const inside = lotsInside(stand, ground.direction, {
    depths: [8.5],
    widths: [9, 13],
    gaps: [1.2, 2.4],
    setback: 0.8,
    closed: false,
    yard: 3.5,
    rim: 11.5,
    most: 30,
  })
  for (const lot of inside) if (random.next() < 0.9) house(stand, lot, random.whole(1, 2), era, false)
  for (const front of fronts.length > 0 ? fronts : frontsOf(ground, () => true, 18).slice(0, 2)) {
    const depth = random.pick([10, 11, 12])
    for (const lot of lotsAlong(stand, front, { ...CLOSED, depths: [depth, 9, 7.5] }))
      house(
        stand,
        lot,
        random.weighted([
          [2, 3],
          [3, 4],
          [high, 2],
        ]),
        era,
        true,
      )
  }
  if (stand.buildings.length === 0) anyHome(stand)
}

function house(stand: Stand, lot: Lot, storeys: number, era: number, shop: boolean): void {
  const { axes, x, y, width, depth } = lot
  const { outline, heart, door } = plainHouse(axes, x, y, width, depth)
  stand.build({
    outline,
    heart,
    doors: [door],
    kind: 'house',
    storeys,
    built: era + stand.random.whole(0, 9),
    homesPerFloor: 1,
    ...(shop ? {} : { use: 'houses' as const }),
  })
}
