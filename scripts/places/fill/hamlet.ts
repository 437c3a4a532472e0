// Hamlets 林盘: farmhouses loosely round a path that comes from the lane, under one grove of trees.
import { isRoad } from './fronts.ts'
import { anyHome } from './home.ts'
import { Axes, between, contains, distance, nearestShare, type Outline, type Point } from './plane.ts'
import { blobOutline, type House, plainHouse, wingedHouse } from './shapes.ts'
import { PATH_METRES, type Stand } from './stand.ts'

/** Ground that a farmhouse of a hamlet has to itself. */
const METRES_PER_HOUSE = 265

export function fillHamlet(stand: Stand): void {
  const { ground, random, block } = stand
  stand.cover('allotments')
  const { at, room } = ground.heart
  if (room < 3) return
  const most = Math.round((ground.area * (0.62 + block.density * 0.35)) / METRES_PER_HOUSE)
  const wanted = Math.max(1, Math.min(random.whole(11, 30), most))
  const middle: Point = [at[0] + random.normal() * room * 0.08, at[1] + random.normal() * room * 0.08]
  const path = footpath(stand, middle)
  if (wanted > 6 && random.next() < 0.35) villagePond(stand, middle)
  const houses = settle(stand, middle, path, wanted)
  if (houses.length === 0) {
    anyHome(stand)
    return
  }
  // Ground that is hardly more than the hamlet is under its trees as a whole.
  if (houses.length * METRES_PER_HOUSE > ground.area * 0.4) stand.cover('forest')
  else grove(stand, houses)
}

/** From the nearest vertex of a lane, with a bend, past the middle. */
function footpath(stand: Stand, middle: Point): readonly Point[] {
  const { ground, random } = stand
  const { direction, room } = { direction: random.next() * 2 * Math.PI, room: ground.heart.room }
  const beyond: Point = [
    middle[0] + Math.cos(direction) * room * 0.45,
    middle[1] + Math.sin(direction) * room * 0.45,
  ]
  const starts: Point[] = []
  const walls = ground.edges.filter(isRoad)
  for (const { a, b } of walls) starts.push(a, b, between(a, b, nearestShare(middle, a, b)))
  starts.sort((p, q) => distance(p, middle) - distance(q, middle))
  for (const start of starts.slice(0, 6)) {
    const bend = between(start, middle, 0.55)
    const aside = 3 + random.next() * 6
    const length = distance(start, middle)
    if (length < 12) continue
    const way: Point[] = [
      start,
      [
        bend[0] - ((middle[1] - start[1]) / length) * aside,
        bend[1] + ((middle[0] - start[0]) / length) * aside,
      ],
      middle,
    ]
    for (const points of [[...way, beyond], way, [start, middle]])
      if (stand.path('footway', points, PATH_METRES)) return points
  }
  return []
}

function villagePond(stand: Stand, middle: Point): void {
  const { random, ground } = stand
  const size = 6 + random.next() * 5
  for (let attempt = 0; attempt < 4; attempt++) {
    const angle = random.next() * 2 * Math.PI
    const far = size + 4 + random.next() * ground.heart.room * 0.4
    const at: Point = [middle[0] + Math.cos(angle) * far, middle[1] + Math.sin(angle) * far]
    if (stand.pond(blobOutline(at, () => size, random, 14))) return
  }
}

/** Farmhouses outwards from the path, nearly all looking south. */
function settle(stand: Stand, middle: Point, path: readonly Point[], wanted: number): House[] {
  const { ground, random } = stand
  const era = random.whole(1980, 2004)
  const turn = Math.max(-0.3, Math.min(0.3, ground.direction)) * 0.7 + random.normal() * 0.06
  const houses: House[] = []
  const reach = Math.sqrt((wanted * METRES_PER_HOUSE) / Math.PI)
  // A coarse lattice, shaken: clusters are loose, yet nobody stands alone in a far corner. What is between comes last.
  const places: { at: Point; far: number }[] = []
  const pitch = 14.5
  const axes = new Axes(middle, turn)
  const most = Math.ceil(reach / pitch) + 3
  for (let i = -most; i <= most; i++)
    for (let j = -most; j <= most; j++)
      for (const aside of [0, 0.5]) {
        const at = axes.world(
          (i + aside + (j % 2 === 0 ? 0 : 0.45)) * pitch + random.normal() * 1.8,
          (j + aside) * (pitch - 1) + random.normal() * 1.8,
        )
        if (!contains(ground.ring, at)) continue
        let far = distance(at, middle)
        for (let k = 1; k < path.length; k++) {
          const share = nearestShare(at, path[k - 1]!, path[k]!)
          far = Math.min(far, distance(at, between(path[k - 1]!, path[k]!, share)) * 1.5)
        }
        places.push({ at, far: far + random.next() * 9 + aside * 120 })
      }
  places.sort((p, q) => p.far - q.far)
  for (const { at } of places) {
    if (houses.length >= wanted) break
    const house = farmhouse(stand, at, turn, era)
    if (house) houses.push(house)
  }
  return houses
}

