// Which part of the card is open: kept from grid to grid, so that grids can be compared.
import { create } from 'zustand'

export const CARD_TABS = ['overview', 'staff', 'incidents', 'places', 'grids'] as const
export type CardTab = (typeof CARD_TABS)[number]

export const useCardTab = create<{ tab: CardTab }>()(() => ({ tab: 'overview' }))
export const showCardTab = (tab: CardTab): void => useCardTab.setState({ tab })
