// Rows of entrances, rooms, households and residents: who lives behind which door.
import { pointEwkb } from '../../../server/imports/ewkb.ts'
import type { Building, Random } from '../place.ts'
import { dateOf, dayOf } from './days.ts'
import { DORMITORY_USES, type Home, type Inhabited } from './homes.ts'
import { householdOf, type Kind, type Member } from './households.ts'
import { phoneOf } from './identities.ts'
import { givenNameOf, surnameOf } from './names.ts'
import { Near } from './near.ts'
import { MOST_IN_A_HOME } from './persons-by-grid.ts'
import { shuffle } from './picker.ts'
import { IMPORTED, type Table, tableOf, type Village } from './village.ts'
import { workOf } from './work.ts'

/** A household's id and place, for visits. */
export interface Hearth {
  readonly id: string
  readonly building: Building
  readonly ewkb: string
}

export interface Residents {
  readonly tables: readonly Table[]
  readonly hearths: readonly Hearth[]
}

/** Rooms on record that stand empty, at most, for each household; of new estates most are not on record yet. */
const MOST_EMPTY = 0.15
/** Who works in a factory lives this near. */
const FACTORY_METRES = 350

export function settleResidents(
  village: Village,
  inhabited: readonly Inhabited[],
  random: Random,
): Residents {
  const writer = new ResidentWriter(village, inhabited, random)
  for (const dwelling of inhabited) writer.settle(dwelling)
  return writer
}

