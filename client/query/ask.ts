// A spatial query on its way to the server: counts, pages of rows, and files.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useShallow } from 'zustand/react/shallow'
import type { QueryLayer, QueryReply, QueryRequest } from '../../core/contract/analysis.ts'
import { dayEnd, dayStart } from '../../core/measures/local-day.ts'
import { post, saveAsFile } from '../api/call.ts'
import { usePlan } from '../api/queries.ts'
import { usePage } from '../app/state.ts'
import { type Asked, shapeOf } from './asked.ts'
import { type QueryTool, useQueryTool } from './tool.ts'

export const PAGE_ROWS = 100
const PATH = '/api/analysis/query'

export const requestOf = (
  asked: Asked,
  { layers, from, to }: Pick<QueryTool, 'layers' | 'from' | 'to'>,
  plan: string | null,
): QueryRequest => ({
  ...(plan && { plan }),
  shape: shapeOf(asked),
  layers: [...layers],
  ...(from && { from: dayStart(from).toISOString() }),
  ...(to && { to: dayEnd(to).toISOString() }),
})

function useRequest(layers: readonly QueryLayer[]): { request: QueryRequest | null; key: unknown } {
  const { query, plan, language } = usePage(
    useShallow(state => ({ query: state.query, plan: state.plan, language: state.language })),
  )
  const { from, to } = useQueryTool(useShallow(tool => ({ from: tool.from, to: tool.to })))
  const revision = usePlan(plan).data?.revision
  const request = query && requestOf(query, { layers, from, to }, plan)
  return { request, key: [request, revision, language] }
}

/** Counts of every layer that is chosen. */
export function useCounts() {
  const { request, key } = useRequest(useQueryTool(tool => tool.layers))
  return useQuery({
    queryKey: ['query', key],
    queryFn: ({ signal }) => post<QueryReply>(PATH, request, undefined, signal),
    enabled: request !== null,
    retry: false,
  })
}

/** One page of the rows that are listed. */
export function useRows() {
  const table = useQueryTool(tool => tool.table)
  const { request, key } = useRequest(table ? [table.layer] : [])
  return useQuery({
    queryKey: ['query-rows', key, table?.offset],
    queryFn: ({ signal }) =>
      post<QueryReply>(PATH, { ...request, table: { ...table, limit: PAGE_ROWS } }, undefined, signal),
    enabled: request !== null && table !== null,
    placeholderData: keepPreviousData,
    retry: false,
  })
}

export type FileFormat = 'csv' | 'geojson'

/** Brings all rows of a layer to the user as a file. */
export async function download(layer: QueryLayer, format: FileFormat): Promise<void> {
  const { query, plan } = usePage.getState()
  if (!query) return
  const request = requestOf(query, { ...useQueryTool.getState(), layers: [layer] }, plan)
  await saveAsFile(`${PATH}?format=${format}`, { ...request, table: { layer } })
}
