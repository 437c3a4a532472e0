// What the address holds, so that a link shows the same: work, view, plan, grid, level, colours, what the analyst chose. Never personal data.

import { LEVELS } from '../../core/topology/model.ts'
import { type Analysis, readAnalysis, writeAnalysis } from '../analyst/settings.ts'
import { FIRST_PERIOD, PERIODS, type Period } from '../leader/period.ts'
import { MEASURES, type Measure } from '../map/colouring.ts'
import {
  DEFAULT_LAYERS,
  LAYER_KEYS,
  type LayerKey,
  type LayerSetting,
  type LayerSettings,
} from '../map/layer-groups.ts'
import type { ChosenLevel } from '../map/levels.ts'
import type { NamedSettings } from '../map/named-layers.ts'
import type { View } from '../map/scene.ts'
import { type Asked, readAsked, writeAsked } from '../query/asked.ts'
import { FIRST_COLOURS, WORKS, type Work } from './work.ts'

export interface Address {
  work: Work
  view: View | null
  plan: string | null
  grid: string | null
  area: string | null
  layers: LayerSettings
  named: NamedSettings
  level: ChosenLevel
  colours: Record<Work, Measure | null>
  analysis: Analysis
  period: Period
  query: Asked | null
}

const number = (text: string | undefined): number => (text?.trim() ? Number(text) : Number.NaN)

/** `13.26/53.56/12.5` → view. Nonsense gives null. */
function readView(text: string | null): View | null {
  const [lng, lat, zoom] = (text ?? '').split('/').map(number)
  if (lng === undefined || lat === undefined || zoom === undefined) return null
  const fits = Math.abs(lng) <= 180 && Math.abs(lat) <= 85 && zoom >= 0 && zoom <= 22
  return fits ? { lng, lat, zoom } : null
}
const writeView = ({ lng, lat, zoom }: View): string =>
  `${lng.toFixed(5)}/${lat.toFixed(5)}/${zoom.toFixed(2)}`

/** Only what differs from the start: `-roads` is hidden, `water:0.4` is faded. */
function readLayers(text: string | null): LayerSettings {
  const settings = structuredClone(DEFAULT_LAYERS)
  for (const part of (text ?? '').split(',')) {
    const [, hidden, key, opacity] = /^(-?)([a-z]+)(?::(0?\.\d+|1))?$/.exec(part) ?? []
    if (!key || !LAYER_KEYS.includes(key as LayerKey)) continue
    settings[key as LayerKey] = { shown: !hidden, opacity: opacity ? Math.max(0.1, Number(opacity)) : 1 }
  }
  return settings
}
const writeLayers = (settings: Record<string, LayerSetting>): string =>
  Object.entries(settings)
    .flatMap(([key, { shown, opacity }]) => {
      if (shown && opacity === 1) return []
      return [`${shown ? '' : '-'}${key}${opacity === 1 ? '' : `:${Number(opacity.toFixed(2))}`}`]
    })
    .join(',')

/** The same of layers that were brought in, by their ids. */
const readNamed = (text: string | null): NamedSettings =>
  Object.fromEntries(
    (text ?? '').split(',').flatMap(part => {
      const [, hidden, id, opacity] = /^(-?)([0-9a-f-]{36})(?::(0?\.\d+|1))?$/.exec(part) ?? []
      return id ? [[id, { shown: !hidden, opacity: opacity ? Math.max(0.1, Number(opacity)) : 1 }]] : []
    }),
  )

const known = (text: string | null): string | null => (text && /^[0-9a-f-]{1,40}$/i.test(text) ? text : null)

/** Of the workspace that is open; the others begin as they always do. */
function readColours(text: string | null, work: Work): Record<Work, Measure | null> {
  const measure = text === 'none' ? null : MEASURES.find(one => one === text)
  return measure === undefined ? FIRST_COLOURS : { ...FIRST_COLOURS, [work]: measure }
}

export function readAddress(search: string): Address {
  const query = new URLSearchParams(search)
  const work = WORKS.find(one => one === query.get('work')) ?? WORKS[0]
  return {
    work,
    view: readView(query.get('view')),
    plan: known(query.get('plan')),
    grid: known(query.get('grid')),
    area: known(query.get('area')),
    layers: readLayers(query.get('layers')),
    named: readNamed(query.get('layers')),
    level: LEVELS.find(level => String(level) === query.get('level')) ?? null,
    colours: readColours(query.get('colour'), work),
    analysis: readAnalysis(query),
    period: PERIODS.find(one => one === query.get('period')) ?? FIRST_PERIOD,
    query: readAsked(query.get('query')),
  }
}

export function writeAddress(address: Address): string {
  const { work, view, plan, grid, area, layers, named, level, colours, analysis, period, query } = address
  const colour = colours[work]
  const parts = [
    ['work', work === WORKS[0] ? null : work],
    ['view', view && writeView(view)],
    ['area', area],
    ['plan', plan],
    ['grid', grid],
    ['level', level],
    ['colour', colour === FIRST_COLOURS[work] ? null : (colour ?? 'none')],
    ['layers', writeLayers({ ...layers, ...named })],
    ...writeAnalysis(analysis),
    ['period', period === FIRST_PERIOD ? null : period],
    ['query', query && writeAsked(query)],
  ].flatMap(([key, value]) => (value ? [`${key}=${value}`] : []))
  return parts.length > 0 ? `?${parts.join('&')}` : ''
}