class ResidentWriter implements Residents {
  readonly hearths: Hearth[] = []
  readonly #entrances = tableOf('entrance', 'county id building_id number point')
  readonly #rooms = tableOf('room', 'county id building_id entrance floor number use')
  readonly #households = tableOf(
    'household',
    `${IMPORTED} number building_id room_id tenure low_income point`,
  )
  readonly #residents = tableOf(
    'resident',
    `${IMPORTED} household_id name sex born id_number phone relation registration pregnant disabled chronically_ill lives_alone party_member work`,
  )
  readonly tables = [this.#entrances, this.#rooms, this.#households, this.#residents]
  readonly #today: number
  readonly #factories: Near
  readonly #meanPull: number
  /** Of the empty homes, the share that has a room on record. */
  readonly #recorded: number

  constructor(
    private readonly village: Village,
    inhabited: readonly Inhabited[],
    private readonly random: Random,
  ) {
    this.#today = dayOf(village.figures.today)
    const factories = village.buildings.filter(({ use }) => use === 'factory').map(({ point }) => point)
    this.#factories = new Near(village.frame, factories, FACTORY_METRES)
    const homes = inhabited.reduce((sum, of) => sum + of.homes.length, 0)
    const { households } = village.quota
    this.#recorded = Math.min(1, (MOST_EMPTY * households) / Math.max(1, homes - households))
    let pull = 0
    for (const { building, persons } of inhabited) pull += persons * this.#pull(building.point)
    this.#meanPull = pull / Math.max(1, village.quota.persons)
  }

  settle({ building, homes, persons, households }: Inhabited): void {
    const { random } = this
    const { county } = this.village.origin
    if (homes.length > 1)
      for (const { number, point } of building.entrances)
        this.#entrances.rows.push([county, random.id(), building.id, number, pointEwkb(point)])
    const dormitory = DORMITORY_USES.has(building.use)
    const floatingShare = this.#floatingShare(building)
    const sizes = sizesOf(persons, households, random)
    const taken = this.#occupied(homes, households)
    const ewkb = pointEwkb(building.point)
    homes.forEach((home, i) => {
      const members = taken[i]
      const kinds = (members ?? []).map((_, k): Kind => {
        if (dormitory) return 'dormitory'
        // Where several households share a home, the first is the owner's and the others rent.
        const shared = members!.length
        const share = shared > 1 ? (k === 0 ? 0 : (floatingShare * shared) / (shared - 1)) : floatingShare
        return random.next() < share ? 'floating' : this.village.site.ground
      })
      const unrecorded = kinds.length === 0 && random.next() >= this.#recorded
      const roomId = home.number === null || unrecorded ? null : this.#room(building, home, kinds)
      members?.forEach((household, k) => {
        this.#household(building, ewkb, roomId, sizes[household]!, kinds[k]!)
      })
    })
  }

  /** Households of each home; those beyond the number of homes share one. */
  #occupied(homes: readonly Home[], households: number): (number[] | undefined)[] {
    const order = shuffle(
      homes.map((_, i) => i),
      this.random,
    )
    const taken: (number[] | undefined)[] = homes.map(() => undefined)
    for (let household = 0; household < households; household++) {
      const home = order[household % order.length]!
      const there = taken[home]
      if (there) there.push(household)
      else taken[home] = [household]
    }
    return taken
  }

  /** More where factories are near; over the village the share that its ground has. */
  #floatingShare({ point }: Building): number {
    const { figures, site } = this.village
    const mean = Math.min(0.85, figures.floating * { town: 1, plain: 1.05, mountain: 0.5 }[site.ground])
    return Math.min(0.92, (mean * this.#pull(point)) / this.#meanPull)
  }

  #pull = (point: Building['point']): number =>
    0.6 + 0.9 * Math.min(1, this.#factories.within(point).length / 4)

  #room(building: Building, { entrance, floor, number }: Home, kinds: readonly Kind[]): string {
    const id = this.random.id()
    const use = kinds.length === 0 ? 'empty' : kinds[0] === 'floating' ? 'rented' : 'home'
    this.#rooms.rows.push([this.village.origin.county, id, building.id, entrance, floor, number, use])
    return id
  }

  #household(building: Building, ewkb: string, roomId: string | null, size: number, kind: Kind): void {
    const { random } = this
    const { county, importId } = this.village.origin
    const id = random.id()
    const away = kind === 'floating' || (kind === 'dormitory' && random.next() < 0.85)
    const tenure =
      kind === 'dormitory' ? 'collective' : kind === 'floating' && random.next() < 0.88 ? 'rented' : 'owned'
    const lowIncome = !away && random.next() < (this.village.site.ground === 'mountain' ? 0.045 : 0.018)
    const number = `${this.village.site.code.slice(6)}${String(this.#households.rows.length + 1).padStart(5, '0')}`
    this.hearths.push({ id, building, ewkb })
    this.#households.rows.push([
      county,
      id,
      id,
      importId,
      number,
      building.id,
      roomId,
      tenure,
      lowIncome,
      ewkb,
    ])
    const members = householdOf(size, kind, random)
    const family = surnameOf(random)
    for (const member of members) this.#resident(id, member, members, family, kind, away)
  }

  #resident(
    household: string,
    member: Member,
    members: readonly Member[],
    family: string,
    kind: Kind,
    away: boolean,
  ): void {
    const { random } = this
    const { origin, site, idNumbers } = this.village
    const { age, male, relation } = member
    const day = this.#today - Math.floor(age * 365.25)
    const born = dateOf(day)
    const year = Number(born.slice(0, 4))
    const floating = relation === 'lodger' ? random.next() < 0.9 : away
    const county = floating ? FROM[Math.floor(random.next() * FROM.length)]! : origin.county
    const id = random.id()
    const married = relation === 'spouse' || (relation === 'head' && members[1]?.relation === 'spouse')
    this.#residents.rows.push([
      origin.county,
      id,
      id,
      origin.importId,
      household,
      (bearsFamilyName(member, members) ? family : surnameOf(random)) + givenNameOf(year, male, random),
      male ? 'm' : 'f',
      born,
      idNumbers.next(county, born.replaceAll('-', ''), male, random),
      age >= 12 && random.next() < 0.96 ? phoneOf(random) : null,
      relation,
      floating ? 'floating' : 'registered',
      !male && married && age >= 21 && age <= 43 && random.next() < (age < 34 ? 0.055 : 0.018),
      random.next() < (age < 45 ? 0.008 : age < 65 ? 0.022 : 0.06),
      age > 28 && random.next() < (age < 45 ? 0.02 : age < 60 ? 0.1 : age < 75 ? 0.34 : 0.52),
      members.length === 1 && kind !== 'dormitory',
      age >= 21 && random.next() < (age > 55 ? 0.1 : 0.06),
      workOf(age, male, kind, site.ground, random),
    ])
  }
}

/** Counties that people come from to work: of ID numbers only. */
const FROM = [
  '511323',
  '511725',
  '513225',
  '500236',
  '530627',
  '522425',
  '411526',
  '341222',
  '610922',
  '130725',
]

/** The head's name goes to children and grandchildren, and comes from his father; wives keep theirs. */
function bearsFamilyName({ relation, male }: Member, members: readonly Member[]): boolean {
  const maleHead = members[0]!.male
  if (relation === 'head') return maleHead || members[1]?.relation !== 'spouse'
  if (relation === 'spouse') return !maleHead
  if (relation === 'parent') return male && maleHead
  return relation === 'child' || relation === 'grandchild'
}

/** Sizes of one to six that sum to the people of a building; larger only where there are too few households. */
function sizesOf(persons: number, households: number, random: Random): number[] {
  const sizes = new Array<number>(households).fill(1)
  if (households === 0) return sizes
  let left = persons - households
  const most = Math.max(MOST_IN_A_HOME, Math.ceil(persons / households))
  while (left > 0) {
    const i = Math.floor(random.next() * households)
    const size = sizes[i]!
    // Past three a household grows less often, so that few are large.
    if (size >= most || (size > 3 && households > 3 && left < households * 2 && random.next() < 0.5)) continue
    sizes[i] = size + 1
    left--
  }
  return sizes
}
