// Makes a draft plan of somebody's grids: levels and parents found, ground repaired into one map, every change told.
import { uuidv7 } from 'uuidv7'
import { sequenceOf } from '../../../core/coding/grid-code.ts'
import {
  cleanOutline,
  coverageOf,
  type Grid,
  isRefusal,
  type Level,
  type Position,
  type Repaired,
  repairGrids,
  type Shape,
  validate,
} from '../../../core/topology/index.ts'
import type { Actor, Tx } from '../../db/database.ts'
import type { Progress } from '../import-file.ts'
import type { Reason, SourceFeature } from '../source-feature.ts'
import { UnreadableFile } from '../unreadable.ts'
import { type AreaOfGrids, areaOfGrids, knownArea } from './area-of-grids.ts'
import { chooseProfile, profilesFor } from './choose-profile.ts'
import { type FoundLevels, findLevels, type LevelsBy } from './find-levels.ts'
import { findParents, type Placed } from './find-parents.ts'
import { giveCodes } from './give-codes.ts'
import { type GridRow, kindOf, readGrid } from './read-grid.ts'
import { type GridChange, type GridChangeKind, type NamedGrid, reasonOf, sentenceOf } from './words.ts'
import { writePlan } from './write-plan.ts'

export interface GridImportOptions {
  /** The plan's name. */
  readonly name: string
  readonly area?: string
  readonly profile?: string
  readonly onProgress?: Progress
  readonly signal?: AbortSignal
}

export interface GridsImported {
  readonly plan: string
  readonly name: string
  readonly area: string
  /** The area was made from the grids: there was none of that code. */
  readonly areaMade: boolean
  readonly profile: string
  readonly levelsBy: LevelsBy
  /** How many grids at levels 1, 2, 3, 4. */
  readonly levels: readonly number[]
  readonly read: number
  readonly imported: number
  /** Grids whose ground was changed. */
  readonly repaired: number
  readonly rejected: readonly { readonly feature: SourceFeature; readonly why: Reason }[]
  readonly changes: readonly GridChange[]
}

/** More than this many grids are no plan of a county. */
const MOST_GRIDS = 100_000
/** Steps within which vertices and borders are one; smaller ones when the map does not come to rest. */
const TOLERANCES = [30, 5, 0]

/**
 * Throws `UnreadableFile` when nothing can be made of the features; then nothing is written. A grid that cannot be taken
 * is in `rejected` with its reason, everything else becomes a grid of the new plan.
 */
