// The trees of categories with what is chosen in them: a choice stands for everything below it.
import type { IncidentCategory } from '../../core/contract/incidents.ts'

type Category = Pick<IncidentCategory, 'category' | 'parent'>

export interface CategoryRow {
  readonly category: IncidentCategory
  readonly index: number
  readonly depth: number
  readonly isParent: boolean
}

const childrenOf = <C extends Category>(all: readonly C[], parent: string | null): C[] =>
  all.filter(one => one.parent === parent)

/** From the category itself to the top. */
export function pathOf<C extends Category>(all: readonly C[], category: string): C[] {
  const path: C[] = []
  let at = all.find(one => one.category === category)
  while (at && !path.includes(at)) {
    path.push(at)
    const { parent } = at
    at = parent === null ? undefined : all.find(one => one.category === parent)
  }
  return path
}

export type Check = 'yes' | 'part' | 'no'

/** Chosen itself or through one above it; or only something below it. */
export function checkOf(all: readonly Category[], chosen: readonly string[], category: string): Check {
  if (pathOf(all, category).some(one => chosen.includes(one.category))) return 'yes'
  return chosen.some(one => pathOf(all, one).some(above => above.category === category)) ? 'part' : 'no'
}

/** Adds a category, or takes it out; what else a choice above it stood for stays chosen. */
export function toggled(all: readonly Category[], chosen: readonly string[], category: string): string[] {
  const path = pathOf(all, category)
  const above = path.findIndex(one => chosen.includes(one.category))
  if (above < 0) {
    const rest = chosen.filter(one => !pathOf(all, one).some(other => other.category === category))
    return [...rest, category]
  }
  const rest = chosen.filter(one => one !== path[above]!.category)
  const others = path
    .slice(0, above)
    .flatMap(one => childrenOf(all, one.parent).filter(other => other.category !== one.category))
  return [...rest, ...others.map(one => one.category)]
}

/** The rows to show: those whose parents stand open, or all that match with what is above them. */
export function rowsOf(
  all: readonly IncidentCategory[],
  open: ReadonlySet<string>,
  search: string,
  nameOf: (one: IncidentCategory) => string,
): CategoryRow[] {
  const wanted = search.trim().toLowerCase()
  const matching = new Set(
    wanted
      ? all
          .filter(one => nameOf(one).toLowerCase().includes(wanted))
          .flatMap(one => pathOf(all, one.category).map(above => above.category))
      : [],
  )
  const numbers = new Map(all.map((one, index) => [one.category, index]))
  const under = (parent: string | null, depth: number): CategoryRow[] =>
    childrenOf(all, parent).flatMap(category => {
      if (wanted && !matching.has(category.category)) return []
      const below = childrenOf(all, category.category)
      const row = {
        category,
        index: numbers.get(category.category) ?? 0,
        depth,
        isParent: below.length > 0,
      }
      const isOpen = wanted ? true : open.has(category.category)
      return [row, ...(isOpen ? under(category.category, depth + 1) : [])]
    })
  return under(null, 0)
}
