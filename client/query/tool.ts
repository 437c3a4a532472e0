// The tool 空间查询: what it counts, which rows it lists, and what was set by numbers. What it asks about is in the address.
import { create } from 'zustand'
import { QUERY_LAYERS, type QueryLayer } from '../../core/contract/analysis.ts'
import type { Work } from '../app/work.ts'
import { type AskedKind, type AskedNumbers, readAsked } from './asked.ts'

export interface QueryTool extends AskedNumbers {
  open: boolean
  kind: AskedKind
  layers: readonly QueryLayer[]
  /** Days of incidents, both within; empty: all. */
  from: string
  to: string
  /** Which rows are listed. */
  table: { layer: QueryLayer; offset: number } | null
  /** The row that is chosen, and the one that is pointed at. */
  row: string | null
  hovered: string | null
}

const linked = readAsked(new URLSearchParams(globalThis.location?.search ?? '').get('query'))

export const useQueryTool = create<QueryTool>()(() => ({
  open: linked !== null,
  kind: linked?.kind ?? 'polygon',
  radius: 500,
  width: 50,
  n: 10,
  layers: QUERY_LAYERS,
  from: '',
  to: '',
  table: null,
  row: null,
  hovered: null,
}))

/** The planner has tools of his own. */
export const canQuery = (work: Work): boolean => work !== 'plan'

export const setQueryTool = useQueryTool.setState

/** The pointer is over the point of a row, or of none. */
export function pointAtRow(row: string | null): void {
  if (row !== useQueryTool.getState().hovered) setQueryTool({ hovered: row })
}

/** In the order in which they are always listed. */
export function toggleLayer(layer: QueryLayer): void {
  const { layers, table } = useQueryTool.getState()
  const wanted = QUERY_LAYERS.filter(one => (one === layer ? !layers.includes(one) : layers.includes(one)))
  setQueryTool({ layers: wanted, table: table && wanted.includes(table.layer) ? table : null })
}

export const showRows = (layer: QueryLayer | null, offset = 0): void =>
  setQueryTool({ table: layer && { layer, offset }, row: null, hovered: null })
