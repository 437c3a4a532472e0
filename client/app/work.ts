// The workspaces 划格 · 研判 · 指挥 of one map: which there are, and how each begins. Another one is a name here, its dock in
// `workspaces.tsx` and its words.
import type { Measure } from '../map/colouring.ts'

export const WORKS = ['plan', 'analyse', 'lead'] as const
export type Work = (typeof WORKS)[number]

/** By what grids are coloured when a workspace is opened for the first time. */
export const FIRST_COLOURS: Record<Work, Measure | null> = {
  plan: null,
  analyse: null,
  lead: 'persons',
}
