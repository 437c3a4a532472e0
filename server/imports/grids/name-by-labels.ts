// Grids of a drawing have no columns: their codes and names are texts that stand inside them.
import Flatbush from 'flatbush'
import { areaSquareMetres, bounds, covers, type Position, type Shape } from '../../../core/topology/index.ts'
import type { SourceFeature } from '../source-feature.ts'
import { layerOf, numberedLevel } from './find-levels.ts'
import type { Placed } from './find-parents.ts'
import type { GridRow } from './read-grid.ts'

export const isLabel = ({ shape, tags }: SourceFeature): boolean =>
  shape?.kind === 'point' && tags.SubClasses?.startsWith('AcDb') === true && Boolean(tags.Text?.trim())

/** A code in front of a name, or one of them: `51012410100101 一网格`. */
function read(text: string): { code: string | null; name: string | null } {
  const plain = text.replace(/\s+/g, ' ').trim()
  const [, code, name] = /^(\d{6,})?[ _-]*(.*)$/.exec(plain)!
  return { code: code ?? null, name: name || null }
}

/** Parts of one grid are drawn one by one, each with its code. */
function together(rows: readonly Placed[]): Placed[] {
  const whole = new Map<string, Placed>()
  for (const row of rows) {
    const mine = row.code === null ? row.key : `${row.at} ${row.code}`
    const others = whole.get(mine)?.geometry.coordinates ?? []
    const coordinates = [...others, ...row.geometry.coordinates]
    whole.set(mine, { ...(whole.get(mine) ?? row), geometry: { type: 'MultiPolygon', coordinates } })
  }
  return [...whole.values()]
}

/**
 * Each text is of the grid that it stands in, at the level its layer names, else of the smallest. A grid that has a code or
 * a name of its own keeps it, and of two texts in one grid the first counts.
 */
export function nameByLabels(
  rows: readonly Placed[],
  labels: readonly SourceFeature[],
  shapesOf: (rows: readonly GridRow[]) => ReadonlyMap<string, Shape>,
): readonly Placed[] {
  if (labels.length === 0) return rows
  const shapes = shapesOf(rows)
  const nameless = rows.flatMap((row, at) => {
    const shape = shapes.get(row.key)
    return shape && row.code === null && row.name === null
      ? [{ at, row, shape, size: areaSquareMetres(shape) }]
      : []
  })
  if (nameless.length === 0) return rows
  const index = new Flatbush(nameless.length)
  for (const { shape } of nameless) index.add(...bounds(shape))
  index.finish()
  const named = [...rows]
  for (const label of labels) {
    const [x, y] = label.shape!.parts[0]![0]!
    const point: Position = [x!, y!]
    const level = numberedLevel(layerOf(label))
    const around = index
      .search(point[0], point[1], point[0], point[1])
      .map(n => nameless[n]!)
      .filter(({ at, shape }) => named[at] === rows[at] && covers(shape, point))
      .sort((a, b) => a.size - b.size || b.row.at - a.row.at)
    const holder = around.find(({ row }) => row.at === level) ?? (level === null ? around[0] : undefined)
    if (holder) named[holder.at] = { ...holder.row, ...read(label.tags.Text!) }
  }
  return together(named)
}
