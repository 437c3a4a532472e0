// What each workspace puts around the one map: its dock at the left, and whether its tools may change the plan.
import type { ReactNode } from 'react'
import { LeaderDock } from '../leader/LeaderDock.tsx'
import { Dock } from '../planner/Dock.tsx'
import type { Work } from './work.ts'

interface Workspace {
  dock: ReactNode
  edits: boolean
}

export const WORKSPACES: Record<Work, Workspace> = {
  plan: { dock: <Dock />, edits: true },
  lead: { dock: <LeaderDock />, edits: false },
}
