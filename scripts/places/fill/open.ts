// Open ground: fields and orchards in plots, greenhouses in rows, woods, water, parks.
import { Bands } from './bands.ts'
import { isRoad } from './fronts.ts'
import { rayLength } from './hamlet.ts'
import { between, distance, type Outline, type Point } from './plane.ts'
import { plotsOf } from './plots.ts'
import { raise, raiseSomewhere } from './room.ts'
import { blobOutline } from './shapes.ts'
import { PATH_METRES, type Stand } from './stand.ts'

export function fillFields(stand: Stand, kind: 'farmland' | 'orchard'): void {
  const { ground, random } = stand
  const usual = random.whole(3500, 9000)
  const size = Math.max(usual, ground.area / 14)
  const plots = plotsOf(ground.ring, ground.direction + (random.next() < 0.5 ? Math.PI / 2 : 0), size, random)
  for (const plot of plots) {
    const other =
      kind === 'orchard'
        ? 'farmland'
        : random.weighted([
            ['orchard', 3],
            ['allotments', 2],
            ['grass', 1],
          ] as const)
    stand.plot(plots.length > 2 && random.next() < 0.14 ? other : kind, plot)
  }
}

export function fillGreenhouses(stand: Stand): void {
  const { ground, random } = stand
  stand.cover('farmland')
  const { low, high } = new Bands(ground, ground.axes(ground.direction))
  const along = high[0] - low[0] > high[1] - low[1] ? Math.PI / 2 : 0
  const bands = new Bands(ground, ground.axes(ground.direction + along))
  const width = random.pick([7, 8, 9])
  const lane = random.pick([1.6, 2, 2.6])
  const longest = random.whole(45, 75)
  const built = random.whole(2004, 2021)
  for (let y = bands.low[1] + 1; y + width < bands.high[1]; ) {
    const spans = bands.spans(y, y + width, { shortest: 14, margin: 1, gap: 1.5 })
    for (const [from, to] of spans) {
      const count = Math.ceil((to - from) / (longest + 4))
      const length = (to - from + 4) / count - 4
      for (let i = 0; i < count; i++)
        raise(stand, bands.axes, [from + i * (length + 4), y], length, width, {
          kind: 'greenhouse',
          storeys: 1,
          built,
        })
    }
    y += spans.length > 0 ? width + lane : 2
  }
}

export function fillLake(stand: Stand): void {
  const { ground } = stand
  stand.cover('grass')
  const shore = shoreOf(stand, ground.heart.at, 3)
  if (shore.length < 3) return
  for (const share of [1, 0.96, 0.9, 0.8, 0.65, 0.5])
    if (stand.pond(shore.map(p => between(ground.heart.at, p, share)))) return
}

/** What can be seen of the block's edge from a point, drawn in by what the edge asks for; empty where little is left. */
function shoreOf({ ground }: Stand, at: Point, margin: number): Outline {
  const shore: Point[] = []
  for (const { a, b, length, clear } of ground.edges) {
    const pieces = Math.max(1, Math.round(length / 14))
    for (let i = 0; i < pieces; i++) {
      const p = between(a, b, (i + 0.5) / pieces)
      const far = distance(p, at)
      const [cos, sin] = [(p[0] - at[0]) / far, (p[1] - at[1]) / far]
      if (rayLength(ground.ring, at, cos, sin) < far - 0.01) continue
      const slant = Math.abs((cos * (b[1] - a[1]) - sin * (b[0] - a[0])) / length)
      const radius = far - (clear + margin) / Math.max(0.35, slant)
      if (radius > 2) shore.push([at[0] + cos * radius, at[1] + sin * radius])
    }
  }
  const turns = shore.map((p, i) => {
    const q = shore[(i + 1) % shore.length]!
    const turn = Math.atan2(q[1] - at[1], q[0] - at[0]) - Math.atan2(p[1] - at[1], p[0] - at[0])
    return turn < 0 ? turn + 2 * Math.PI : turn
  })
  // All round the point, or it would cross itself.
  return turns.every(turn => turn > 1e-3 && turn < 2.6) ? shore : []
}

export function fillPark(stand: Stand): void {
  const { ground, random } = stand
  stand.cover('park')
  const { at, room } = ground.heart
  if (room < 8) return
  const size = room * (0.3 + random.next() * 0.15)
  const turn = random.next() * 2 * Math.PI
  const aside: Point = [at[0] + Math.cos(turn) * size * 0.5, at[1] + Math.sin(turn) * size * 0.5]
  if (ground.area > 4000) stand.pond(blobOutline(aside, () => size, random, 22))
  walks(stand, at, room)
  const bands = new Bands(ground, ground.axes(ground.direction))
  const built = random.whole(1995, 2018)
  const small = { width: 7, depth: 7, margin: 4, gap: 4, share: 0.7 }
  if (ground.area > 3000)
    raiseSomewhere(stand, bands, { ...small, side: 'north' }, { kind: 'pavilion', storeys: 1, built })
  if (ground.area > 6000)
    raiseSomewhere(
      stand,
      bands,
      { ...small, depth: 5, side: 'south', share: 0.1 },
      { kind: 'toilets', storeys: 1, built, name: '公共厕所' },
    )
  const clumps = Math.min(14, Math.ceil(ground.area / 1600))
  for (let i = 0, tries = 0; i < clumps && tries < clumps * 4; tries++) {
    const { west, south, east, north } = ground.box
    const p: Point = [west + random.next() * (east - west), south + random.next() * (north - south)]
    const radius = 7 + random.next() * 9
    const clump = blobOutline(p, () => radius, random, 12)
    if (ground.within(clump, 3) && ground.free(clump, 1.5) && stand.green('forest', clump)) i++
  }
}

/** A round walk, and ways from it to the streets. */
function walks(stand: Stand, at: Point, room: number): void {
  const { ground, random } = stand
  const shore = shoreOf(stand, at, Math.max(5, room * 0.28))
  if (shore.length < 5) return
  const round = shore.filter((_, i) => shore.length < 12 || i % 2 === 0)
  if (!stand.path('footway', [...round, round[0]!], PATH_METRES)) return
  const gates = ground.edges.filter(isRoad).sort((p, q) => q.length - p.length)
  for (const { a, b } of gates.slice(0, 3)) {
    const from = random.next() < 0.5 ? a : b
    const nearest = round.reduce((best, p) => (distance(p, from) < distance(best, from) ? p : best))
    stand.path('footway', [from, nearest], PATH_METRES)
  }
}

export function fillIdle(stand: Stand): void {
  stand.cover(
    stand.random.weighted([
      ['grass', 4],
      ['scrub', 4],
      ['meadow', 2],
      ['construction', 1],
    ] as const),
  )
}
