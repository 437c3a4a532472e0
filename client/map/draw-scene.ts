// Brings a scene onto the map: the only place that changes the map, and it changes only what differs.
import type { Feature, FeatureCollection, Geometry } from 'geojson'
import {
  type GeoJSONSource,
  type LayerSpecification,
  type Map as MapLibre,
  VectorTileSource,
} from 'maplibre-gl'
import type { LayerCatalogue } from '../../core/contract/layers.ts'
import { fileFeatures } from './file-layers.ts'
import { drawCounted, drawIncidents, quietened } from './incident-layers.ts'
import { gridNames } from './label-layers.ts'
import { coverOf } from './levels.ts'
import { isNamedSource, namedLayers, namedSource, namedSourceId } from './named-layers.ts'
import { changeTiles, styleChanged } from './new-tiles.ts'
import type { Scene } from './scene.ts'
import { absolute, gridSource, gridTiles, styleLayers, tileSource } from './style.ts'

const feature = (geometry: Geometry, properties: Record<string, unknown>): Feature => ({
  type: 'Feature',
  geometry,
  properties,
})
const collection = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features })

function show(map: MapLibre, source: string, data: FeatureCollection): void {
  map.getSource<GeoJSONSource>(source)?.setData(data)
}

function removeSource(map: MapLibre, source: string): void {
  for (const layer of map.getStyle().layers) {
    if ('source' in layer && layer.source === source) map.removeLayer(layer.id)
  }
  if (map.getSource(source)) map.removeSource(source)
}

/** Layers that were brought in under a name come, change and go. */
function drawNamedSources(map: MapLibre, named: LayerCatalogue['named']): void {
  const wanted = new Set(named.map(({ id }) => namedSourceId(id)))
  for (const source of Object.keys(map.getStyle().sources)) {
    if (isNamedSource(source) && !wanted.has(source)) removeSource(map, source)
  }
  for (const layer of named) {
    const id = namedSourceId(layer.id)
    const tiles = absolute(layer.tiles)
    const present = map.getSource(id)
    if (!present) map.addSource(id, namedSource(tiles))
    else if (present instanceof VectorTileSource && present.tiles[0] !== tiles) changeTiles(map, id, tiles)
  }
}

/** Tile sources as the catalogue has them, and the grids of the plan at its revision. */
function drawSources(map: MapLibre, scene: Scene, before: Scene | null): void {
  if (scene.catalogue && scene.catalogue !== before?.catalogue) {
    const attribution = scene.catalogue.attribution.join(' · ')
    for (const info of scene.catalogue.layers) {
      if (info.layer === 'grids') continue
      const source = tileSource(info, attribution)
      const present = map.getSource(info.layer)
      if (!present) map.addSource(info.layer, source)
      else if (
        present instanceof VectorTileSource &&
        'tiles' in source &&
        source.tiles?.[0] !== present.tiles[0]
      ) {
        changeTiles(map, info.layer, source.tiles?.[0] ?? '')
      }
    }
    drawNamedSources(map, scene.catalogue.named)
  }
  if (scene.plan?.id !== before?.plan?.id) {
    removeSource(map, 'grids')
    if (scene.plan) map.addSource('grids', gridSource({ ...scene, plan: scene.plan }))
  } else if (
    scene.plan &&
    (scene.plan.revision !== before?.plan?.revision || scene.chosenLevel !== before?.chosenLevel)
  ) {
    changeTiles(map, 'grids', gridTiles({ ...scene, plan: scene.plan }))
  }
}

function paint(map: MapLibre, layer: LayerSpecification): void {
  for (const [property, value] of Object.entries(layer.paint ?? {})) {
    map.setPaintProperty(layer.id, property as Parameters<MapLibre['setPaintProperty']>[1], value)
  }
}

/** Layers whose source is there, in their order, with paint and visibility brought up to date. */
function drawLayers(map: MapLibre, scene: Scene): void {
  const counted = scene.incidents?.as === 'grids' ? scene.incidents.classes : null
  const settings = scene.incidents ? quietened(scene.layers) : scene.layers
  const wanted = styleLayers(
    scene.theme,
    settings,
    { ...scene, counted },
    namedLayers(scene.catalogue, scene.theme, scene.named),
  ).filter(layer => !('source' in layer) || map.getSource(layer.source as string))
  let above: string | undefined
  for (const layer of [...wanted].reverse()) {
    if (!map.getLayer(layer.id)) map.addLayer(layer, above)
    else {
      paint(map, layer)
      if (layer.layout?.visibility) map.setLayoutProperty(layer.id, 'visibility', layer.layout.visibility)
    }
    above = layer.id
    if ('source' in layer) styleChanged(map, layer.source)
  }
}

function drawStates(map: MapLibre, scene: Scene, before: Scene | null): void {
  if (!map.getSource('grids')) return
  const fresh = scene.plan?.id !== before?.plan?.id
  const mark = (id: string, state: Record<string, boolean>) =>
    map.setFeatureState({ source: 'grids', sourceLayer: 'grids', id }, state)
  const move = (name: string, from: readonly string[], to: readonly string[]) => {
    if (!fresh) for (const id of from) if (!to.includes(id)) mark(id, { [name]: false })
    for (const id of to) if (fresh || !from.includes(id)) mark(id, { [name]: true })
  }
  const one = (id: string | null | undefined) => (id ? [id] : [])
  move('selected', one(before?.selected), one(scene.selected))
  move('cut', one(before?.cutting), one(scene.cutting))
  move('hover', one(before?.hovered), one(scene.hovered))
  move('picked', before?.picked ?? [], scene.picked)
}

