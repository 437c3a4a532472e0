// Schools, hospitals, offices, markets: a few large buildings with their grounds.
import { Bands } from './bands.ts'
import { frontsOf } from './fronts.ts'
import type { Outline } from './plane.ts'
import { bandsFromStreet, driveIn, hallRows, lawn, openLawns, raiseSomewhere, roomFor } from './room.ts'
import { ovalOutline } from './shapes.ts'
import type { Stand } from './stand.ts'

/** Length and width with all lanes, and the ground that a school needs to have it. */
const TRACKS = [
  [176, 93, 34_000],
  [132, 68, 20_000],
  [94, 46, 9_000],
] as const

export function fillSchool(stand: Stand): void {
  const { ground, random } = stand
  stand.cover('education')
  const turned = Math.max(-0.44, Math.min(0.44, ground.direction))
  const bands = new Bands(ground, ground.axes(turned))
  const built = random.whole(1988, 2019)
  track(stand, turned)
  driveIn(stand, bands, 0.35, 2.5)
  if (ground.area > 9000)
    raiseSomewhere(
      stand,
      bands,
      { width: 40, depth: 24, margin: 5, gap: 8, side: 'north', share: random.pick([0, 1]) },
      { kind: 'sports_hall', storeys: 2, built, name: '体育馆' },
    )
  const most = Math.max(1, Math.min(6, Math.round(ground.area / 4200)))
  const names = ['教学楼', '综合楼', '实验楼', '第二教学楼', '图书馆', '行政楼']
  const count = hallRows(
    stand,
    bands,
    {
      from: bands.low[1],
      depths: [10, 9],
      lengths: ground.area > 6000 ? [34, 62] : [16, 42],
      gap: 9,
      between: 24,
      margin: 5,
      most,
    },
    number => ({ kind: 'school', storeys: random.whole(3, 5), built, name: names[number - 1]! }),
  )
  if (count === 0)
    raiseSomewhere(
      stand,
      bands,
      { width: 12, depth: 8, margin: 1, gap: 2, side: 'north' },
      { kind: 'school', storeys: 2, built, name: '教学楼' },
    )
  for (let i = 0; i < 3; i++) {
    const at = roomFor(bands, { width: 30, depth: 17, margin: 4, gap: 4, side: 'south', share: 0 })
    if (!at) break
    const court = bands.axes.rectangle(at[0], at[1], 30, 17)
    if (!stand.green('sport', court)) break
    ground.take(court, 2)
  }
}

/** A running track where there is room for one: north–south where possible. */
function track(stand: Stand, turned: number): void {
  const { ground, random } = stand
  for (const [length, width, needed] of TRACKS) {
    if (ground.area < needed) continue
    for (const angle of [turned + Math.PI / 2, turned]) {
      const bands = new Bands(ground, ground.axes(angle))
      const side = random.pick(['south', 'north'] as const)
      const at = roomFor(bands, { width: length, depth: width, margin: 3, gap: 2, side })
      if (!at) continue
      const oval = ovalOutline(bands.axes, at[0], at[1], length, width)
      if (!stand.green('sport', oval)) continue
      ground.take(oval, 6)
      return
    }
  }
}

export function fillHospital(stand: Stand): void {
  const { ground, random } = stand
  stand.cover('health')
  const bands = bandsFromStreet(stand)
  const built = random.whole(1992, 2020)
  const kind = 'hospital'
  if (ground.area > 3500) driveIn(stand, bands, 0.3, 3)
  const outpatient = [
    [56, 30],
    [40, 22],
    [28, 14],
    [16, 10],
    [10, 7],
  ] as const
  for (const [width, depth] of outpatient)
    if (width * depth < ground.area * 0.32) {
      const wish = {
        width,
        depth,
        margin: ground.area > 3500 ? 12 : 2,
        gap: 5,
        side: 'south' as const,
        share: 0.7,
      }
      if (raiseSomewhere(stand, bands, wish, { kind, storeys: width > 30 ? 5 : 3, built, name: '门诊楼' }))
        break
    }
  if (ground.area > 5000) {
    const most = Math.min(4, Math.floor(ground.area / 5000))
    hallRows(
      stand,
      bands,
      { from: bands.low[1], depths: [19, 16], lengths: [38, 66], gap: 12, between: 26, margin: 6, most },
      number => ({
        kind,
        storeys: ground.area > 12_000 ? random.whole(9, 16) : random.whole(5, 8),
        built,
        name: number === 1 ? '住院楼' : `${number}号楼`,
      }),
    )
  }
  if (stand.buildings.length === 0) {
    const wish = { width: 11, depth: 7, margin: 0.5, gap: 1, side: 'south' as const }
    raiseSomewhere(stand, bands, wish, { kind, storeys: 2, built, name: '门诊楼' })
  }
  openLawns(stand, bands, 5)
}

