// What is known of vertices while a place is divided: which lie on roads, and which cuts end there and how.
import type { Position } from '../../../core/topology/index.ts'
import type { Face, Frame, Line, Random, RoadClass, WaterClass } from '../place.ts'
import { heading, type Point } from './course.ts'
import { extend } from './face.ts'

/** A cut that ends at a vertex: its direction away from there. */
export interface End {
  readonly away: Point
  readonly line: Line | null
}

interface Spot {
  road: Line | null
  /** Roads may end here though none is known. */
  open: boolean
  ends: End[]
}

/** What a cut is to become. */
export interface Way {
  readonly kind: 'road' | 'water'
  readonly class: RoadClass | WaterClass
  readonly halfWidth: number
  /** Named like others of this sort. */
  readonly named: 'street' | 'lane' | null
}

export const ROADS: { readonly [name in RoadClass]: number } = {
  primary: 20,
  secondary: 14,
  tertiary: 9,
  residential: 6,
  service: 3.5,
  track: 2.5,
  footway: 2,
}

export const road = (roadClass: RoadClass, named: Way['named'] = null): Way => ({
  kind: 'road',
  class: roadClass,
  halfWidth: ROADS[roadClass],
  named,
})

const RANKS = Object.keys(ROADS)
const rankOf = (roadClass: string): number => RANKS.indexOf(roadClass)

export class Network {
  readonly lines: Line[] = []
  private readonly spots = new Map<number, Spot>()

  constructor(
    readonly frame: Frame,
    private readonly random: Random,
    private readonly origin: Position,
    private readonly nameOf: (way: Way, direction: Point) => string | null,
  ) {}

  private key([x, y]: Position): number {
    return (x - this.origin[0] + 2 ** 26) * 2 ** 27 + (y - this.origin[1] + 2 ** 26)
  }

  private spot(position: Position): Spot {
    const key = this.key(position)
    let spot = this.spots.get(key)
    if (!spot) {
      spot = { road: null, open: false, ends: [] }
      this.spots.set(key, spot)
    }
    return spot
  }

  /** The road that runs through a vertex. */
  roadAt = (position: Position): Line | null => this.spots.get(this.key(position))?.road ?? null

  endsAt = (position: Position): readonly End[] => this.spots.get(this.key(position))?.ends ?? []

  /** Learns the roads on a face's border. */
  learn({ ring, along }: Face): void {
    along.forEach((line, i) => {
      if (line?.kind !== 'road') return
      this.spot(ring[i]!).road ??= line
      this.spot(ring[(i + 1) % ring.length]!).road ??= line
    })
  }

  /** Lets roads end at a vertex where none is known. */
  claim(position: Position): void {
    this.spot(position).open = true
  }

  /** May a road end at this vertex? */
  reaches(position: Position): boolean {
    const spot = this.spots.get(this.key(position))
    return spot !== undefined && (spot.road !== null || spot.open)
  }

  /** A neighbour's road that arrives at a vertex, heading into the site. */
  arrive(position: Position, into: Point, line: Line | null): void {
    this.spot(position).ends.push({ away: [-into[0], -into[1]], line })
  }

  /** The line for a course: a continued one where the same way goes straight on, else a new one. */
  lineFor(course: readonly Position[], way: Way): Line {
    const first = this.ahead(course)
    const last = this.ahead(course.toReversed())
    for (const end of [first, last])
      if (end?.line && end.line.class === way.class && end.line.halfWidth === way.halfWidth) {
        const { line } = end
        if (this.lines.includes(line) && extend(line, course)) return line
      }
    const named = [first, last].find(end => end?.line?.name && end.line.kind === way.kind)?.line?.name
    const a = this.frame.metres(course[0]!)
    const b = this.frame.metres(course.at(-1)!)
    const line: Line = {
      id: this.random.id(),
      kind: way.kind,
      class: way.class,
      name: way.named ? (named ?? this.nameOf(way, heading(a, b))) : null,
      path: [...course],
      halfWidth: way.halfWidth,
    }
    this.lines.push(line)
    return line
  }

  /** The way for a cut: a street that comes straight on keeps its class, one step up at most. */
  goingOn(course: readonly Position[], way: Way): Way {
    for (const end of [this.ahead(course), this.ahead(course.toReversed())]) {
      const line = end?.line
      if (line?.kind === 'road' && rankOf(line.class) === rankOf(way.class) - 1)
        return { ...way, class: line.class, halfWidth: line.halfWidth, named: way.named ?? 'street' }
    }
    return way
  }

  /** What comes to the first position of a course from straight behind. */
  private ahead(course: readonly Position[]): End | undefined {
    const out = heading(this.frame.metres(course[0]!), this.frame.metres(course[1]!))
    return this.endsAt(course[0]!).find(({ away }) => away[0] * out[0] + away[1] * out[1] < -0.9)
  }

  /** Notes a cut that was made; the line may run along a part of it only. */
  note(
    course: readonly Position[],
    line: Line | null,
    [first, last]: readonly [number, number] = [0, course.length - 1],
  ): void {
    const points = course.map(this.frame.metres)
    this.spot(course[0]!).ends.push({
      away: heading(points[0]!, points[1]!),
      line: first === 0 ? line : null,
    })
    this.spot(course.at(-1)!).ends.push({
      away: heading(points.at(-1)!, points.at(-2)!),
      line: last === course.length - 1 ? line : null,
    })
    if (line?.kind !== 'road') return
    for (const position of course.slice(first, last + 1)) this.spot(position).road ??= line
  }
}
