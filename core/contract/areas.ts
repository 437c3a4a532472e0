// Administrative divisions 行政区.
import { type Static, Type } from 'typebox'
import { Box, MultiPolygon, Outline } from './geometry.ts'
import { Name } from './text.ts'

export const AreaCode = Type.String({
  pattern: '^[0-9]{6}([0-9]{3}([0-9]{3})?)?$',
  description: '6 digits (county), 9 (town or street) or 12 (village or community)',
})

export const Area = Type.Object({
  code: AreaCode,
  name: Type.String(),
  county: Type.String(),
  parent: Type.Union([AreaCode, Type.Null()]),
  local: Type.Boolean({ description: 'the code is private, not a national one' }),
  source: Type.String(),
  bbox: Box,
  areaSquareMetres: Type.Number(),
  demo: Type.Boolean({ description: 'of a generated place: shown with the mark 演示数据' }),
})
export type Area = Static<typeof Area>

export const AreaDetail = Type.Object({
  ...Area.properties,
  geometry: MultiPolygon,
  persons: Type.Integer(),
  households: Type.Integer(),
  buildings: Type.Integer(),
  synthetic: Type.Boolean({ description: 'the people were spread from a total, not counted' }),
})
export type AreaDetail = Static<typeof AreaDetail>

export const NewArea = Type.Object(
  {
    name: Name,
    code: Type.Optional(AreaCode),
    geometry: Outline,
  },
  { additionalProperties: false },
)
export type NewArea = Static<typeof NewArea>