const AUTHORITY = /政府|委员会|服务中心|派出所|村委|居委|法庭|管理所|站$/

export function fillOffice(stand: Stand): void {
  const { ground, random, block } = stand
  stand.cover('commercial')
  const bands = bandsFromStreet(stand)
  const built = random.whole(1994, 2021)
  const kind = AUTHORITY.test(block.name ?? '') ? 'public' : 'office'
  const high = 3 + Math.round(block.density * block.density * 22 + random.next() * 2)
  if (ground.area > 3000) driveIn(stand, bands, 0.25, 2.5)
  const roomy = ground.area > 4000
  const most = Math.max(1, Math.min(3, Math.floor(ground.area / 3500)))
  const count = hallRows(
    stand,
    bands,
    {
      from: bands.low[1],
      depths: high > 12 ? [28, 22, 14] : [16, 13, 9],
      lengths: roomy ? [30, 58] : [12, 34],
      gap: 12,
      between: 18,
      margin: roomy ? 14 : 3,
      most,
    },
    number => ({ kind, storeys: high, built, name: most === 1 ? (block.name ?? '办公楼') : `${number}号楼` }),
  )
  if (count === 0)
    raiseSomewhere(
      stand,
      bands,
      { width: 10, depth: 7, margin: 1, gap: 1, side: 'south' },
      { kind, storeys: 2, built, name: block.name ?? '办公楼' },
    )
  openLawns(stand, bands, 5)
}

export function fillShops(stand: Stand): void {
  const { ground, random, block } = stand
  stand.cover('commercial')
  const bands = bandsFromStreet(stand)
  const built = random.whole(1992, 2020)
  const { area } = ground
  if (area > 9000 && block.density > 0.3) {
    const hotel = { width: 42, depth: 17, margin: 5, gap: 10, side: 'north' as const, share: 0 }
    raiseSomewhere(stand, bands, hotel, { kind: 'hotel', storeys: random.whole(9, 20), built, name: '酒店' })
  }
  const halls = [
    [96, 62, '购物中心'],
    [70, 46, '购物中心'],
    [52, 34, '综合市场'],
    [36, 24, '农贸市场'],
    [24, 14, '超市'],
  ] as const
  for (const [width, depth, name] of halls) {
    if (width * depth > area * 0.48) continue
    const wish = { width, depth, margin: area > 4000 ? 8 : 2, gap: 8, side: 'south' as const, share: 0.8 }
    const kind = name === '超市' ? 'supermarket' : 'retail'
    const storeys = name === '购物中心' ? random.whole(4, 6) : random.whole(1, 3)
    if (raiseSomewhere(stand, bands, wish, { kind, storeys, built, name: block.name ?? name })) break
  }
  hallRows(
    stand,
    bands,
    { from: bands.low[1], depths: [11, 9, 7], lengths: [12, 40], gap: 3, between: 9, margin: 1.5, most: 10 },
    () => ({ kind: 'retail', storeys: random.whole(1, 3), built: built + random.whole(0, 2) }),
  )
}

export function fillSquare(stand: Stand): void {
  const { ground, random } = stand
  stand.cover('commercial')
  const bands = new Bands(ground, ground.axes(ground.direction))
  const kiosks = Math.min(5, Math.floor(ground.area / 900))
  const built = random.whole(2000, 2018)
  for (let i = 0; i < kiosks; i++) {
    const side = i % 2 === 0 ? ('south' as const) : ('north' as const)
    const wish = { width: 4, depth: 3, margin: 1.5, gap: 12, side, share: random.next() }
    raiseSomewhere(stand, bands, wish, { kind: 'kiosk', storeys: 1, built })
  }
  // Trees in beds along the edge, a lawn or two in the middle.
  for (const front of frontsOf(ground, () => true, 14))
    for (let x = 6; x + 10 < front.length; x += 15) bed(stand, front.axes.rectangle(x, front.from + 3, 9, 5))
  for (const [width, depth] of [
    [34, 20],
    [20, 12],
    [10, 6],
  ] as const) {
    const at = ground.heart.room > width * 0.7 && bands.axes.local(ground.heart.at)
    if (!at) continue
    lawn(stand, 'grass', bands.axes.rectangle(at[0] - width / 2, at[1] - depth / 2, width, depth))
    break
  }
}

function bed(stand: Stand, outline: Outline): void {
  if (stand.ground.fits(outline, 1)) stand.green('forest', outline)
}
