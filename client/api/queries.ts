// What the server knows, as cached queries: one key for each path.
import { keepPreviousData, QueryClient, queryOptions, useQuery } from '@tanstack/react-query'
import type { Area, AreaDetail } from '../../core/contract/areas.ts'
import type { EditSummary } from '../../core/contract/edits.ts'
import type { GridCard } from '../../core/contract/grids.ts'
import type { LayerCatalogue } from '../../core/contract/layers.ts'
import type { GridList, LevelProfile, Plan } from '../../core/contract/plans.ts'
import type { PlanReport } from '../../core/contract/report.ts'
import { Failure, get } from './call.ts'

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: true,
      retry: (count, error) => error instanceof Failure && error.retry && count < 3,
    },
  },
})

export const useLayers = () =>
  useQuery({ queryKey: ['layers'], queryFn: ({ signal }) => get<LayerCatalogue>('/api/layers', signal) })

export const useAreas = () =>
  useQuery({ queryKey: ['areas'], queryFn: ({ signal }) => get<Area[]>('/api/areas', signal) })

export const useArea = (code: string | null) =>
  useQuery({
    queryKey: ['areas', code],
    queryFn: ({ signal }) => get<AreaDetail>(`/api/areas/${code}`, signal),
    enabled: code !== null,
  })

export const useProfiles = () =>
  useQuery({
    queryKey: ['profiles'],
    queryFn: ({ signal }) => get<LevelProfile[]>('/api/profiles', signal),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** The level profile of a plan. */
export const useProfile = (plan: Plan | undefined): LevelProfile | undefined =>
  useProfiles().data?.find(one => one.profile === plan?.profile)

export const usePlans = () =>
  useQuery({ queryKey: ['plans'], queryFn: ({ signal }) => get<Plan[]>('/api/plans', signal) })

export const planKey = (id: string | null) => ['plan', id] as const
const planQuery = (id: string | null) =>
  queryOptions({
    queryKey: planKey(id),
    queryFn: ({ signal }) => get<Plan>(`/api/plans/${id}`, signal),
  })
export const usePlan = (id: string | null) =>
  useQuery({
    ...planQuery(id),
    enabled: id !== null,
    // Until it is there, as the list has it.
    placeholderData: () => queries.getQueryData<Plan[]>(['plans'])?.find(one => one.id === id),
  })

export const gridsKey = (plan: string | null) => ['grids', plan] as const
const gridsQuery = (plan: string | null) =>
  queryOptions({
    queryKey: gridsKey(plan),
    queryFn: ({ signal }) => get<GridList>(`/api/plans/${plan}/grids`, signal),
  })
export const useGrids = (plan: string | null) => useQuery({ ...gridsQuery(plan), enabled: plan !== null })

/** A plan and its grids as the page knows them, or as soon as it does. */
export const planWithGrids = (plan: string): Promise<[Plan, GridList]> =>
  Promise.all([queries.ensureQueryData(planQuery(plan)), queries.ensureQueryData(gridsQuery(plan))])

export const editsKey = (plan: string | null) => ['edits', plan] as const
export const useEdits = (plan: string | null) =>
  useQuery({
    queryKey: editsKey(plan),
    queryFn: ({ signal }) => get<EditSummary[]>(`/api/plans/${plan}/edits`, signal),
    enabled: plan !== null,
  })

/** A card is true at a revision: an edit is another card. */
export const useGridCard = (plan: string | null, grid: string | null, revision: number | undefined) =>
  useQuery({
    queryKey: ['card', plan, grid, revision],
    queryFn: ({ signal }) => get<GridCard>(`/api/grids/${grid}?plan=${plan}`, signal),
    enabled: plan !== null && grid !== null && revision !== undefined,
  })

/** What the rules find in a plan at a revision; while the next is judged, the last one stands. */
export const useReport = (plan: string, revision: number) =>
  useQuery({
    queryKey: ['report', plan, revision],
    queryFn: ({ signal }) => get<PlanReport>(`/api/plans/${plan}/report`, signal),
    placeholderData: keepPreviousData,
  })
