// What the map shows of the incidents: the analyst's answer of the moment, and a pin at what is pointed at or reported.
import { useMemo } from 'react'
import type { Place } from '../../core/contract/geometry.ts'
import { INCIDENT_STATUSES } from '../../core/contract/incidents.ts'
import { LATTICE } from '../../core/topology/model.ts'
import { kindName } from '../app/kind-names.ts'
import { writeTime } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import type { IncidentsOnMap } from '../map/incidents-on-map.ts'
import type { Scene } from '../map/scene.ts'
import { useDesk } from './desk.ts'
import { useCounted } from './use-desk.ts'

export const placeOf = ({ x, y }: { x: number; y: number }): Place => [x / LATTICE, y / LATTICE]

export function useIncidentScene(): Pick<Scene, 'incidents' | 'pin'> {
  const isOpen = usePage(state => state.work === 'analyse')
  const as = usePage(state => state.analysis.as)
  const colour = usePage(state => state.analysis.colour)
  const language = usePage(state => state.language)
  const mode = usePage(state => state.mode)
  const { held, looked, fails, picked, pointed } = useDesk()
  const counted = useCounted()
  const points = held?.points
  const categories = held?.head.categories
  const density = looked?.density
  const rows = looked?.rows

  const incidents = useMemo((): IncidentsOnMap | null => {
    if (!isOpen) return null
    if (as === 'heat') return density ? { as, ...density } : null
    if (as === 'points') return points && rows ? { as, points, fails, rows, colour } : null
    return counted && counted.classes > 0 ? { as, classes: counted.classes, classOf: counted.classOf } : null
  }, [isOpen, as, density, points, rows, fails, colour, counted])

  const pin = useMemo((): Scene['pin'] => {
    if (!isOpen) return null
    if (mode.mode === 'report') return mode.at ? { at: mode.at, text: '' } : null
    if (mode.mode !== 'browse' || as !== 'points') return null
    if (pointed && categories) {
      const { category, status, time } = pointed
      const words = [
        categories[category]?.name[language],
        kindName(INCIDENT_STATUSES[status]!, language),
        writeTime(new Date(time * 1000).toISOString(), language),
      ]
      return { at: placeOf(pointed), text: words.join(' · ') }
    }
    const [first] = picked?.incidents ?? []
    return first ? { at: placeOf(first), text: '' } : null
  }, [isOpen, mode, as, pointed, picked, categories, language])

  return useMemo(() => ({ incidents, pin }), [incidents, pin])
}
