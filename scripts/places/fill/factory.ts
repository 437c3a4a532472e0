// Factory premises and yards: halls in rows behind an office at the street, workshops on small ground, depots.
import type { Bands } from './bands.ts'
import { bandsFromStreet, driveIn, hallRows, raise, raiseSomewhere, roomFor } from './room.ts'
import type { Stand } from './stand.ts'

export function fillFactory(stand: Stand): void {
  const { ground, random, block } = stand
  stand.cover('industrial')
  const bands = bandsFromStreet(stand)
  const built = random.whole(1994, 2018)
  const small = ground.area < 2600
  if (small) {
    const most = 1 + Math.floor(ground.area / 600)
    hallRows(
      stand,
      bands,
      { from: bands.low[1], depths: [14, 12, 9], lengths: [13, 26], gap: 4, between: 8, margin: 1.5, most },
      () => ({ kind: 'industrial', storeys: random.whole(1, 2), built }),
    )
    return
  }
  const gate = driveIn(stand, bands, 0.72, 3.5, 64)
  const from = frontOffices(stand, bands, gate?.x ?? null, built)
  if (ground.area > 7000 && random.next() < 0.35) dormitory(stand, bands, built)
  const large = ground.area > 14_000
  const deep = large ? 24 + random.next() * 18 : 17 + random.next() * 8
  const most = Math.max(
    1,
    Math.min(large ? 8 : 6, Math.round((ground.area * (0.35 + block.density * 0.3)) / (deep * 48))),
  )
  const high = random.next() < 0.25 ? random.whole(2, 4) : 1
  hallRows(
    stand,
    bands,
    {
      from,
      depths: [deep, deep * 0.75, 14, 9],
      lengths: large ? [38, 88] : [20, 58],
      gap: 8,
      between: 12,
      margin: 2.5,
      most,
    },
    number => ({
      kind: high === 1 && random.next() < 0.25 ? 'warehouse' : 'industrial',
      storeys: high,
      built: built + random.whole(0, 3),
      name: `${number}号厂房`,
    }),
  )
  if (stand.buildings.every(({ kind }) => kind === 'gatehouse' || kind === 'office')) {
    const wish = { width: 14, depth: 8, margin: 0.5, gap: 2, side: 'north' as const }
    raiseSomewhere(stand, bands, wish, { kind: 'industrial', storeys: 1, built })
  }
}

/** An office and a gatehouse at the street; the y where halls may begin. */
function frontOffices(stand: Stand, bands: Bands, drive: number | null, built: number): number {
  const { random, ground } = stand
  const depth = random.pick([10, 12, 13])
  const width = Math.min(18 + random.next() * 18, Math.sqrt(ground.area) * 0.35)
  const wish = { width, depth, margin: 4, gap: 3, side: 'south' as const }
  const at = roomFor(bands, { ...wish, share: random.pick([0.15, 0.85]) })
  if (!at) return bands.low[1]
  const storeys = random.whole(3, 5)
  raise(stand, bands.axes, at, width, depth, { kind: 'office', storeys, built, name: '办公楼' })
  if (drive !== null)
    for (const x of [drive - 9, drive + 5])
      if (raise(stand, bands.axes, [x, at[1] - 2.5], 4, 4.5, { kind: 'gatehouse', storeys: 1, built })) break
  return at[1] + depth + 10
}

/** Where workers live, at the back: rooms along a corridor. */
function dormitory(stand: Stand, bands: Bands, built: number): void {
  const storeys = stand.random.whole(4, 6)
  const looks = { kind: 'dormitory', storeys, built, name: '员工宿舍', homesPerFloor: 10 }
  for (const width of [42, 30]) {
    const wish = {
      width,
      depth: 13,
      margin: 3,
      gap: 8,
      side: 'north' as const,
      share: stand.random.pick([0, 1]),
    }
    if (raiseSomewhere(stand, bands, wish, looks)) return
  }
}

export function fillYard(stand: Stand): void {
  const { random, ground, block } = stand
  stand.cover('industrial')
  const bands = bandsFromStreet(stand)
  const built = random.whole(1990, 2015)
  driveIn(stand, bands, 0.5, 3.5)
  const office = { width: 16, depth: 9, margin: 2, gap: 3, side: 'south' as const, share: 0.1 }
  if (ground.area > 900)
    raiseSomewhere(stand, bands, office, {
      kind: 'office',
      storeys: 2,
      built,
      ...(block.name ? { name: block.name } : {}),
    })
  for (const [width, depth] of [
    [46, 18],
    [30, 14],
    [18, 10],
    [10, 7],
  ] as const)
    if (width * depth < ground.area * 0.35) {
      const hall = { width, depth, margin: 2, gap: 5, side: 'north' as const }
      if (raiseSomewhere(stand, bands, hall, { kind: 'garages', storeys: 1, built })) break
    }
}
