// What the pointer does over the analyst's map: points are pointed at and clicked, everything else is as everywhere.
import type { Place } from '../../core/contract/geometry.ts'
import { usePage } from '../app/state.ts'
import { reachAt } from '../map/point-size.ts'
import type { MapPointer } from '../map/scene.ts'
import { dropPicked, pickIncidents, pointAtIncident, useDesk } from './desk.ts'
import { spanOf, wholeOf, windowIn } from './window.ts'

/** @param otherwise what a click means where there is no incident */
export function pointOverIncidents(pointer: MapPointer, otherwise: () => void): void {
  const { analysis, view } = usePage.getState()
  const { held } = useDesk.getState()
  if (analysis.as !== 'points' || !held?.days) {
    if (pointer.on === 'click') otherwise()
    return
  }
  if (pointer.on === 'leave') {
    useDesk.setState({ pointed: null })
    return
  }
  const span = spanOf(windowIn(analysis.window, wholeOf(held.days)))
  const pixels = reachAt(view?.zoom ?? 0)
  const reach: Place = [pointer.perPixel[0] * pixels, pointer.perPixel[1] * pixels]
  if (pointer.on === 'move') void pointAtIncident(span, pointer.at, reach)
  else if (pointer.on === 'click') {
    void pickIncidents(span, pointer.at, reach).then(found => {
      if (found) usePage.getState().chooseGrid(null)
      else {
        dropPicked()
        otherwise()
      }
    })
  }
}
