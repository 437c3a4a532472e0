// Posts: who is what on which grid, road, water or area, from when to when.
import type { PostRole } from '../figures.ts'
import type { GeneratedGrid, Random } from '../place.ts'
import { dateOf, dayOf } from './days.ts'
import type { Person } from './staff.ts'
import { type Table, tableOf, type Village } from './village.ts'

/** The level that a role works on; where the village has no such grids, the next one above. */
const LEVEL_OF: Record<Exclude<PostRole, 'head'>, number> = {
  cadre: 2,
  worker: 2,
  enforcement: 2,
  police: 2,
  doctor: 2,
  assistant: 2,
  informant: 3,
  volunteer: 3,
}
/** Every grid gets one of these, if need be one person for several neighbouring grids. */
const SHARED: ReadonlySet<PostRole> = new Set(['head', 'worker', 'police', 'doctor'])
/** Which share of the grids lacks its cadre: 1+1+X is not complete everywhere. */
const LACKING = 0.09

export interface Posts {
  readonly table: Table
  /** Who works on a grid; falls back to the village's other staff, null where it has none. */
  workerOf(grid: string | null): string | null
}

export function postsOf(village: Village, staff: readonly Person[], random: Random): Posts {
  const writer = new PostWriter(village, staff, random)
  if (staff.length === 0) return writer
  writer.onGrids()
  writer.onTopGrids()
  writer.onSpecialGrids()
  writer.onLines()
  writer.onAreas()
  return writer
}

class PostWriter implements Posts {
  readonly table = tableOf(
    'post',
    'county id staff_id role grid_id area_code road_id water_id from_date to_date',
  )
  readonly #workers = new Map<string, string>()
  readonly #parents: ReadonlyMap<string, string | null>
  readonly #basic: readonly GeneratedGrid[]
  readonly #today: number

  constructor(
    private readonly village: Village,
    private readonly staff: readonly Person[],
    private readonly random: Random,
  ) {
    this.#parents = new Map(village.grids.map(({ id, parent }) => [id, parent]))
    this.#basic = village.grids.filter(({ kind }) => kind === 'basic')
    this.#today = dayOf(village.figures.today)
  }

  workerOf(grid: string | null): string | null {
    for (let at = grid; at !== null; at = this.#parents.get(at) ?? null) {
      const worker = this.#workers.get(at)
      if (worker) return worker
    }
    const workers = this.#of('worker')
    const list = workers.length > 0 ? workers : this.staff
    return list[Math.floor(this.random.next() * list.length)]?.id ?? null
  }

