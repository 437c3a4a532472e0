// Search: one box for grids, addresses, buildings, facilities, organisations, staff, areas and incidents.
import { type Static, Type } from 'typebox'
import { Box, Place } from './geometry.ts'
import { County, Id, orNull } from './text.ts'

export const SEARCH_KINDS = [
  'grid',
  'area',
  'address',
  'building',
  'facility',
  'organisation',
  'staff',
  'incident',
] as const
export type SearchKind = (typeof SEARCH_KINDS)[number]

export const SearchQuery = Type.Object({
  q: Type.String({
    maxLength: 100,
    description: 'part of a name or address, a code or number, or the first letters of its pinyin',
  }),
  plan: Type.Optional(
    Type.String({
      format: 'uuid',
      description: 'its county, and its grids rather than those of other plans',
    }),
  ),
  county: Type.Optional(County),
  kind: Type.Optional(Type.Array(Type.Enum([...SEARCH_KINDS]), { maxItems: SEARCH_KINDS.length })),
  limit: Type.Integer({ minimum: 1, maximum: 20, default: 20 }),
})
export type SearchQuery = Static<typeof SearchQuery>

export const SearchResult = Type.Object({
  kind: Type.Enum([...SEARCH_KINDS]),
  id: Type.String({ description: 'of an area its code' }),
  name: Type.String(),
  context: Type.String({
    description: 'what tells it from others: code, address, role and grid, kind, day; may be empty',
  }),
  place: orNull(Place),
  bbox: orNull(Box),
  plan: Type.Union([Id, Type.Null()], { description: 'of a grid, or of the grid a post is on' }),
  grid: Type.Union([Id, Type.Null()], { description: 'of staff: the grid of their first post' }),
})
export type SearchResult = Static<typeof SearchResult>

export const SearchReply = Type.Object({
  q: Type.String(),
  results: Type.Array(SearchResult, { description: 'best first' }),
})
export type SearchReply = Static<typeof SearchReply>
