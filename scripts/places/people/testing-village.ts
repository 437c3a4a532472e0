// For tests: a small village laid out by hand on true lattice positions, with all that one can have.
import type { Position } from '../../../core/topology/index.ts'
import { type Figures, figuresOf } from '../figures.ts'
import { frameAt } from '../frame.ts'
import type { Origin } from '../ground-rows.ts'
import type { Block, Building, GeneratedGrid, Line, PlaceName, Site, Use } from '../place.ts'
import { randomOf } from '../random.ts'
import { placeBodies } from './bodies.ts'
import { IdNumbers } from './identities.ts'
import { quotasOf, type VillageQuota } from './quotas.ts'
import type { Village } from './village.ts'

// North is up; 1,200 m × 1,200 m; a road every 300 m, a river through the east, blocks between.
//
//   fields  │ estate  │ shops ~ │ factory
//   ────────┼─────────┼───── ~ ─┼────────
//   hamlet  │ estate  │ school~ │ factory
//
const SIZE = 1200
const STEP = 300
const RIVER = 810
const USES: readonly (readonly Use[])[] = [
  ['hamlet', 'estate', 'school', 'factory'],
  ['houses', 'estate', 'old-town', 'factory'],
  ['field', 'houses', 'shops', 'factory'],
  ['field', 'square', 'office', 'estate'],
]

export interface TestPlace {
  readonly figures: Figures
  readonly sites: readonly Site[]
  readonly quotas: ReadonlyMap<string, VillageQuota>
  village(code: string): Village
}

/** Some sites in a row, each as drawn above, with the figures of a place. */
export function testPlace(
  place: PlaceName,
  scale: number,
  codes: readonly string[],
  seed = 'test',
): TestPlace {
  const random = randomOf(seed)
  const figures = figuresOf(place, scale)
  const origin: Origin = {
    county: codes[0]!.slice(0, 6),
    importId: random.fork('import').id(),
    today: figures.today,
  }
  const grounds = ['town', 'plain', 'mountain'] as const
  const sites = codes.map((code, i) => siteOf(code, i, grounds[i % 3]!))
  const quotas = quotasOf(figures, sites, random.fork('quotas'))
  const bodies = placeBodies(origin, figures, sites, random.fork('bodies'))
  return {
    figures,
    sites,
    quotas,
    village: code => {
      const index = codes.indexOf(code)
      const site = sites[index]!
      return {
        ...layOut(site, index),
        site,
        figures,
        quota: quotas.get(code)!,
        origin,
        bodies,
        idNumbers: new IdNumbers(),
        random,
      }
    },
  }
}

const frame = frameAt([1_039_500_000, 308_700_000])

function siteOf(code: string, index: number, ground: Site['ground']): Site {
  const west = index * SIZE
  const at = (x: number, y: number) => frame.position(west + x, y)
  const ring = [at(0, 0), at(SIZE, 0), at(SIZE, SIZE), at(0, SIZE)]
  return {
    code,
    name: `试验${index + 1}村`,
    town: { code: code.slice(0, 9), name: '试验街道' },
    area: [[ring.flat()]],
    face: { ring, along: ring.map(() => null) },
    centre: at(SIZE / 2, SIZE / 2 + 40),
    ground,
    gates: [],
  }
}