/** Numbers that tiles do not hold, as states of the grids. */
function drawValues(map: MapLibre, scene: Scene, before: Scene | null): void {
  if (!map.getSource('grids')) return
  const values = scene.colouring?.values
  const fresh = scene.plan?.id !== before?.plan?.id
  const mark = (id: string, state: Record<string, boolean | number>) =>
    map.setFeatureState({ source: 'grids', sourceLayer: 'grids', id }, state)
  for (const id of (!fresh && before?.colouring?.values?.keys()) || []) {
    if (!values?.has(id)) mark(id, { counted: false })
  }
  for (const [id, value] of values ?? []) mark(id, { counted: true, value })
}

function drawSides(map: MapLibre, { sides }: Scene): void {
  const features = sides.flatMap(({ side, geometry, at, text }) => [
    feature(geometry, { side }),
    feature({ type: 'Point', coordinates: at }, { side, text }),
  ])
  show(map, 'sides', collection(features))
}

function drawDraft(map: MapLibre, { draft, snap }: Scene): void {
  const features: Feature[] = []
  if (draft) {
    const points = draft.ring && draft.points[0] ? [...draft.points, draft.points[0]] : draft.points
    const line = draft.course ?? points
    if (line.length > 1) {
      features.push(feature({ type: 'LineString', coordinates: line.map(p => [...p]) }, { part: 'line' }))
    }
    const last = draft.points.at(-1)
    if (last && draft.cursor && !draft.course) {
      features.push(feature({ type: 'LineString', coordinates: [last, draft.cursor] }, { part: 'reach' }))
    }
    for (const point of draft.points) {
      features.push(feature({ type: 'Point', coordinates: point }, { part: 'point' }))
    }
  }
  if (snap) features.push(feature({ type: 'Point', coordinates: snap.at }, { part: 'snap', kind: snap.kind }))
  show(map, 'draft', collection(features))
}

function drawQuery(map: MapLibre, { query }: Scene): void {
  const features: Feature[] = []
  if (query) {
    const { shape, origin, points, chosen } = query
    if (shape) features.push(feature(shape, { part: 'shape' }))
    if (origin) features.push(feature({ type: 'Point', coordinates: origin }, { part: 'origin' }))
    for (const { id, at } of points) {
      features.push(feature({ type: 'Point', coordinates: at }, { part: 'row', id, chosen: id === chosen }))
    }
  }
  show(map, 'query', collection(features))
}

/** Draws `scene`; `before` is what was drawn last on this map. */
export function drawScene(map: MapLibre, scene: Scene, before: Scene | null): void {
  const changed = (...keys: (keyof Scene)[]) => !before || keys.some(key => scene[key] !== before[key])
  if (changed('catalogue', 'plan', 'chosenLevel')) drawSources(map, scene, before)
  const classes = (of: Scene | null) => (of?.incidents?.as === 'grids' ? of.incidents.classes : null)
  const restyled =
    changed('catalogue', 'theme', 'layers', 'named', 'chosenLevel', 'colouring') ||
    classes(scene) !== classes(before) ||
    (scene.incidents === null) !== (before?.incidents == null)
  if (restyled || scene.plan?.id !== before?.plan?.id) drawLayers(map, scene)
  if (changed('catalogue', 'plan', 'level') && map.getLayer('grid-fill')) {
    map.setFilter('grid-fill', coverOf(scene.level))
    styleChanged(map, 'grids')
  }
  if (changed('plan', 'selected', 'cutting', 'hovered', 'picked')) drawStates(map, scene, before)
  if (changed('plan', 'colouring')) drawValues(map, scene, before)
  if (changed('unnamed', 'catalogue') && map.getLayer('grid-name')) {
    map.setFilter('grid-name', gridNames(scene.unnamed))
  }
  if (changed('selectedOutline')) {
    const { geometry, level } = scene.selectedOutline ?? {}
    show(map, 'chosen', collection(geometry ? [feature(geometry, { level })] : []))
  }
  if (changed('sides')) drawSides(map, scene)
  if (changed('draft', 'snap')) drawDraft(map, scene)
  if (changed('vertices')) {
    show(
      map,
      'vertices',
      collection(scene.vertices.map(at => feature({ type: 'Point', coordinates: at }, {}))),
    )
  }
  if (changed('query')) drawQuery(map, scene)
  if (changed('file')) show(map, 'file', fileFeatures(scene.file))
  if (restyled || changed('plan', 'incidents')) drawIncidents(map, scene)
  if (changed('plan', 'incidents')) {
    drawCounted(
      map,
      scene.incidents,
      scene.plan?.id === before?.plan?.id ? (before?.incidents ?? null) : null,
    )
  }
  if (changed('outline')) show(map, 'outline', collection(scene.outline ? [feature(scene.outline, {})] : []))
  if (changed('drawing', 'canGrab')) {
    map.getCanvas().style.cursor = scene.canGrab ? 'move' : scene.drawing ? 'crosshair' : ''
    if (scene.drawing) map.doubleClickZoom.disable()
    else map.doubleClickZoom.enable()
  }
}
