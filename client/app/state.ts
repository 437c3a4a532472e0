// The state of the page: what is looked at, what is chosen, what the pointer does. What the server knows is not here.
import { create } from 'zustand'
import type { Box, MultiPolygon, Place } from '../../core/contract/geometry.ts'
import type { Analysis } from '../analyst/settings.ts'
import type { Period } from '../leader/period.ts'
import type { Measure } from '../map/colouring.ts'
import type { LayerKey, LayerSetting, LayerSettings } from '../map/layer-groups.ts'
import type { ChosenLevel } from '../map/levels.ts'
import type { Aim } from '../map/MapView.tsx'
import { type NamedSettings, SHOWN } from '../map/named-layers.ts'
import type { Theme } from '../map/palette.ts'
import type { GridInTile, View } from '../map/scene.ts'
import { BROWSE, type Input, type Intent, type Mode } from '../modes/mode.ts'
import { step } from '../modes/step.ts'
import { type Asked, askedOf } from '../query/asked.ts'
import { useQueryTool } from '../query/tool.ts'
import type { Language } from './numbers.ts'
import { readAddress } from './url-state.ts'
import type { Work } from './work.ts'

/** Which panel the left dock shows while nothing is being cut or merged. */
export type DockPage = 'grids' | 'check' | 'history' | 'new-plan' | 'new-area'

export interface PageState {
  language: Language
  theme: Theme
  work: Work
  view: View | null
  /** Where the pointer is, for the coordinates. */
  pointer: Place | null
  plan: string | null
  area: string | null
  grid: string | null
  /** What the tile told about the chosen grid, shown until its card is there. */
  tip: GridInTile | null
  hovered: string | null
  layers: LayerSettings
  /** Of layers that were brought in under a name. */
  named: NamedSettings
  level: ChosenLevel
  /** By what the grids are coloured, in each workspace. */
  colours: Record<Work, Measure | null>
  /** What the analyst has chosen. */
  analysis: Analysis
  mode: Mode
  page: DockPage
  aim: Aim | null
  /** Zoom steps asked for by buttons, with a counter. */
  zoom: { by: number; count: number }
  /** An uploaded outline, not yet saved. */
  outline: MultiPolygon | null
  /** A place where the server refused something. */
  fault: { at: Place; text: string } | null
  /** Of which time incidents colour the grids. */
  period: Period
  /** What a spatial query asks about; null while none does. */
  query: Asked | null
  /** A place that was searched for, with what is written at it. */
  found: { at: Place; text: string } | null
}

interface Actions {
  set(change: Partial<PageState>): void
  /** One step of the present mode; what it asks for is returned. */
  input(input: Input): Intent | null
  begin(mode: Mode): void
  choosePlan(plan: string | null, area: string | null): void
  chooseGrid(grid: string | null, tip?: GridInTile | null): void
  switchTo(work: Work): void
  colourBy(measure: Measure | null): void
  analyse(change: Partial<Analysis>): void
  setLayer(key: LayerKey, change: Partial<LayerSetting>): void
  setNamed(id: string, change: Partial<LayerSetting>): void
  lookAt(box: Box, how?: Aim['how']): void
  zoomBy(by: number): void
}

const remembered = <T extends string>(key: string, allowed: readonly T[]): T | undefined => {
  const value = localStorage.getItem(key)
  return allowed.find(one => one === value)
}

const address = readAddress(location.search)

export const usePage = create<PageState & Actions>()((set, get) => ({
  language: remembered<Language>('huage.language', ['zh', 'en']) ?? 'zh',
  theme:
    remembered<Theme>('huage.theme', ['light', 'dark']) ??
    (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'),
  work: address.work,
  view: address.view,
  pointer: null,
  plan: address.plan,
  area: address.area,
  grid: address.grid,
  tip: null,
  hovered: null,
  layers: address.layers,
  named: address.named,
  level: address.level,
  colours: address.colours,
  analysis: address.analysis,
  mode: BROWSE,
  page: 'grids',
  aim: null,
  zoom: { by: 0, count: 0 },
  outline: null,
  fault: null,
  period: address.period,
  query: address.query,
  found: null,

  set: change => set(change),
  input: input => {
    const { mode, intent } = step(get().mode, input)
    if (mode !== get().mode) set({ mode })
    if (intent?.do === 'select') set({ grid: intent.grid })
    if (intent?.do === 'ask') set({ query: askedOf(intent, useQueryTool.getState()) })
    return intent
  },
  begin: mode => set({ mode, hovered: null, fault: null, outline: null }),
  choosePlan: (plan, area) =>
    set({
      plan,
      area,
      grid: null,
      tip: null,
      hovered: null,
      mode: BROWSE,
      page: 'grids',
      fault: null,
      outline: null,
    }),
  chooseGrid: (grid, tip = null) => set({ grid, tip }),
  // A line that is being drawn is kept (planner/draft.ts), and waits for the planner.
  switchTo: work => set({ work, mode: BROWSE, hovered: null, fault: null }),
  colourBy: measure => set(({ colours, work }) => ({ colours: { ...colours, [work]: measure } })),
  analyse: change => set(({ analysis }) => ({ analysis: { ...analysis, ...change } })),
  setLayer: (key, change) =>
    set(({ layers }) => ({ layers: { ...layers, [key]: { ...layers[key], ...change } } })),
  setNamed: (id, change) =>
    set(({ named }) => ({ named: { ...named, [id]: { ...SHOWN, ...named[id], ...change } } })),
  zoomBy: by => set(({ zoom }) => ({ zoom: { by, count: zoom.count + 1 } })),
  lookAt: (box, how = 'moving') => set(({ aim }) => ({ aim: { box, count: (aim?.count ?? 0) + 1, how } })),
}))