function farmhouse(stand: Stand, at: Point, turn: number, era: number): House | null {
  const { random } = stand
  const facing = turn + random.normal() * 0.05 + (random.next() < 0.14 ? Math.PI / 2 : 0)
  const width = 10 + random.next() * 4
  const depth = 6.5 + random.next() * 2
  const axes = new Axes(at, facing)
  const wing = { width: 4 + random.next(), length: 4 + random.next() * 3 }
  const shape = random.weighted([
    ['plain', 5],
    ['west', 2],
    ['east', 2],
    ['both', 1],
  ] as const)
  const wide = shape === 'both' ? width + 4 : width
  const total = depth + (shape === 'plain' ? 0 : wing.length)
  const tries =
    shape === 'plain'
      ? [plainHouse(axes, -width / 2, -depth / 2, width, depth)]
      : [
          wingedHouse(axes, -wide / 2, -total / 2, wide, depth, { ...wing, side: shape }),
          plainHouse(axes, -width / 2, -depth / 2, width, depth),
        ]
  for (const house of tries) {
    if (!stand.ground.fits(house.outline, 3)) continue
    const { outline, heart, door } = house
    const built = stand.build({
      outline,
      heart,
      doors: [door],
      kind: 'farm',
      storeys: random.weighted([
        [1, 4],
        [2, 5],
        [3, 1],
      ]),
      built: Math.min(2020, era + random.whole(0, 16)),
      homesPerFloor: 1,
    })
    if (built) return house
  }
  return null
}

/** One outline round all the houses, as far from them as trees would stand. */
function grove(stand: Stand, houses: readonly House[]): void {
  const { ground, random } = stand
  const corners = houses.flatMap(({ outline }) => [...outline])
  const mean: Point = [
    houses.reduce((sum, { heart }) => sum + heart[0], 0) / houses.length,
    houses.reduce((sum, { heart }) => sum + heart[1], 0) / houses.length,
  ]
  const near = (p: Point, q: Point) => (distance(p, mean) < distance(q, mean) ? p : q)
  const at = contains(ground.ring, mean) ? mean : houses.map(({ heart }) => heart).reduce(near)
  const rays = 36
  const margin = Array.from({ length: rays }, () => 6 + random.next() * 9)
  const outline: Outline = margin.map((metres, i): Point => {
    const angle = (2 * Math.PI * i) / rays
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
    let far = 6
    for (const [x, y] of corners) {
      const along = (x - at[0]) * cos + (y - at[1]) * sin
      const aside = Math.abs((y - at[1]) * cos - (x - at[0]) * sin)
      // Corners beside the ray count less the farther aside they are.
      if (along > 0) far = Math.max(far, along - aside * 0.5)
    }
    const smooth = (metres + margin[(i + 1) % rays]! + margin[(i + rays - 1) % rays]!) / 3
    const radius = Math.max(1, Math.min(far + smooth, rayLength(ground.ring, at, cos, sin) - 1.5))
    return [at[0] + cos * radius, at[1] + sin * radius]
  })
  for (const share of [1, 0.93, 0.86, 0.78, 0.65, 0.5]) {
    const smaller = outline.map((p): Point => between(at, p, share))
    if (stand.green('forest', smaller)) return
  }
}

export function rayLength(ring: Outline, [x, y]: Point, cos: number, sin: number): number {
  let nearest = Infinity
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[j]!
    const [bx, by] = ring[i]!
    const across = cos * (by - ay) - sin * (bx - ax)
    if (across === 0) continue
    const along = ((ax - x) * (by - ay) - (ay - y) * (bx - ax)) / across
    const share = ((ax - x) * sin - (ay - y) * cos) / across
    if (along > 0 && share >= 0 && share <= 1 && along < nearest) nearest = along
  }
  return nearest
}