export async function importGrids(
  tx: Tx,
  actor: Actor,
  features: Iterable<SourceFeature>,
  options: GridImportOptions,
): Promise<GridsImported> {
  const { onProgress: say = () => undefined, signal } = options
  const rejected: { feature: SourceFeature; why: Reason }[] = []
  const rows: GridRow[] = []
  let read = 0
  for (const feature of features) {
    read++
    const row = feature.problem ?? readGrid(feature, `${read}`)
    if ('key' in row) rows.push(row)
    else rejected.push({ feature, why: row })
  }
  if (rows.length > MOST_GRIDS) throw tooMany(rows.length)

  const profiles = await profilesFor(tx, options.profile)
  say({ zh: '确定层级和上级', en: 'Finding levels and parents' }, 0.2)
  const found = findLevels(rows, soundShapes(rows), profiles)
  const placed = placeRows(rows, found, (row, why) => rejected.push({ feature: row.feature, why }))
  signal?.throwIfAborted()
  say({ zh: '修复边界', en: 'Repairing the borders' }, 0.3)
  const known = await knownArea(
    tx,
    options.area,
    placed.flatMap(({ at, code }) => (at === 1 ? [code] : [])),
  )
  const repaired = repair(placed, 'outline' in known ? known.outline : null)
  const byKey = new Map(placed.map(row => [row.key, row]))
  for (const one of repaired.rejected)
    rejected.push({ feature: byKey.get(one.key)!.feature, why: reasonOf(one) })
  if (repaired.grids.length === 0) throw nothingLeft(read)
  const faults = validate(coverageOf(repaired.grids), { complete: true })
  if (faults.length > 0) throw notRepaired(faults[0]!.place)
  signal?.throwIfAborted()

  say({ zh: '编码并写入', en: 'Giving codes and writing' }, 0.7)
  const area = await areaOfGrids(tx, actor, known, repaired.grids, options.name)
  const { codes, exhausted } = giveCodes(repaired.grids, area.code, grid => area.villageOf(grid))
  if (exhausted.length > 0) throw digitsUsedUp(byKey.get(exhausted[0]!)!)
  const depth = Math.max(...repaired.grids.map(({ level }) => level))
  const profile = await chooseProfile(tx, {
    profiles,
    named: options.profile !== undefined,
    spoken: found.profile,
    depth,
    area,
    codes: repaired.grids.flatMap(({ id, level }) => (level === 1 ? (codes.get(id) ?? []) : [])),
  })
  const { grids, changes } = finish(repaired, byKey, codes, area)
  const plan = uuidv7()
  await writePlan(
    tx,
    actor,
    { county: area.county, plan_id: plan },
    { area: area.code, profile, name: options.name },
    grids,
  )
  return {
    plan,
    name: options.name,
    area: area.code,
    areaMade: area.made,
    profile,
    levelsBy: found.by,
    levels: ([1, 2, 3, 4] as const).map(level => grids.filter(grid => grid.level === level).length),
    read,
    imported: grids.length,
    repaired: groundChanged(changes),
    rejected,
    changes,
  }
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

/** @param ground that is to be covered whole, if it is known */
function repair(placed: readonly Placed[], ground: Shape | null): Repaired {
  const parents = findParents(placed)
  const given = placed.map(row => ({
    key: row.key,
    level: row.at,
    parent: parents.get(row.key),
    code: row.code ?? '',
    name: row.name ?? '',
    kind: kindOf(row.kind) ?? ('basic' as const),
    geometry: row.geometry,
  }))
  for (const tolerance of TOLERANCES) {
    const repaired = repairGrids(given, { tolerance, ground })
    if (repaired) return repaired
  }
  throw notRepaired(null)
}

/** Identities, codes and names as they will be stored, and everything that was changed, from the largest ground down. */
function finish(
  repaired: Repaired,
  rows: ReadonlyMap<string, Placed>,
  codes: ReadonlyMap<string, string>,
  area: AreaOfGrids,
): { grids: Grid[]; changes: GridChange[] } {
  const named = new Map<string, NamedGrid>()
  const changes: GridChange[] = []
  const grids = [...repaired.grids].sort((a, b) => a.level - b.level)
  const tell = (
    what: GridChangeKind,
    keys: readonly string[],
    place: Position,
    size = 0,
    detail?: string | null,
  ) => {
    const about = keys.map(key => named.get(key) ?? unnamed(rows.get(key)))
    changes.push({ what, grids: about, squareMetres: size, place, ...sentenceOf(what, about, size, detail) })
  }
  const stored = grids.map((grid): Grid => {
    const code = codes.get(grid.id)!
    const above = grid.parent === null ? area.name : named.get(grid.parent)!.name
    const name = grid.name || `${above} ${sequenceOf(code, grid.level)}`
    named.set(grid.id, { id: uuidv7(), code, name })
    return { ...grid, code, name }
  })
  for (const grid of grids) {
    const { code, name, kind } = rows.get(grid.id)!
    const place: Position = [grid.shape[0]![0]![0]!, grid.shape[0]![0]![1]!]
    if (codes.get(grid.id) !== code) tell('code-given', [grid.id], place, 0, code)
    if (name === null) tell('name-given', [grid.id], place)
    if (kindOf(kind) === undefined) tell('kind-unknown', [grid.id], place, 0, kind)
  }
  for (const { what, grids: keys, squareMetres, place } of repaired.changes)
    tell(what, keys, place, squareMetres)
  return {
    grids: stored.map(grid => ({
      ...grid,
      id: named.get(grid.id)!.id,
      parent: grid.parent === null ? null : named.get(grid.parent)!.id,
    })),
    changes: changes.sort((a, b) => Math.abs(b.squareMetres) - Math.abs(a.squareMetres)),
  }
}

const unnamed = (row: Placed | undefined): NamedGrid => ({
  id: '',
  code: row?.code ?? '',
  name: row?.name ?? '',
})

const GROUND: ReadonlySet<GridChangeKind> = new Set([
  'border-moved',
  'parent-outline-moved',
  'outline-put-right',
])

const groundChanged = (changes: readonly GridChange[]): number =>
  new Set(changes.flatMap(({ what, grids }) => (GROUND.has(what) ? [grids[0]!.id] : []))).size

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

const digitsUsedUp = (row: Placed) =>
  new UnreadableFile('codes-exhausted', {
    zh: `同一上级下的编号位数不够(网格“${row.name ?? row.code ?? row.key}”)。请给网格合规的代码，或用 --area 指明村(社区)。`,
    en: `The digits of codes under one parent are used up (grid "${row.name ?? row.code ?? row.key}"). Give the grids codes of their own, or name the village with --area.`,
  })
