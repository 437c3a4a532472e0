// Which coordinate system bare numbers are in: degrees, swapped axes, Web Mercator, Gauss–Krüger with and without zone number.

export interface CrsGuess {
  /** Null: degrees. Undefined: cannot be told from the numbers, must be asked. */
  readonly crs: string | null | undefined
  readonly swapAxes: boolean
  /** There was no position at all. */
  readonly empty: boolean
  /** Likely ones first. */
  readonly candidates: readonly string[]
}

type Pair = readonly [x: number, y: number]
const between = (low: number, value: number, high: number) => low <= value && value <= high

/** China's northings: Hainan to Mohe. */
const northing = (value: number) => between(1.8e6, value, 6.1e6)
const bareEasting = (value: number) => between(2e5, value, 8e5)
const zoneOf = (value: number) => Math.floor(value / 1e6)
const zonedEasting = (value: number) =>
  between(13, zoneOf(value), 45) && between(2e5, value - zoneOf(value) * 1e6, 8e5)
const mercatorEasting = (value: number) => between(8.1e6, value, 15.1e6)
const mercatorNorthing = (value: number) => between(1.9e6, value, 7.3e6)

type Kind = 'degrees' | 'zoned' | 'mercator' | 'bare' | 'other'
function kindOf([x, y]: Pair): { kind: Kind; swapped: boolean } {
  if (Math.abs(x) <= 180 && Math.abs(y) <= 90) {
    // Latitudes of China where longitudes should be and the other way round: in the Arctic Ocean nobody lives.
    return { kind: 'degrees', swapped: between(3, x, 54) && between(73, y, 90) }
  }
  if (Math.abs(x) <= 90 && Math.abs(y) <= 180) return { kind: 'degrees', swapped: true }
  for (const [east, north, swapped] of [
    [x, y, false],
    [y, x, true],
  ] as const) {
    // In the far west 6° zones 13 to 15 look like Web Mercator on the coast, where most people live.
    if (mercatorEasting(east) && mercatorNorthing(north)) return { kind: 'mercator', swapped }
    if (zonedEasting(east) && northing(north)) return { kind: 'zoned', swapped }
    if (bareEasting(east) && northing(north)) return { kind: 'bare', swapped }
  }
  return { kind: 'other', swapped: false }
}

const withZone = (zone: number) => `EPSG:${zone >= 25 ? 4513 + zone - 25 : 4491 + zone - 13}`
const withoutZone = (meridian: number) => `EPSG:${4534 + (meridian - 75) / 3}`

/** @param near a longitude where the data is likely to lie: of the area it is imported for */
export function guessCrs(positions: Iterable<Pair>, near: number | null): CrsGuess {
  const seen = new Map<string, { count: number; first: Pair; kind: Kind; swapped: boolean }>()
  let total = 0
  for (const position of positions) {
    if (!Number.isFinite(position[0]) || !Number.isFinite(position[1])) continue
    total++
    const { kind, swapped } = kindOf(position)
    const east = position[swapped ? 1 : 0]
    const key = `${kind} ${swapped} ${kind === 'zoned' ? zoneOf(east) : ''}`
    const entry = seen.get(key)
    if (entry) entry.count++
    else seen.set(key, { count: 1, first: position, kind, swapped })
  }
  // A wild number among good ones says nothing.
  const best = [...seen.values()].filter(({ kind }) => kind !== 'other').sort((a, b) => b.count - a.count)[0]
  if (best === undefined || best.count < total / 2)
    return {
      crs: total === 0 ? null : undefined,
      swapAxes: false,
      empty: total === 0,
      candidates: likely(near),
    }
  const empty = false
  const { swapped: swapAxes, first, kind } = best
  const zone = zoneOf(first[swapAxes ? 1 : 0])
  switch (kind) {
    case 'degrees':
      return { crs: null, swapAxes, empty, candidates: ['EPSG:4490', 'EPSG:4326'] }
    case 'zoned':
      return { crs: withZone(zone), swapAxes, empty, candidates: [withZone(zone)] }
    case 'mercator':
      return {
        crs: 'EPSG:3857',
        swapAxes,
        empty,
        candidates: ['EPSG:3857', ...(zonedEasting(first[swapAxes ? 1 : 0]) ? [withZone(zone)] : [])],
      }
    case 'bare':
      return {
        crs: near === null ? undefined : withoutZone(nearestMeridian(near)),
        swapAxes,
        empty,
        candidates: likely(near),
      }
    case 'other':
      return { crs: undefined, swapAxes: false, empty, candidates: likely(near) }
  }
}

const nearestMeridian = (longitude: number) => Math.min(135, Math.max(75, Math.round(longitude / 3) * 3))

/** Every 3° zone of China, those nearest to the place first; then UTM there and Web Mercator. */
function likely(near: number | null): string[] {
  const meridians = Array.from({ length: 21 }, (_, i) => 75 + 3 * i)
  const from = near ?? 105
  meridians.sort((a, b) => Math.abs(a - from) - Math.abs(b - from) || a - b)
  return [...meridians.map(withoutZone), `EPSG:${32601 + Math.floor((from + 180) / 6)}`, 'EPSG:3857']
}
