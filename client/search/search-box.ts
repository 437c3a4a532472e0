// Whether the search box is open, and where a result leads.
import { create } from 'zustand'
import type { SearchResult } from '../../core/contract/search.ts'
import { boxAround } from '../app/box-around.ts'
import { usePage } from '../app/state.ts'
import { showCardTab } from '../leader/card-tab.ts'

export const useSearchBox = create<{ open: boolean }>()(() => ({ open: false }))
export const openSearch = (): void => useSearchBox.setState({ open: true })
export const closeSearch = (): void => useSearchBox.setState({ open: false })

/** Flies to what was found and selects it: a grid has its card, staff the card of their grid, all else a mark. */
export function goTo(result: SearchResult): void {
  const { kind, id, name, plan, grid, place, bbox } = result
  const page = usePage.getState()
  const target = kind === 'grid' ? id : grid
  page.set({ found: null })
  if (target) {
    if (plan && plan !== page.plan) page.choosePlan(plan, page.area)
    if (kind === 'staff') showCardTab('staff')
    page.chooseGrid(target)
  } else if (kind !== 'area' && place) page.set({ found: { at: place, text: name } })
  const box = bbox ?? (place && boxAround(place))
  if (box) page.lookAt(box)
}

/** Nothing can be shown of it on the map. */
export const isNowhere = ({ place, bbox, grid }: SearchResult): boolean => !place && !bbox && !grid
