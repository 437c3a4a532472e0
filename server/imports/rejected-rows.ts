// Keeps what was not imported and why, and writes it to a file that a GIS opens.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Language } from '../../core/contract/refusals.ts'
import { LATTICE } from '../../core/topology/model.ts'
import type { Reason, SourceFeature, SourceShape } from './source-feature.ts'
import { withoutEnding } from './without-ending.ts'

/** Columns that say why a row was rejected; when the mended file comes in again they are left out. */
export const REASON_COLUMNS = { zh: 'hg_原因', en: 'hg_reason' } as const
export const isReasonColumn = (name: string): boolean =>
  name === REASON_COLUMNS.zh || name === REASON_COLUMNS.en

/** Of a file that is wrong throughout, the first rows tell as much as all of them. */
const KEPT = 10_000
const MOST_ROWS = 200_000

function geometryOf(shape: SourceShape | null): object | null {
  if (shape === null) return null
  const positions = (flat: readonly number[]) => {
    const list: [number, number][] = []
    for (let i = 0; i < flat.length; i += 2) list.push([flat[i]! / LATTICE, flat[i + 1]! / LATTICE])
    return list
  }
  if (shape.kind === 'polygon')
    return { type: 'MultiPolygon', coordinates: shape.parts.map(rings => rings.map(positions)) }
  if (shape.kind === 'line')
    return { type: 'MultiLineString', coordinates: shape.parts.map(part => positions(part[0]!)) }
  return { type: 'MultiPoint', coordinates: shape.parts.map(part => positions(part[0]!)[0]) }
}

export class RejectedRows {
  readonly #kept: object[] = []
  readonly #reasons = new Map<string, { count: number; why: Reason }>()
  /** Number of the row in its file → why, in both languages. */
  readonly #rows = new Map<number, { zh: string; en: string }>()
  #count = 0

  /** @param number of the row in its file */
  note(number: number, why: Reason): void {
    this.#count++
    const known = this.#reasons.get(why.code)
    if (known) known.count++
    else this.#reasons.set(why.code, { count: 1, why })
    const before = this.#rows.get(number)
    if (before) this.#rows.set(number, { zh: `${before.zh}；${why.zh}`, en: `${before.en}; ${why.en}` })
    else if (this.#rows.size < MOST_ROWS) this.#rows.set(number, { zh: why.zh, en: why.en })
  }

  /** With the whole row, for `write`. */
  add(layer: string, feature: SourceFeature, why: Reason): void {
    this.note(feature.number, why)
    if (this.#kept.length >= KEPT) return
    this.#kept.push({
      type: 'Feature',
      properties: {
        ...feature.tags,
        'huage:row': feature.number,
        'huage:key': feature.key,
        'huage:layer': layer,
        'huage:code': why.code,
        'huage:reason': why.en,
        'huage:原因': why.zh,
      },
      geometry: geometryOf(feature.shape),
    })
  }

  get reasons(): Record<string, number> {
    return Object.fromEntries([...this.#reasons].map(([code, { count }]) => [code, count]))
  }

  /** How often each reason came, with a sentence: of the first row that it was said of. */
  get told(): { code: string; zh: string; en: string; rows: number }[] {
    return [...this.#reasons].map(([code, { count, why }]) => ({ code, zh: why.zh, en: why.en, rows: count }))
  }

  /** Number of the row → why. */
  sentences(language: Language): Map<number, string> {
    return new Map([...this.#rows].map(([number, why]) => [number, why[language]]))
  }

  /** @returns the path of the file, or null when nothing was rejected */
  write(folder: string, source: string): string | null {
    if (this.#count === 0) return null
    mkdirSync(folder, { recursive: true })
    const path = join(folder, `${withoutEnding(source)}.rejected.geojson`)
    const collection = {
      type: 'FeatureCollection',
      'huage:rejected': this.#count,
      'huage:reasons': this.reasons,
      features: this.#kept,
    }
    writeFileSync(path, JSON.stringify(collection))
    return path
  }
}
