// What the pointer means while borders are edited: it chooses grids, snaps, puts points, takes hold of a vertex and lets go.
import type { Place } from '../../core/contract/geometry.ts'
import { usePage } from '../app/state.ts'
import type { MapPointer } from '../map/scene.ts'
import { isNear, type MoveVertex, type Push } from '../modes/mode.ts'
import { targetsOf } from './border-edits.ts'
import { lookAt, modeNow, refresh, saveBorder, useBorderSession } from './border-session.ts'

/** Two clicks within this many pixels are one. */
const SAME_PLACE_PIXELS = 4

type OnMap = Exclude<MapPointer, { on: 'leave' }>

const reachOf = ({ perPixel }: OnMap): Place => [
  perPixel[0] * SAME_PLACE_PIXELS,
  perPixel[1] * SAME_PLACE_PIXELS,
]

/** Ends the line, or says yes to one that has ended; after the clicks that are still being looked at. */
export function finishBorder(): void {
  lookAt(null, true, () => {
    if (usePage.getState().input({ on: 'finish' })?.do === 'save') void saveBorder()
  })
}

/** The press under way: one that takes hold of something is also the first half of a click. */
let press: { at: Place; takesHold: boolean } | null = null

function pointAtHeld(mode: MoveVertex | Push, pointer: OnMap): void {
  const { on, at, road, perPixel, free } = pointer
  if (on === 'press') press = { at, takesHold: mode.held === null }
  const began = press
  if (on === 'release' || on === 'click') {
    const tookHold = began?.takesHold === true
    if (on === 'click') press = null
    // A drag ends where the button is let go; after a click the vertex follows until the next one.
    if (on === 'release' ? !tookHold || isNear(began.at, at, reachOf(pointer)) : tookHold) return
  }
  if (on === 'press' ? mode.held !== null : on === 'move' && mode.done) return
  const isAct = on !== 'move'
  lookAt({ at, road, perPixel, free }, isAct, snapped => {
    const now = modeNow()
    const { input } = usePage.getState()
    if (!snapped || (now?.mode !== 'vertex' && now?.mode !== 'push')) return
    if (now.held) {
      input(isAct ? { on: 'point', at: snapped.at, reach: reachOf(pointer) } : { on: 'move', at: snapped.at })
    } else if (isAct && (snapped.kind === 'vertex' || snapped.kind === 'border')) {
      input({ on: 'grab', at: snapped.at, what: snapped.kind })
    }
  })
}

export function pointAt(pointer: MapPointer): void {
  const mode = modeNow()
  const page = usePage.getState()
  if (!mode) return
  if (pointer.on === 'leave') {
    page.input({ on: 'move', at: null })
    refresh()
    return
  }
  if (targetsOf(mode) === null) {
    if (pointer.on === 'click') page.input({ on: 'grid', grid: pointer.grid?.id ?? null })
    return
  }
  if (!useBorderSession.getState().loaded) return
  if (mode.mode === 'vertex' || mode.mode === 'push') {
    if (pointer.on !== 'double') pointAtHeld(mode, pointer)
    return
  }
  if (mode.mode === 'simplify') return
  if (pointer.on === 'press' || pointer.on === 'release') return
  if (pointer.on === 'double') {
    finishBorder()
    return
  }
  if (mode.done) return
  const { at, road, perPixel, free } = pointer
  const isClick = pointer.on === 'click'
  lookAt({ at, road, perPixel, free }, isClick, snapped => {
    if (!snapped || !modeNow()) return
    page.input(
      isClick ? { on: 'point', at: snapped.at, reach: reachOf(pointer) } : { on: 'move', at: snapped.at },
    )
  })
}
