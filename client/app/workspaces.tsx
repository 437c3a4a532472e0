// What each workspace puts around the one map: its dock at the left, and what lies over the map, whether its tools may change the plan.
import type { ComponentType, ReactNode } from 'react'
import { AnalystDock } from '../analyst/AnalystDock.tsx'
import { OverMap } from '../analyst/OverMap.tsx'
import { LeaderDock } from '../leader/LeaderDock.tsx'
import { Dock } from '../planner/Dock.tsx'
import type { Work } from './work.ts'

interface Workspace {
  dock: ReactNode
  /** Panels of its own around the map: the places at the right and below may be taken already. */
  Over?: ComponentType<{ sideTaken: boolean; footTaken: boolean }>
  edits: boolean
}

export const WORKSPACES: Record<Work, Workspace> = {
  plan: { dock: <Dock />, edits: true },
  analyse: { dock: <AnalystDock />, Over: OverMap, edits: false },
  lead: { dock: <LeaderDock />, edits: false },
}
