// How much of a building people live in: estimated from kind, size, storeys, addresses and land use. Synthetic, and said so.

export interface BuildingFacts {
  readonly kind: string | null
  readonly storeys: number | null
  readonly footprint: number
  /** Addresses on or at the building; null where the county has no addresses to speak of. */
  readonly addresses: number | null
  /** Stands in allotments, garages, industry, commerce, barracks or a quarry. */
  readonly onWorkingLand: boolean
}

const words = (text: string) => new Set(text.split(' '))
const NOBODY = words(
  'garage garages carport shed hut roof industrial warehouse manufacture factory hangar barn stable cowshed sty greenhouse farm_auxiliary ' +
    'church cathedral chapel mosque temple synagogue monastery school kindergarten university college hospital clinic public civic government ' +
    'fire_station train_station transportation stadium grandstand sports sports_hall riding_hall pavilion supermarket retail commercial kiosk office ' +
    'hotel parking service transformer_tower water_tower storage_tank silo bunker ruins construction collapsed boathouse houseboat_landing bridge ' +
    'toilets tower gatehouse museum 学校 医院 工厂 厂房 仓库 商场 商业 办公 车库 公厕 寺庙',
)
const HOMES: Record<string, number> = {
  house: 2,
  detached: 2,
  semidetached_house: 2,
  terrace: 2,
  bungalow: 1,
  farm: 2,
  cabin: 1,
  static_caravan: 1,
  apartments: 5,
  dormitory: 4,
  nursing_home: 3,
  prefabricated: 5,
  住宅: 5,
  居民楼: 6,
  民房: 2,
}
const SMALLEST = 30
const SMALL = 60
const LARGE_HALL = 4000

/** Storeys where nobody counted them: small footprints are houses, long ones blocks of flats, huge ones halls. */
function likelyStoreys({ kind, footprint, addresses }: BuildingFacts): number {
  const known = HOMES[kind ?? '']
  if (known !== undefined) return known
  if (footprint < 180) return 2
  if (footprint < 320) return (addresses ?? 1) > 1 ? 4 : 2
  return footprint < 2000 ? 5 : 3
}

/** Where no building looks lived in: whatever is not known to be something else may be, whatever its size. */
export function possibleFloor(facts: BuildingFacts): number {
  const { kind, storeys, footprint } = facts
  return kind !== null && NOBODY.has(kind) ? 0 : footprint * (storeys ?? likelyStoreys(facts))
}

/** Square metres of floor that people may live in; 0 where nobody does. */
export function livingFloor(facts: BuildingFacts): number {
  const { kind, storeys, footprint, addresses, onWorkingLand } = facts
  if (kind !== null && NOBODY.has(kind)) return 0
  const isHome = kind !== null && (kind in HOMES || kind === 'residential')
  if (footprint < (isHome ? SMALLEST / 2 : SMALLEST) || footprint > LARGE_HALL) return 0
  if (!isHome) {
    if (onWorkingLand) return 0
    // Where addresses are mapped, a building without one is a shed, a garage row or a hall.
    if (addresses === 0) return 0
    if (addresses === null && footprint < SMALL) return 0
  }
  return footprint * (storeys ?? likelyStoreys(facts))
}
