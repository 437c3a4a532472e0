// Incidents on the map: density, points, or the colours of counted grids; above the grids, below all names.
import type { ExpressionSpecification, Map as MapLibre } from 'maplibre-gl'
import { HeatLayer, type HeatOnMap } from './heat-layer.ts'
import { IncidentPointsLayer, type PointsOnMap } from './incident-points-layer.ts'
import type { LayerKey, LayerSettings } from './layer-groups.ts'
import type { Palette, Theme } from './palette.ts'

/** Grids coloured by how many incidents lie in them. */
export interface CountedGrids {
  readonly as: 'grids'
  /** How many classes the legend has. */
  readonly classes: number
  /** Of every grid shown its class; -1 has none and keeps a light tint. */
  readonly classOf: ReadonlyMap<string, number>
}

export type IncidentsOnMap = HeatOnMap | PointsOnMap | CountedGrids

/** Everything of ours that lies over it begins with this layer. */
const ABOVE = 'side-fill'

interface Layers {
  heat: HeatLayer
  points: IncidentPointsLayer
}
const layersOf = new WeakMap<MapLibre, Layers>()

function layers(map: MapLibre): Layers {
  let known = layersOf.get(map)
  if (!known) {
    known = { heat: new HeatLayer(), points: new IncidentPointsLayer() }
    layersOf.set(map, known)
  }
  return known
}

export function drawIncidents(
  map: MapLibre,
  { incidents, theme }: { incidents: IncidentsOnMap | null; theme: Theme },
): void {
  if (!map.getLayer(ABOVE)) return
  const { heat, points } = layers(map)
  for (const layer of [heat, points]) {
    if (!map.getLayer(layer.id)) {
      if (incidents) map.addLayer(layer, ABOVE)
    } else map.moveLayer(layer.id, ABOVE)
  }
  heat.show(incidents?.as === 'heat' ? incidents : null, theme)
  points.show(incidents?.as === 'points' ? incidents : null, theme)
}

/** Points of other things, which could be taken for incidents. */
const OTHER_POINTS: readonly LayerKey[] = ['facilities', 'addresses', 'objects']
const QUIET = 0.25

/** What is shown beside incidents recedes. */
export function quietened(settings: LayerSettings): LayerSettings {
  const quiet = { ...settings }
  for (const key of OTHER_POINTS) quiet[key] = { ...quiet[key], opacity: quiet[key].opacity * QUIET }
  return quiet
}

/** Tells the tiles the class of each grid, as far as it differs from what they were told. */
export function drawCounted(map: MapLibre, now: IncidentsOnMap | null, before: IncidentsOnMap | null): void {
  if (now?.as !== 'grids' || !map.getSource('grids')) return
  const told = before?.as === 'grids' ? before.classOf : null
  for (const [id, index] of now.classOf) {
    if (told?.get(id) === index) continue
    map.setFeatureState({ source: 'grids', sourceLayer: 'grids', id }, { class: index })
  }
}

const CLASS: ExpressionSpecification = ['coalesce', ['feature-state', 'class'], -1]
export const hasClass: ExpressionSpecification = ['>=', CLASS, 0]

/** From one end of the ramp to the other. */
export const countColours = ({ ramp }: Palette, classes: number): string[] =>
  Array.from({ length: classes }, (_, index) => {
    const at = classes === 1 ? 0.5 : index / (classes - 1)
    return ramp[Math.round(at * (ramp.length - 1))]!
  })

export function countedFill(palette: Palette, classes: number): ExpressionSpecification {
  const cases = countColours(palette, classes).flatMap((colour, index) => [index, colour])
  return (cases.length > 0
    ? ['match', CLASS, ...cases, palette.grid]
    : ['to-color', palette.grid]) as unknown as ExpressionSpecification
}
