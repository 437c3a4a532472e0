// The report of what importing grids changed: every change with its place, size and sentence, as a file that a GIS opens.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LATTICE } from '../../../core/topology/index.ts'
import type { GridsImported } from './import-grids.ts'
import type { GridChange, GridChangeKind } from './words.ts'

export interface ChangeSums {
  readonly count: number
  /** Of changed areas without their sign. */
  readonly squareMetres: number
}

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
  features: changes.map(({ what, grids, squareMetres, place, zh, en }) => ({
    type: 'Feature',
    properties: {
      what,
      说明: zh,
      explanation: en,
      codes: grids.map(({ code }) => code).join(' '),
      names: grids.map(({ name }) => name).join(' '),
      squareMetres: rounded(squareMetres),
    },
    geometry: { type: 'Point', coordinates: place.map(step => step / LATTICE) },
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
