// What somebody's grids come to before anything is written: read, placed at levels, their ground repaired in a thread.
import type { LevelProfile } from '../../../core/contract/plans.ts'
import {
  cleanOutline,
  isRefusal,
  type Level,
  type Position,
  type Repaired,
  type Shape,
} from '../../../core/topology/index.ts'
import type { Tx } from '../../db/database.ts'
import { Columns } from '../column-roles.ts'
import type { Reason, SourceFeature } from '../source-feature.ts'
import { UnreadableFile } from '../unreadable.ts'
import { type KnownArea, knownArea } from './area-of-grids.ts'
import { profilesFor } from './choose-profile.ts'
import { type FoundLevels, findLevels } from './find-levels.ts'
import { findParents, type Placed } from './find-parents.ts'
import type { GridImportOptions } from './import-grids.ts'
import { isLabel, nameByLabels } from './name-by-labels.ts'
import { type GridRow, kindOf, readGrid } from './read-grid.ts'
import { repairInThread } from './repair-in-thread.ts'
import { reasonOf } from './words.ts'

export interface PreparedGrids {
  readonly read: number
  readonly rejected: readonly { readonly feature: SourceFeature; readonly why: Reason }[]
  readonly profiles: readonly LevelProfile[]
  readonly found: FoundLevels
  readonly known: KnownArea | { readonly code: string | undefined }
  readonly repaired: Repaired
  readonly rows: ReadonlyMap<string, Placed>
}

/** More than this many grids are no plan of a county. */
const MOST_GRIDS = 100_000

/**
 * Reads the database in short transactions, so that nobody waits while the ground is repaired. Throws `UnreadableFile` when
 * nothing can be made of the features. A grid that cannot be taken is in `rejected` with its reason.
 */
export async function prepareGrids(
  reading: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
  features: Iterable<SourceFeature>,
  options: GridImportOptions,
): Promise<PreparedGrids> {
  const { onProgress: say = () => undefined, signal } = options
  const rejected: { feature: SourceFeature; why: Reason }[] = []
  const rows: GridRow[] = []
  let read = 0
  const labels: SourceFeature[] = []
  const columns = new Columns('grids', options.map ?? {})
  for (const feature of features) {
    if (isLabel(feature)) {
      labels.push(feature)
      continue
    }
    read++
    const row = feature.problem ?? readGrid(feature, `${read}`, columns)
    if ('key' in row) rows.push(row)
    else rejected.push({ feature, why: row })
  }
  if (rows.length > MOST_GRIDS) throw tooMany(rows.length)

  const profiles = await reading(tx => profilesFor(tx, options.profile))
  say({ zh: '确定层级和上级', en: 'Finding levels and parents' }, 0.2)
  const found = findLevels(rows, () => soundShapes(rows), profiles)
  const placed = nameByLabels(
    placeRows(rows, found, (row, why) => rejected.push({ feature: row.feature, why })),
    labels,
    soundShapes,
  )
  signal?.throwIfAborted()
  const known = await reading(tx =>
    knownArea(
      tx,
      options.area,
      placed.flatMap(({ at, code }) => (at === 1 ? [code] : [])),
    ),
  )
  say({ zh: '修复边界', en: 'Repairing the borders' }, 0.3)
  const parents = findParents(placed)
  const { repaired, fault } = await repairInThread(
    {
      ground: 'outline' in known ? known.outline : null,
      given: placed.map(row => ({
        key: row.key,
        level: row.at,
        parent: parents.get(row.key),
        code: row.code ?? '',
        name: row.name ?? '',
        kind: kindOf(row.kind) ?? 'basic',
        geometry: row.geometry,
      })),
    },
    signal,
  )
  if (!repaired) throw notRepaired(fault)
  const byKey = new Map(placed.map(row => [row.key, row]))
  for (const one of repaired.rejected)
    rejected.push({ feature: byKey.get(one.key)!.feature, why: reasonOf(one) })
  if (repaired.grids.length === 0) throw nothingLeft(read)
  return { read, rejected, profiles, found, known, repaired, rows: byKey }
}

/** The outlines that can be read at all; the others are told when the borders are repaired. */
function soundShapes(rows: readonly GridRow[]): Map<string, Shape> {
  const shapes = new Map<string, Shape>()
  for (const { key, geometry } of rows) {
    const clean = cleanOutline(geometry)
    if (!isRefusal(clean)) shapes.set(key, clean.shape)
  }
  return shapes
}

const LEVELS: readonly Level[] = [1, 2, 3, 4]

/** The levels a file uses, from the top: one that calls its levels 3, 4 and 5 has three. */
function placeRows(
  rows: readonly GridRow[],
  { ranks, by }: FoundLevels,
  reject: (row: GridRow, why: Reason) => void,
): Placed[] {
  const used = [...new Set(ranks.filter(rank => rank !== null))].sort((a, b) => a - b)
  return rows.flatMap((row, i): Placed[] => {
    const rank = ranks[i]!
    // No outline, so nothing holds it: the repair says what is wrong with it.
    if (rank === null && by === 'containment') return [{ ...row, at: 1 }]
    const at = rank === null ? undefined : LEVELS[used.indexOf(rank)]
    if (at) return [{ ...row, at }]
    reject(
      row,
      rank === null
        ? {
            code: 'bad-level',
            zh: `层级“${row.level ?? ''}”看不懂`,
            en: `has the level "${row.level ?? ''}", which is not understood`,
          }
        : { code: 'too-deep', zh: '在第四级以下，最多四级', en: 'is below level 4; a plan has four levels' },
    )
    return []
  })
}

const tooMany = (count: number) =>
  new UnreadableFile('too-large', {
    zh: `文件中有 ${count} 个网格，一个方案最多 ${MOST_GRIDS} 个。请按区县拆分文件。`,
    en: `The file holds ${count} grids; a plan holds at most ${MOST_GRIDS}. Split the file by county.`,
  })

const nothingLeft = (read: number) =>
  new UnreadableFile('nothing-for-layer', {
    zh: `文件中有 ${read} 个要素，但没有一个能作为网格。请检查是否为面，以及 --crs 和 --datum。`,
    en: `The file holds ${read} features, but none can be a grid. They must be polygons; check --crs and --datum.`,
  })

const notRepaired = (place: Position | null) =>
  new UnreadableFile('cannot-repair', {
    zh: `这些网格的边界无法修复成一张不重不漏的图${place ? `(位置 ${place.map(step => step / 1e7).join(', ')})` : ''}。请先在 GIS 中检查拓扑。`,
    en: `These grids cannot be repaired into one map without gaps and overlaps${place ? ` (at ${place.map(step => step / 1e7).join(', ')})` : ''}. Check their topology in a GIS first.`,
  })
