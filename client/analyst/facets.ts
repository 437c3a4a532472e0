// What a choice of category, status or source would show: counts of each, by what the other filters let through.
import type { IncidentCategory } from '../../core/contract/incidents.ts'
import { INCIDENT_SOURCES, INCIDENT_STATUSES } from '../../core/contract/incidents.ts'
import { type Allowed, partsOf } from '../../core/incidents/filter.ts'

export interface Facets {
  /** By index of the category; of one that is divided all below it. */
  readonly categories: readonly number[]
  readonly statuses: readonly number[]
  readonly sources: readonly number[]
}

export function facetsOf(
  kinds: Uint32Array,
  categories: readonly IncidentCategory[],
  allowed: Pick<Allowed, 'categories' | 'statuses' | 'sources'>,
): Facets {
  const ofCategory = categories.map(() => 0)
  const statuses = INCIDENT_STATUSES.map(() => 0)
  const sources = INCIDENT_SOURCES.map(() => 0)
  for (const [kind, count] of kinds.entries()) {
    if (count === 0) continue
    const { category, status, source } = partsOf(kind)
    const is = {
      category: allowed.categories[category] === 1,
      status: allowed.statuses[status] === 1,
      source: allowed.sources[source] === 1,
    }
    if (is.status && is.source) ofCategory[category]! += count
    if (is.category && is.source) statuses[status]! += count
    if (is.category && is.status) sources[source]! += count
  }
  const numbers = new Map(categories.map((one, index) => [one.category, index]))
  const sums = [...ofCategory]
  for (const [index, count] of ofCategory.entries()) {
    let above = categories[index]?.parent ?? null
    for (let depth = 0; above !== null && count > 0 && depth < categories.length; depth++) {
      const at = numbers.get(above)
      if (at === undefined) break
      sums[at]! += count
      above = categories[at]!.parent
    }
  }
  return { categories: sums, statuses, sources }
}
