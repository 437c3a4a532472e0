// Which generated places the page shows: all that the map can show, and the one whose plan is open.
import type { LayerCatalogue } from '../../core/contract/layers.ts'
import type { Plan } from '../../core/contract/plans.ts'

export function demoNames(catalogue: LayerCatalogue | undefined, plan: Plan | undefined): string[] {
  const places = catalogue?.demo ?? []
  const names = places.map(place => place.name)
  const isNamed = places.some(place => place.county === plan?.county)
  return plan?.demo && !isNamed ? [...names, plan.areaName] : names
}
