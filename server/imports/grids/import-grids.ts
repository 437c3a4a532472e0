// Makes a draft plan of somebody's grids: levels and parents found, ground repaired into one map, every change told.
import { uuidv7 } from 'uuidv7'
import { sequenceOf } from '../../../core/coding/grid-code.ts'
import type { Box } from '../../../core/contract/geometry.ts'
import { bounds, type Grid, LATTICE, type Position, type Repaired } from '../../../core/topology/index.ts'
import type { Actor, Tx } from '../../db/database.ts'
import type { Progress } from '../import-file.ts'
import type { Reason, SourceFeature } from '../source-feature.ts'
import { UnreadableFile } from '../unreadable.ts'
import { type AreaOfGrids, areaOfGrids } from './area-of-grids.ts'
import { chooseProfile } from './choose-profile.ts'
import type { LevelsBy } from './find-levels.ts'
import type { Placed } from './find-parents.ts'
import { giveCodes } from './give-codes.ts'
import type { PreparedGrids } from './prepare-grids.ts'
import { kindOf } from './read-grid.ts'
import { type GridChange, type GridChangeKind, type NamedGrid, sentenceOf } from './words.ts'
import { writePlan } from './write-plan.ts'

export interface GridImportOptions {
  /** The plan's name. */
  readonly name: string
  readonly area?: string
  readonly profile?: string
  /** Column of the file → role. */
  readonly map?: Readonly<Record<string, string>>
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
  /** West, south, east, north of the grids, in degrees. */
  readonly bbox: Box
}

/** Everything that was prepared becomes a grid of a new plan. Throws `UnreadableFile` when the place does not fit. */
export async function writeGrids(
  tx: Tx,
  actor: Actor,
  { read, rejected, profiles, found, known, repaired, rows }: PreparedGrids,
  options: GridImportOptions,
): Promise<GridsImported> {
  const { onProgress: say = () => undefined } = options
  say({ zh: '编码并写入', en: 'Giving codes and writing' }, 0.7)
  const area = await areaOfGrids(tx, actor, known, repaired.grids, options.name)
  const { codes, exhausted } = giveCodes(repaired.grids, area.code, grid => area.villageOf(grid))
  if (exhausted.length > 0) throw digitsUsedUp(rows.get(exhausted[0]!)!)
  const depth = Math.max(...repaired.grids.map(({ level }) => level))
  const profile = await chooseProfile(tx, {
    profiles,
    named: options.profile !== undefined,
    spoken: found.profile,
    depth,
    area,
    codes: repaired.grids.flatMap(({ id, level }) => (level === 1 ? (codes.get(id) ?? []) : [])),
  })
  const { grids, changes } = finish(repaired, rows, codes, area)
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
    bbox: bounds(grids.flatMap(({ shape }) => shape)).map(step => step / LATTICE) as Box,
  }
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

const digitsUsedUp = (row: Placed) =>
  new UnreadableFile('codes-exhausted', {
    zh: `同一上级下的编号位数不够(网格“${row.name ?? row.code ?? row.key}”)。请给网格合规的代码，或用 --area 指明村(社区)。`,
    en: `The digits of codes under one parent are used up (grid "${row.name ?? row.code ?? row.key}"). Give the grids codes of their own, or name the village with --area.`,
  })
