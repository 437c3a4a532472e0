// Which incidents are wanted: by category, status and source (together a kind), and by hour of the week (a slot).
import {
  INCIDENT_SOURCES,
  INCIDENT_STATUSES,
  type IncidentCategory,
  type IncidentSource,
  type IncidentStatus,
} from '../contract/incidents.ts'
import { type Block, isInBlock, SLOTS } from './calendar.ts'

export interface Filter {
  /** Any of these, or below them in the tree; none: all. */
  readonly categories: readonly string[]
  readonly statuses: readonly IncidentStatus[]
  readonly sources: readonly IncidentSource[]
  readonly block: Block | null
}
export const EVERYTHING: Filter = { categories: [], statuses: [], sources: [], block: null }

const STATUSES = INCIDENT_STATUSES.length
const SOURCES = INCIDENT_SOURCES.length
const KINDS_OF_CATEGORY = STATUSES * SOURCES

/** What an incident fails by; both may be set. */
export const FAILS_KIND = 1
export const FAILS_SLOT = 2

interface Kinds {
  readonly category: ArrayLike<number>
  readonly status: ArrayLike<number>
  readonly source: ArrayLike<number>
}

/** Two bytes where they are enough: a pass over a million reads half as much. */
export type KindOfEach = Uint16Array | Uint32Array

export function kindsOf({ category, status, source }: Kinds, categories: number): KindOfEach {
  const isSmall = kindCount(categories) <= 2 ** 16
  const kinds = new (isSmall ? Uint16Array : Uint32Array)(category.length)
  for (let row = 0; row < kinds.length; row++) {
    kinds[row] = category[row]! * KINDS_OF_CATEGORY + status[row]! * SOURCES + source[row]!
  }
  return kinds
}
export const kindCount = (categories: number): number => categories * KINDS_OF_CATEGORY
export const partsOf = (kind: number): { category: number; status: number; source: number } => ({
  category: Math.floor(kind / KINDS_OF_CATEGORY),
  status: Math.floor(kind / SOURCES) % STATUSES,
  source: kind % SOURCES,
})

/** Chosen categories and everything below them, by index. */
export function categoriesUnder(
  categories: readonly IncidentCategory[],
  chosen: readonly string[],
): Uint8Array {
  const numbers = new Map(categories.map((one, index) => [one.category, index]))
  const wanted = new Set(chosen)
  return Uint8Array.from(categories, one => {
    let at: IncidentCategory | undefined = one
    for (let depth = 0; at && depth < categories.length; depth++) {
      if (wanted.has(at.category)) return 1
      at = at.parent === null ? undefined : categories[numbers.get(at.parent) ?? -1]
    }
    return 0
  })
}

const chosenIn = <T>(all: readonly T[], chosen: readonly T[]): Uint8Array =>
  Uint8Array.from(all, one => (chosen.length === 0 || chosen.includes(one) ? 1 : 0))

/** What each of three questions allows, by index. */
export interface Allowed {
  readonly categories: Uint8Array
  readonly statuses: Uint8Array
  readonly sources: Uint8Array
  readonly slots: Uint8Array
}

export function allowedBy(filter: Filter, categories: readonly IncidentCategory[]): Allowed {
  return {
    categories:
      filter.categories.length === 0
        ? new Uint8Array(categories.length).fill(1)
        : categoriesUnder(categories, filter.categories),
    statuses: chosenIn(INCIDENT_STATUSES, filter.statuses),
    sources: chosenIn(INCIDENT_SOURCES, filter.sources),
    slots: Uint8Array.from({ length: SLOTS }, (_, slot) =>
      !filter.block || isInBlock(filter.block, slot) ? 1 : 0,
    ),
  }
}

/** For every row by what it fails; 0 passes. Worked out once for a filter, so that moving the window costs nothing here. */
export function failsOf(kinds: KindOfEach, slots: Uint8Array, allowed: Allowed): Uint8Array {
  const kindFails = Uint8Array.from({ length: kindCount(allowed.categories.length) }, (_, kind) => {
    const { category, status, source } = partsOf(kind)
    const passes = allowed.categories[category]! & allowed.statuses[status]! & allowed.sources[source]!
    return passes ? 0 : FAILS_KIND
  })
  const slotFails = allowed.slots.map(passes => (passes ? 0 : FAILS_SLOT))
  const fails = new Uint8Array(kinds.length)
  for (let row = 0; row < fails.length; row++) fails[row] = kindFails[kinds[row]!]! | slotFails[slots[row]!]!
  return fails
}
