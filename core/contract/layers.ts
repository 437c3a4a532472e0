// The layer catalogue: what can be drawn, with the version that its tiles carry in their address.
import { type Static, Type } from 'typebox'
import { Box } from './geometry.ts'
import { Id } from './text.ts'

export const TILE_LAYERS = [
  'areas',
  'grids',
  'buildings',
  'addresses',
  'facilities',
  'roads',
  'water',
  'green',
  'objects',
] as const
export type TileLayer = (typeof TILE_LAYERS)[number]

export const LayerInfo = Type.Object({
  layer: Type.Enum([...TILE_LAYERS]),
  version: Type.Integer({ description: 'content version; grids: take the revision of the plan instead' }),
  count: Type.Integer(),
  minZoom: Type.Integer({ description: 'below this zoom its tiles are empty' }),
  tiles: Type.String({ description: 'URL template' }),
})
export type LayerInfo = Static<typeof LayerInfo>

export const DemoPlace = Type.Object({
  county: Type.String(),
  place: Type.String({ description: 'what `huage demo` calls it' }),
  name: Type.String(),
})
export type DemoPlace = Static<typeof DemoPlace>

export const NamedLayer = Type.Object({
  id: Id,
  county: Type.String(),
  name: Type.String(),
  geometry: Type.Union([
    Type.Literal('point'),
    Type.Literal('line'),
    Type.Literal('polygon'),
    Type.Literal('mixed'),
  ]),
  count: Type.Integer(),
  version: Type.Integer(),
  minZoom: Type.Integer(),
  tiles: Type.String({ description: 'URL template; the layer within a tile is called by the id' }),
  bbox: Type.Union([Box, Type.Null()]),
})
export type NamedLayer = Static<typeof NamedLayer>

export const LayerCatalogue = Type.Object({
  layers: Type.Array(LayerInfo),
  named: Type.Array(NamedLayer, { description: 'layers that were brought in under a name' }),
  demo: Type.Array(DemoPlace, {
    description: 'generated places: whatever is of these counties is shown with the mark 演示数据',
  }),
  bbox: Type.Union([Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number()]), Type.Null()]),
  attribution: Type.Array(Type.String()),
})
export type LayerCatalogue = Static<typeof LayerCatalogue>
