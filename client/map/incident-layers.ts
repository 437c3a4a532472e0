// Incidents on the map: density and points by deck.gl, counted grids in the colours of the tiles themselves.
import type { ExpressionSpecification, Map as MapLibre } from 'maplibre-gl'
import type { IncidentOverlay } from './incident-overlay.ts'
import type { IncidentsOnMap } from './incidents-on-map.ts'
import type { LayerKey, LayerSettings } from './layer-groups.ts'
import type { Palette, Theme } from './palette.ts'

let loaded: typeof import('./incident-overlay.ts') | null = null
/** What draws incidents is no part of the first map. To be awaited before a scene has any. */
export async function loadIncidentOverlay(): Promise<void> {
  loaded ??= await import('./incident-overlay.ts')
}

const overlays = new WeakMap<MapLibre, IncidentOverlay>()

export function drawIncidents(
  map: MapLibre,
  { incidents, theme }: { incidents: IncidentsOnMap | null; theme: Theme },
): void {
  if (!loaded || !map.getLayer(loaded.ABOVE)) return
  const shown = incidents?.as === 'grids' ? null : incidents
  let overlay = overlays.get(map)
  if (!overlay && shown) {
    overlay = new loaded.IncidentOverlay(map)
    overlays.set(map, overlay)
  }
  overlay?.show(shown, theme)
}

/** Incidents that were asked for are still to come. */
export const awaitsIncidents = (map: MapLibre): boolean => overlays.get(map)?.isDrawn === false

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
