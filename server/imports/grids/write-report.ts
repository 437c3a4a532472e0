// The report of what importing grids changed: every change with its place, size and sentence, as a file that a GIS opens.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { GridChanges } from '../../../core/contract/imports.ts'
import type { Language } from '../../../core/contract/refusals.ts'
import { LATTICE } from '../../../core/topology/index.ts'
import { csvTable } from '../csv-rows.ts'
import type { GridsImported } from './import-grids.ts'
import { type GridChange, type GridChangeKind, KIND_WORDS } from './words.ts'

export interface ChangeSums {
  readonly count: number
  /** Of changed areas without their sign. */
  readonly squareMetres: number
}

/** A change as the log of imports keeps it. */
export interface KeptChange extends Pick<GridChange, 'what' | 'zh' | 'en' | 'squareMetres'> {
  readonly codes: string
  readonly names: string
  /** Degrees. */
  readonly place: [number, number]
}

/** Of grids that are wrong throughout, those with most ground tell as much as all of them. */
const KEPT = 20_000
const SHOWN = 20

const kept = ({ what, zh, en, squareMetres, grids, place: [x, y] }: GridChange): KeptChange => ({
  ...{ what, zh, en, squareMetres: rounded(squareMetres) },
  codes: grids.map(({ code }) => code).join(' '),
  names: grids.map(({ name }) => name).join(' '),
  place: [x / LATTICE, y / LATTICE],
})

export const keptChanges = (changes: readonly GridChange[]): KeptChange[] => changes.slice(0, KEPT).map(kept)

/** For the page. @param file address of the table of all of them */
export function tellChanges(
  changes: readonly GridChange[],
  language: Language,
  file: string | null,
): GridChanges | null {
  if (changes.length === 0) return null
  return {
    count: changes.length,
    kinds: Object.entries(sumsOf(changes)).map(([code, sum]) => ({
      ...sum,
      code,
      message: KIND_WORDS[code as GridChangeKind][language],
    })),
    first: changes.slice(0, SHOWN).map(change => {
      const { squareMetres, place } = kept(change)
      return { message: change[language], squareMetres, place }
    }),
    file,
  }
}

const HEADS = {
  zh: ['修改', '说明', '面积 m²', '网格编码', '网格名称', '经度', '纬度'],
  en: ['change', 'explanation', 'm²', 'grid codes', 'grid names', 'longitude', 'latitude'],
}

export const changesTable = (list: readonly KeptChange[], language: Language): string =>
  csvTable([
    HEADS[language],
    ...list.map(({ what, squareMetres, codes, names, place, ...said }) => [
      ...[KIND_WORDS[what][language], said[language], String(squareMetres), codes, names],
      ...place.map(String),
    ]),
  ])

const rounded = (size: number): number => Math.round(size * 100) / 100

export function sumsOf(changes: readonly GridChange[]): Partial<Record<GridChangeKind, ChangeSums>> {
  const sums: Partial<Record<GridChangeKind, { count: number; squareMetres: number }>> = {}
  for (const { what, squareMetres } of changes) {
    const sum = sums[what] ?? { count: 0, squareMetres: 0 }
    sums[what] = { count: sum.count + 1, squareMetres: sum.squareMetres + Math.abs(squareMetres) }
  }
  for (const sum of Object.values(sums)) sum.squareMetres = rounded(sum.squareMetres)
  return sums
}

/** GeoJSON points. */
export const reportOf = ({ plan, name, changes }: GridsImported): object => ({
  type: 'FeatureCollection',
  'huage:plan': plan,
  'huage:name': name,
  'huage:repairs': sumsOf(changes),
  features: changes.map(kept).map(({ place, zh, en, ...change }) => ({
    type: 'Feature',
    properties: { 说明: zh, explanation: en, ...change },
    geometry: { type: 'Point', coordinates: place },
  })),
})

/** @returns the path of the report, or null when nothing was changed */
export function writeReport(folder: string, name: string, made: GridsImported): string | null {
  if (made.changes.length === 0) return null
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${name}.repairs.geojson`)
  writeFileSync(path, JSON.stringify(reportOf(made)))
  return path
}