function layOut(
  site: Site,
  index: number,
): Pick<Village, 'grids' | 'blocks' | 'buildings' | 'lines' | 'frame'> {
  const ids = randomOf(`layout ${site.code}`)
  const west = index * SIZE
  const at = (x: number, y: number): Position => frame.position(west + x, y)
  const lines: Line[] = []
  const line = (
    kind: Line['kind'],
    name: string | null,
    halfWidth: number,
    path: Position[],
    bridge = false,
  ) =>
    lines.push({
      id: ids.id(),
      kind,
      class: kind === 'road' ? 'residential' : 'river',
      name,
      path,
      halfWidth,
      bridge,
    })
  line('water', '试验河', 14, [at(RIVER, 0), at(RIVER + 20, SIZE / 2), at(RIVER, SIZE)])
  for (let i = 1; i < 4; i++) {
    line('road', `南北${i}路`, 6, [at(i * STEP, 0), at(i * STEP, SIZE)])
    line('road', i === 2 ? null : `东西${i}路`, 5, [at(0, i * STEP), at(RIVER - 40, i * STEP)])
    line('road', `东西${i}路`, 5, [at(RIVER - 40, i * STEP), at(RIVER + 60, i * STEP)], true)
    line('road', `东西${i}路`, 5, [at(RIVER + 60, i * STEP), at(SIZE, i * STEP)])
  }
  const grid = (level: GeneratedGrid['level'], parent: GeneratedGrid | null, leaf: boolean, name: string) => {
    const code = `${parent?.code ?? site.code}${String(level === 1 ? 1 : grids.length).padStart(level === 1 ? 3 : 2, '0')}`
    const made: GeneratedGrid = {
      id: ids.id(),
      level,
      parent: parent?.id ?? null,
      leaf,
      code,
      name,
      kind: 'basic',
      shape: site.area,
    }
    grids.push(made)
    return made
  }
  const grids: GeneratedGrid[] = []
  const village = grid(1, null, false, site.name)
  const blocks: Block[] = []
  const buildings: Building[] = []
  USES.forEach((row, r) => {
    const two = grid(2, village, false, `第${r + 1}网格`)
    row.forEach((use, c) => {
      const leaf = grid(3, two, true, `第${r + 1}-${c + 1}组`)
      const corner = [c * STEP + 12, r * STEP + 12] as const
      const end = [(c + 1) * STEP - 12, (r + 1) * STEP - 12] as const
      const ring = [at(...corner), at(end[0], corner[1]), at(...end), at(corner[0], end[1])]
      const name = use === 'field' ? null : `试验${r + 1}${c + 1}`
      blocks.push({ ring, along: ring.map(() => null), use, grid: leaf.id, name, density: 0.5 })
      buildings.push(...buildingsOn(use, corner, leaf.id, name, at, () => ids.id()))
    })
  })
  return { grids, blocks, buildings, lines, frame }
}

const HOUSES = {
  houses: 30,
  hamlet: 16,
  'old-town': 36,
  estate: 12,
  factory: 8,
  shops: 6,
  school: 3,
  office: 2,
}

function buildingsOn(
  use: Use,
  [left, low]: readonly [number, number],
  grid: string,
  name: string | null,
  at: (x: number, y: number) => Position,
  id: () => string,
): Building[] {
  const count = use in HOUSES ? HOUSES[use as keyof typeof HOUSES] : 0
  const estate = use === 'estate'
  return Array.from({ length: count }, (_, i) => {
    const x = left + 6 + (i % 6) * 44
    const y = low + 6 + Math.floor(i / 6) * 42
    // The river runs through the third column.
    const [width, depth] = use === 'factory' ? [40, 36] : estate ? [38, 12] : [12, 9]
    const wet = x + width > RIVER - 20 && x < RIVER + 45
    const dryX = wet ? x - 110 : x
    const entrances = Array.from({ length: estate ? 3 : 1 }, (_, n) => ({
      number: n + 1,
      point: at(dryX + 3 + n * 12, y + 1),
    }))
    return {
      id: id(),
      footprint: [at(dryX, y), at(dryX + width, y), at(dryX + width, y + depth), at(dryX, y + depth)],
      point: at(dryX + width / 2, y + depth / 2),
      kind: estate ? 'apartments' : use === 'factory' ? 'industrial' : use === 'school' ? 'school' : 'house',
      use,
      storeys: estate ? 6 : 2,
      built: 1990 + (i % 30),
      name: estate ? `${i + 1}栋` : null,
      entrances,
      homesPerFloor: estate ? 2 : use === 'houses' || use === 'hamlet' || use === 'old-town' ? 1 : 0,
      street: `${name ?? ''}路`,
      grid,
      estate: name,
    }
  })
}
