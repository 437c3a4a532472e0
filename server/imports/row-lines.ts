// Rows of a layer as lines of COPY's text, and the temporary table that takes them in.
import { copyField } from '../db/copy-text.ts'
import type { Stage } from '../db/write-table.ts'
import { LAYER_TABLES, type TableLayer } from './layer-tables.ts'
import type { MappedRow } from './map-features.ts'
import { nextId } from './next-id.ts'

/** People that were spread stay when the file says nothing of people; what a file says replaces them. */
export const PEOPLE = ['persons', 'households', 'people_source'] as const
const PEOPLE_TYPES = ['integer', 'integer', 'text'] as const

/** Whose rows refer to others, which only the database knows: they travel as rows until those are found. */
const REFERRING = new Set<string>(['households', 'organisations', 'incidents', 'residents', 'staff'])
export const isReferring = (layer: string): boolean => REFERRING.has(layer)

export function stageOf(layer: TableLayer): Stage {
  const { columns } = LAYER_TABLES[layer]
  const people = layer === 'buildings'
  return {
    table: `incoming_${layer}`,
    columns: ['id', 'source_key', ...columns.map(([name]) => name), ...(people ? PEOPLE : [])],
    types: ['uuid', 'text', ...columns.map(([, type]) => type), ...(people ? PEOPLE_TYPES : [])],
  }
}

export class RowLines {
  readonly #columns: readonly string[]
  /** Hexadecimal: there is nothing in them to be looked for. */
  readonly #shapes: ReadonlySet<string>
  readonly #layerId: string | null

  constructor(layer: TableLayer, layerId: string | null) {
    this.#columns = stageOf(layer).columns.slice(2)
    this.#shapes = new Set(LAYER_TABLES[layer].shapes)
    this.#layerId = layerId
  }

  /** What a row holds beside its identity. */
  content(row: MappedRow): string {
    let text = ''
    for (const name of this.#columns) {
      const value = name === 'layer_id' ? this.#layerId : (row[name] ?? null)
      text += `\t${value !== null && this.#shapes.has(name) ? value : copyField(value)}`
    }
    return text
  }

  line(key: string, content: string): string {
    return `${nextId()}\t${copyField(key)}${content}\n`
  }
}
