// Where incidents happen: by what they are about, drawn to a few hot spots of the village.
import { interiorPoint, type Position } from '../../../core/topology/index.ts'
import { pointEwkb } from '../../../server/imports/ewkb.ts'
import type { Block, Building, Random } from '../place.ts'
import type { Address } from './addresses.ts'
import type { VillageGround } from './ground-of-village.ts'
import type { Inhabited } from './homes.ts'
import type { Where } from './incident-kinds.ts'
import { buildingPicker, byUse, spotIn } from './inside.ts'
import { Near } from './near.ts'
import type { Picker } from './picker.ts'
import type { Spot, Village } from './village.ts'

const HOT_SHARE = 0.34
const HOT_METRES = 130
const FIELDS = new Set<Block['use']>(['field', 'orchard', 'greenhouse'])

interface HotSpot {
  readonly buildings: readonly Building[]
  /** Metres along the roads of the village. */
  readonly road: number
}

export class Spots {
  readonly #pickers: Record<'home' | 'trade' | 'factory', Picker<Building> | null>
  readonly #hot: readonly HotSpot[]
  readonly #fields: readonly Block[]
  readonly #near: Near

  constructor(
    private readonly village: Village,
    private readonly ground: VillageGround,
    private readonly addresses: ReadonlyMap<string, Address>,
    inhabited: readonly Inhabited[],
    random: Random,
  ) {
    const { buildings } = village
    const persons = new Map(inhabited.map(of => [of.building.id, of.persons]))
    this.#pickers = {
      home: buildingPicker(buildings, ({ id }) => persons.get(id) ?? 0),
      trade: buildingPicker(
        buildings,
        byUse({ shops: 12, 'old-town': 8, office: 2, square: 2, houses: 0.3, hamlet: 0.2 }),
      ),
      factory: buildingPicker(
        buildings,
        byUse({ factory: 6, yard: 2, shops: 0.2, houses: 0.02, hamlet: 0.02 }),
      ),
    }
    this.#near = new Near(
      village.frame,
      buildings.map(({ point }) => point),
      HOT_METRES,
    )
    this.#fields = village.blocks.filter(({ use }) => FIELDS.has(use))
    this.#hot = this.#hotSpots(random)
  }

  #hotSpots(random: Random): HotSpot[] {
    const { buildings, quota } = this.village
    const count = Math.min(7, 2 + Math.floor(quota.persons / 1500))
    return Array.from({ length: count }, (_, i) => {
      const around = (i % 2 === 0 ? this.#pickers.home : this.#pickers.trade)?.(random)
      return {
        buildings: around ? this.#near.within(around.point).map(index => buildings[index]!) : [],
        road: random.next() * this.ground.roadMetres,
      }
    })
  }

  pick(where: Where, random: Random): Spot {
    const hot =
      random.next() < HOT_SHARE ? this.#hot[Math.floor(random.next() ** 1.6 * this.#hot.length)] : undefined
    switch (where) {
      case 'street':
        return this.#onStreet(hot, random)
      case 'water':
        return this.#onBank(random) ?? this.#onStreet(hot, random)
      case 'field':
        return this.#inField(random) ?? this.#onStreet(hot, random)
      default: {
        if (hot && hot.buildings.length > 0 && where !== 'factory')
          return spotIn(
            hot.buildings[Math.floor(random.next() * hot.buildings.length)]!,
            this.addresses,
            random,
          )
        const building = this.#pickers[where]?.(random)
        return building ? spotIn(building, this.addresses, random) : this.#onStreet(hot, random)
      }
    }
  }

  #onStreet(hot: HotSpot | undefined, random: Random): Spot {
    const { roadMetres } = this.ground
    if (roadMetres === 0) return this.#at(this.village.site.centre, this.village.site.name)
    const metre = hot ? (hot.road + random.next() * HOT_METRES) % roadMetres : random.next() * roadMetres
    const reach = random.next() * 2 - 1
    const place = this.ground.beside(metre, ({ halfWidth }) => (halfWidth - 0.3) * reach || 0.3)
    if (!place) return this.#at(this.village.site.centre, this.village.site.name)
    return this.#at(place.point, `${place.line.name ?? this.#streetNear(place.point)}附近`)
  }

  /** What people call an unnamed lane: after the houses along it. */
  #streetNear(point: Position): string {
    const [first] = this.#near.within(point)
    return first === undefined ? '村道' : this.village.buildings[first]!.street
  }

  #onBank(random: Random): Spot | null {
    const place = this.ground.onBank(random)
    return place && this.#at(place.point, `${place.line.name ?? '村'}河边`)
  }

  #inField(random: Random): Spot | null {
    const { frame } = this.village
    if (this.#fields.length === 0) return null
    const { ring, name } = this.#fields[Math.floor(random.next() * this.#fields.length)]!
    const [x, y] = frame.metres(interiorPoint([[ring.flat()]]))
    const [cornerX, cornerY] = frame.metres(ring[Math.floor(random.next() * ring.length)]!)
    const share = random.next() * 0.6
    const point = this.ground.standing(x + (cornerX - x) * share, y + (cornerY - y) * share)
    return point && this.#at(point, `${name ?? ''}农田`)
  }

  #at(point: Position, where: string): Spot {
    return { ewkb: pointEwkb(point), where, grid: null }
  }
}
