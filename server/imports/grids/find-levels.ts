// Which level each grid of a file is at: by its column, by the layer it is in, by the length of its code, or by what holds it.
import Flatbush from 'flatbush'
import type { LevelProfile } from '../../../core/contract/plans.ts'
import { areaSquareMetres, bounds, covers, interiorPoint, type Shape } from '../../../core/topology/index.ts'
import type { SourceFeature } from '../source-feature.ts'
import type { GridRow } from './read-grid.ts'

export type LevelsBy = 'column' | 'layer' | 'code' | 'containment'

export interface FoundLevels {
  readonly by: LevelsBy
  /** Of each row what stands for its level, the smallest at the top; null: it says nothing that can be understood. */
  readonly ranks: readonly (number | null)[]
  /** The profile whose names of levels the file uses. */
  readonly profile: LevelProfile | null
}

const NUMERALS = '一二三四五六七八九'

/** Most levels are written as numbers: 2, L2, level 2, 二级网格, 第2级. */
export function numberedLevel(word: string): number | null {
  const bare = /^(?:level|lv|l|grids?|layer)?[ _-]*([1-9])(?:\.0+)?$/i.exec(word.trim())
  if (bare) return Number(bare[1])
  const named = /(?:level|lv)[ _-]*([1-9])/i.exec(word) ?? /([1-9一二三四五六七八九])\s*级/.exec(word)
  if (!named) return null
  const at = NUMERALS.indexOf(named[1]!)
  return at >= 0 ? at + 1 : Number(named[1])
}

/** All that a profile calls its levels: 楼院/自然村(片) is 楼院, 自然村(片) and 自然村. */
function namesOf(profile: LevelProfile): Map<string, number> {
  const names = new Map<string, number>()
  profile.levels.forEach(({ name, label }, i) => {
    for (const text of [name.zh, name.en, label.zh, label.en])
      for (const one of [text, ...text.split(/[/或()（）]| or /)])
        for (const word of [one, one.replace(/[(（].*?[)）]/g, '')]) {
          const known = word.trim().toLowerCase()
          if (known && !names.has(known)) names.set(known, i + 1)
        }
  })
  return names
}

/** A drawing has layers of its own, by which draughtsmen keep things apart. */
export const layerOf = ({ layer, tags }: SourceFeature): string =>
  tags.SubClasses?.startsWith('AcDb') ? (tags.Layer ?? layer) : layer

interface Read {
  readonly levelOf: (word: string) => number | null
  readonly profile: LevelProfile | null
  readonly understood: number
}

/** Reads words as numbers, or in the words of the profile that knows most of them. */
function readWords(words: ReadonlySet<string>, profiles: readonly LevelProfile[]): Read {
  const count = (levelOf: Read['levelOf']) => [...words].filter(word => levelOf(word) !== null).length
  let best: Read = { levelOf: numberedLevel, profile: null, understood: count(numberedLevel) }
  for (const profile of profiles) {
    const names = namesOf(profile)
    const levelOf = (word: string) => names.get(word.toLowerCase()) ?? null
    const understood = count(levelOf)
    if (understood > best.understood) best = { levelOf, profile, understood }
  }
  return best
}

/** @param shapesOf the rows that have a sound outline, by key; asked for when nothing else tells */
export function findLevels(
  rows: readonly GridRow[],
  shapesOf: () => ReadonlyMap<string, Shape>,
  profiles: readonly LevelProfile[],
): FoundLevels {
  const words = new Set(rows.flatMap(({ level }) => level ?? []))
  if (words.size > 0) {
    const { levelOf, profile } = readWords(words, profiles)
    return { by: 'column', profile, ranks: rows.map(({ level }) => (level === null ? null : levelOf(level))) }
  }
  const layers = new Set(rows.map(({ feature }) => layerOf(feature)))
  if (layers.size > 1) {
    const { levelOf, profile, understood } = readWords(layers, profiles)
    if (understood === layers.size)
      return { by: 'layer', profile, ranks: rows.map(({ feature }) => levelOf(layerOf(feature))) }
  }
  const lengths = byCode(rows)
  if (lengths) return { by: 'code', profile: null, ranks: lengths }
  return { by: 'containment', profile: null, ranks: byContainment(rows, shapesOf()) }
}

const MOST_LENGTHS = 4

/** Longer codes lie below shorter ones when most of them begin with one. */
function byCode(rows: readonly GridRow[]): number[] | null {
  if (rows.some(({ code }) => code === null)) return null
  const codes = new Set(rows.map(({ code }) => code!))
  const lengths = [...new Set([...codes].map(code => code.length))].sort((a, b) => a - b)
  if (lengths.length < 2 || lengths.length > MOST_LENGTHS) return null
  const below = [...codes].filter(code => code.length > lengths[0]!)
  const held = below.filter(code => {
    const above = lengths[lengths.indexOf(code.length) - 1]!
    return codes.has(code.slice(0, above))
  })
  if (held.length * 2 < below.length) return null
  return rows.map(({ code }) => lengths.indexOf(code!.length) + 1)
}

/** Positions of an outline that are tried; most must lie in what holds it. */
const TRIED = 16

function byContainment(rows: readonly GridRow[], shapes: ReadonlyMap<string, Shape>): (number | null)[] {
  const known = rows.flatMap((row, at) => {
    const shape = shapes.get(row.key)
    return shape ? [{ at, shape, area: areaSquareMetres(shape), middle: interiorPoint(shape) }] : []
  })
  if (known.length === 0) return rows.map(() => null)
  const index = new Flatbush(known.length)
  for (const { shape } of known) index.add(...bounds(shape))
  index.finish()
  // Larger first; of equals the earlier row holds the later.
  const order = known.map((_, n) => n).sort((p, q) => known[q]!.area - known[p]!.area || p - q)
  const turn = new Int32Array(known.length)
  order.forEach((n, i) => {
    turn[n] = i
  })
  const ranks: (number | null)[] = rows.map(() => null)
  for (const n of order) {
    const { at, shape, middle } = known[n]!
    let rank = 1
    for (const m of index.search(middle[0], middle[1], middle[0], middle[1])) {
      if (turn[m]! >= turn[n]! || !covers(known[m]!.shape, middle)) continue
      if (mostlyIn(shape, known[m]!.shape)) rank = Math.max(rank, ranks[known[m]!.at]! + 1)
    }
    ranks[at] = rank
  }
  return ranks
}

/** Do most positions of an outline, pulled a little inward, lie in another? Neighbours overlap by a rim only. */
function mostlyIn(shape: Shape, holder: Shape): boolean {
  const ring = shape[0]![0]!
  const [x, y] = interiorPoint(shape)
  const step = Math.max(1, Math.floor(ring.length / 2 / TRIED))
  let [inside, tried] = [0, 0]
  for (let i = 0; i < ring.length; i += 2 * step, tried++)
    if (covers(holder, [Math.round((ring[i]! * 3 + x) / 4), Math.round((ring[i + 1]! * 3 + y) / 4)])) inside++
  return inside * 4 > tried * 3
}
