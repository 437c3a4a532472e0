// Which of the four levels of grids the map shows at a zoom, and which of them its tiles hold.
import type { ExpressionSpecification } from 'maplibre-gl'
import { LEVELS, type Level } from '../../core/topology/model.ts'

/** The level the user chose, or null: as suits the zoom. */
export type ChosenLevel = Level | null

/** From which zoom a level is shown unless one is chosen. */
const FROM_ZOOM: Record<Level, number> = { 1: 0, 2: 12.5, 3: 14, 4: 15.5 }
/** Borders of a level appear over so many zooms around its own. */
const FADE = 0.3

/** The deepest level shown. */
export function shownLevel(zoom: number, chosen: ChosenLevel): Level {
  return chosen ?? LEVELS.findLast(level => zoom >= FROM_ZOOM[level]) ?? 1
}

/** The grids that cover the ground once at a level: its own, and shallower ones that have no children. */
export const isShownAt = (grid: { level: number; leaf: boolean }, level: Level): boolean =>
  grid.level === level || (grid.leaf && grid.level < level)

export const coverOf = (level: Level): ExpressionSpecification => [
  'any',
  ['==', ['get', 'level'], level],
  ['all', ['==', ['get', 'leaf'], true], ['<', ['get', 'level'], level]],
]

export const byLevel = (values: Record<Level, number>): ExpressionSpecification => [
  'match',
  ['get', 'level'],
  1,
  values[1],
  2,
  values[2],
  3,
  values[3],
  values[4],
]

/** How strongly borders are drawn: deeper levels come in as there is room for them, or as chosen. */
export function borderOpacity(chosen: ChosenLevel): ExpressionSpecification {
  const upTo = (deepest: number) =>
    byLevel({ 1: 1, 2: deepest >= 2 ? 1 : 0, 3: deepest >= 3 ? 1 : 0, 4: deepest >= 4 ? 1 : 0 })
  if (chosen !== null) return upTo(chosen)
  const stops = ([2, 3, 4] as const).flatMap(level => [
    FROM_ZOOM[level] - FADE,
    upTo(level - 1),
    FROM_ZOOM[level] + FADE,
    upTo(level),
  ])
  return ['interpolate', ['linear'], ['zoom'], ...stops] as unknown as ExpressionSpecification
}

/** Tiles of low zooms leave out deep levels (server/layers): how deep those of a zoom go. */
const TILES_HOLD: readonly (readonly [fromZoom: number, deepest: Level])[] = [
  [13, 4],
  [12, 3],
  [11, 2],
]

/** 1 at the zooms whose tiles do not hold a grid of this level, else 0: then its outline is drawn from its card. */
export function missingInTiles(chosen: ChosenLevel): ExpressionSpecification {
  const deeperThan = (deepest: number): ExpressionSpecification => [
    'case',
    ['>', ['get', 'level'], deepest],
    1,
    0,
  ]
  if (chosen !== null) return deeperThan(chosen)
  const stops = [...TILES_HOLD].reverse().flatMap(([zoom, deepest]) => [zoom, deeperThan(deepest)])
  return ['step', ['zoom'], deeperThan(1), ...stops] as unknown as ExpressionSpecification
}
