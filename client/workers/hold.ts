// What the page must know of the incidents that the worker holds: how many, when, and where to draw them.
import type { IncidentColumns } from '../../core/contract/incident-columns.ts'
import type { IncidentCategory } from '../../core/contract/incidents.ts'
import type { IncidentBook } from '../../core/incidents/book.ts'
import { dayOf } from '../../core/incidents/calendar.ts'
import { radiiFor } from '../../core/incidents/raster.ts'
import { LATTICE } from '../../core/topology/model.ts'
import type { Held, NearIncident, PointCloud } from './heat-messages.ts'

/** Of each category the one at the top above it, by index. */
export function topsOf(categories: readonly IncidentCategory[]): number[] {
  const numbers = new Map(categories.map((one, index) => [one.category, index]))
  return categories.map((_, index) => {
    let at = index
    for (let depth = 0; depth < categories.length; depth++) {
      const { parent } = categories[at]!
      const above = parent === null ? undefined : numbers.get(parent)
      if (above === undefined) break
      at = above
    }
    return at
  })
}

function pointsOf(columns: IncidentColumns, tops: readonly number[], topOf: readonly number[]): PointCloud {
  const { x: xs, y: ys, count, category } = columns
  const places = new Float64Array(2 * count)
  for (let row = 0; row < count; row++) {
    places[2 * row] = xs[row]! / LATTICE
    places[2 * row + 1] = ys[row]! / LATTICE
  }
  const numbers = topOf.map(top => tops.indexOf(top))
  return {
    places,
    status: columns.status.slice(),
    top: Uint8Array.from(category, one => numbers[one]!),
  }
}

export function held(book: IncidentBook): Held {
  const { columns, box } = book
  const { county, version, event, on, moment, turns, demo, unplaced, categories, count, time } = columns
  const topOf = topsOf(categories)
  const tops = [...new Set(topOf)].sort((a, b) => a - b)
  return {
    head: { county, version, event, on, moment, turns, demo, unplaced, categories },
    count,
    days: count > 0 ? [dayOf(time[0]!), dayOf(time[count - 1]!)] : null,
    radii: box ? radiiFor(box) : [],
    tops,
    points: pointsOf(columns, tops, topOf),
  }
}

export const nearIncident = (columns: IncidentColumns, row: number): NearIncident => ({
  row,
  time: columns.time[row]!,
  x: columns.x[row]!,
  y: columns.y[row]!,
  category: columns.category[row]!,
  status: columns.status[row]!,
  source: columns.source[row]!,
})
