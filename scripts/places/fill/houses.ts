// Rows of farmhouses along the lanes, sheds and kitchen gardens behind.
import { type Front, frontsOf, isRoad } from './fronts.ts'
import { anyHome } from './home.ts'
import { type Lot, lotsAlong, lotsInside } from './rows.ts'
import { plainHouse, THRESHOLD } from './shapes.ts'
import type { Stand } from './stand.ts'

export function fillHouses(stand: Stand): void {
  const { ground, random, block } = stand
  stand.cover('residential')
  const era = random.whole(1986, 2008)
  const taken = 0.82 + block.density * 0.18
  const style = { widths: [9, 13.5], gaps: [2, 5 - 2.5 * block.density], closed: false } as const
  const most = 1 + Math.floor(block.density * 10)
  const inside = { ...style, depths: [9], setback: 2.5, yard: 6, rim: 14, most }
  const settle = (free: Lot[]): Lot[] => free.filter(lot => random.next() < taken && house(stand, lot, era))
  const lots = settle(lotsInside(stand, ground.direction, inside))
  for (const front of streets(stand)) {
    const depth = 8.5 + random.next() * 2
    const setback = 2 + random.next() * 1.6
    lots.push(...settle(lotsAlong(stand, front, { ...style, depths: [depth, 8, 6.5], setback })))
  }
  for (const lot of lots) if (random.next() < 0.55) shed(stand, lot, era)
  for (const lot of lots) if (random.next() < 0.5) garden(stand, lot)
  if (stand.buildings.length === 0) anyHome(stand)
}

/** Roads; a block that no road touches is built along its longest walls. */
function streets(stand: Stand): Front[] {
  const roads = frontsOf(stand.ground, isRoad, 12)
  return roads.length > 0 ? roads : frontsOf(stand.ground, ({ line }) => line === null, 16).slice(0, 2)
}

function house(stand: Stand, { axes, x, y, width, depth }: Lot, era: number): boolean {
  const { random } = stand
  const shallower = Math.max(6, depth - random.next() * 1.5)
  const { outline, heart, door } = plainHouse(
    axes,
    x,
    y + random.next() * 0.5 * (depth - shallower),
    width,
    shallower,
  )
  return stand.build({
    outline,
    heart,
    doors: [door],
    kind: 'house',
    storeys: random.weighted([
      [1, 2],
      [2, 6],
      [3, 2],
    ]),
    built: Math.min(2021, era + random.whole(0, 14)),
    homesPerFloor: 1,
  })
}

function shed(stand: Stand, { axes, x, y, width, depth }: Lot, era: number): void {
  const { random } = stand
  const wide = 3 + random.next() * 2.5
  const deep = 3 + random.next() * 2.5
  const at = x + (random.next() < 0.5 ? 0 : width - wide)
  const behind = y + depth + 1.4 + random.next() * 2.5
  stand.build({
    outline: axes.rectangle(at, behind, wide, deep),
    heart: axes.world(at + wide / 2, behind + deep / 2),
    doors: [axes.world(at + wide / 2, behind + THRESHOLD)],
    kind: 'shed',
    storeys: 1,
    built: Math.min(2021, era + random.whole(0, 20)),
  })
}

function garden(stand: Stand, { axes, x, y, width, depth }: Lot): void {
  const deep = 6 + stand.random.next() * 6
  const outline = axes.rectangle(x + 0.4, y + depth + 1.2, width - 0.8, deep)
  if (stand.ground.within(outline, 1.5) && stand.ground.free(outline, 0.3)) stand.green('allotments', outline)
}