  #of(role: PostRole, level?: number): readonly Person[] {
    return this.staff.filter(
      person => person.role === role && (level === undefined || person.level === level),
    )
  }

  /** Grids of a level, or of the nearest level above that there is. */
  #grids(level: number): readonly GeneratedGrid[] {
    for (let at = level; at > 0; at--) {
      const grids = this.#basic.filter(grid => grid.level === at)
      if (grids.length > 0) return grids
    }
    return this.#basic
  }

  onGrids(): void {
    for (const level of [1, 2, 3, 4]) {
      const grids = this.#basic.filter(grid => grid.level === level)
      this.#give('head', this.#of('head', level), grids)
    }
    for (const role of Object.keys(LEVEL_OF) as (keyof typeof LEVEL_OF)[]) {
      const staff = this.#of(role)
      const grids = this.#grids(LEVEL_OF[role])
      if (role !== 'cadre') {
        this.#give(role, staff, grids)
        continue
      }
      const kept = grids.filter(() => this.random.next() >= LACKING)
      const lower = kept.length > 0 ? kept : grids
      const over = this.#grids(1)
      // Two cadres a grid at most; the rest answer for the village.
      this.#give(role, staff.slice(0, lower.length * 2), lower)
      this.#give(role, staff.slice(lower.length * 2), over)
    }
  }

  #give(role: PostRole, staff: readonly Person[], grids: readonly GeneratedGrid[]): void {
    if (staff.length === 0 || grids.length === 0) return
    const shared = SHARED.has(role) && staff.length < grids.length
    const count = shared ? grids.length : staff.length
    const starts: number[] = []
    for (let i = 0; i < count; i++) {
      const person = staff[shared ? Math.floor((i * staff.length) / grids.length) : i]!
      const grid = grids[i % grids.length]!
      if (role === 'worker' && !this.#workers.has(grid.id)) this.#workers.set(grid.id, person.id)
      starts.push(this.#day())
      this.#write(person.id, role, { grid_id: grid.id }, starts[i]!, null)
    }
    // Somebody who is elsewhere now was here before the present one came.
    if (role === 'volunteer' || staff.length < 2 || shared) return
    for (let i = 0; i < count; i++) {
      if (this.random.next() >= 0.06) continue
      const before = staff[(i + 1 + Math.floor(this.random.next() * (staff.length - 1))) % staff.length]!
      const until = starts[i]! - 1
      this.#write(
        before.id,
        role,
        { grid_id: grids[i % grids.length]!.id },
        until - this.random.whole(200, 900),
        until,
      )
    }
  }

  /** A level-1 grid without a head, also one that spans villages, has a cadre who answers for it. */
  onTopGrids(): void {
    const top = this.#basic.filter(({ level }) => level === 1)
    const named = new Set(this.table.rows.map(([, , , , grid]) => grid))
    top
      .filter(({ id }) => !named.has(id))
      .forEach(({ id }, i) => {
        const leaders = this.#leaders()
        this.#write(leaders[i % leaders.length]!.id, 'cadre', { grid_id: id }, this.#day(), null)
      })
  }

  /** Corridors have a full-time head, zones and enterprise areas one of the village's workers or cadres. */
  onSpecialGrids(): void {
    const corridors = this.village.grids.filter(({ kind }) => kind === 'street')
    const others = this.village.grids.filter(({ kind }) => kind !== 'street' && kind !== 'basic')
    const fullTime = this.staff.filter(({ force, role }) => force === 'full-time' && role === 'worker')
    const workers = [...this.#of('worker'), ...this.#of('cadre'), ...this.staff]
    corridors.forEach((grid, i) => {
      const person = fullTime.length > 0 ? fullTime[i % fullTime.length]! : workers[i % workers.length]!
      this.#head(person.id, grid)
    })
    others.forEach((grid, i) => {
      this.#head(workers[i % workers.length]!.id, grid)
    })
  }

  #head(person: string, grid: GeneratedGrid): void {
    this.#workers.set(grid.id, person)
    this.#write(person, 'head', { grid_id: grid.id }, this.#day(), null)
  }

  /** Street chiefs 街巷长 of named roads and river chiefs 河段长 of named waters; on a border each side has its own. */
  onLines(): void {
    const border = this.village.site.face.along.filter(line => line !== null)
    const lines = [...new Set([...this.village.lines, ...border])].filter(({ name }) => name !== null)
    const leaders = this.#leaders()
    lines.forEach(({ kind, id }, i) => {
      const leader = leaders[i % leaders.length]!.id
      if (kind === 'water') this.#write(leader, 'river-chief', { water_id: id }, this.#day(), null)
      else if (this.random.next() < 0.75)
        this.#write(leader, 'street-chief', { road_id: id }, this.#day(), null)
    })
  }

  /** Leaders in charge of an area 包片领导. */
  onAreas(): void {
    const leader = this.#leaders()[0]!
    this.#write(leader.id, 'area-leader', { area_code: this.village.site.code }, this.#day(), null)
  }

  #leaders(): readonly Person[] {
    const cadres = this.#of('cadre')
    if (cadres.length > 0) return cadres
    const heads = this.#of('head', 1)
    return heads.length > 0 ? heads : this.staff
  }

  #day(): number {
    return this.#today - 20 - Math.floor(this.random.next() ** 1.3 * 1200)
  }

  #write(
    staff: string,
    role: string,
    on: { grid_id?: string; area_code?: string; road_id?: string; water_id?: string },
    from: number,
    to: number | null,
  ): void {
    this.table.rows.push([
      this.village.origin.county,
      this.random.id(),
      staff,
      role,
      on.grid_id ?? null,
      on.area_code ?? null,
      on.road_id ?? null,
      on.water_id ?? null,
      dateOf(from),
      to === null ? null : dateOf(to),
    ])
  }
}
