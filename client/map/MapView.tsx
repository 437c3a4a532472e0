// The map on the page: creates it once, draws every new scene, tells what the pointer does and where the view went.
import { type LngLat, type Map as MapLibre, Marker } from 'maplibre-gl'
import { useEffect, useRef, useState } from 'react'
import type { Box } from '../../core/contract/geometry.ts'
import { createMap } from './create-map.ts'
import { exposeMap } from './diagnostics.ts'
import { drawScene } from './draw-scene.ts'
import { keepNames, type NameWishes } from './keep-names.ts'
import { readPointer } from './read-pointer.ts'
import type { MapPointer, Scene, View } from './scene.ts'

/** Where to look: a box to fit, with a counter so that the same box can be asked for twice. */
export interface Aim {
  box: Box
  count: number
  /** So that the eye can follow; the same, but stay when the box can be seen already; or without being seen to move. */
  how: 'moving' | 'unless-seen' | 'at-once'
}

/** Of buttons that lie over the map, and a little more. */
const HEAD_PIXELS = 68
/** A clicked place stays this far from a panel. */
const CLEAR_PIXELS = 90

/** Less than this on the screen is too small to be called seen. */
const SEEN_PIXELS = 28

/** The middle of a box is in view, beside the panels, and the box is large enough to be noticed. */
function isSeen(map: MapLibre, [west, south, east, north]: Box, covered: Props['covered']): boolean {
  const upper = map.project([west, north])
  const lower = map.project([east, south])
  const [x, y] = [(upper.x + lower.x) / 2, (upper.y + lower.y) / 2]
  const { clientWidth, clientHeight } = map.getCanvas()
  const isLarge = Math.max(lower.x - upper.x, lower.y - upper.y) >= SEEN_PIXELS
  return isLarge && x >= 0 && y >= 0 && x <= clientWidth - covered.right && y <= clientHeight - covered.bottom
}

interface Props {
  scene: Scene
  view: View
  aim: Aim | null
  /** Zoom steps asked for by buttons, with a counter. */
  zoom: { by: number; count: number }
  /** Pixels of the map that panels lie over. */
  covered: NameWishes['covered']
  /** How many people, as a label says it. */
  count: NameWishes['count']
  label: string
  onPointer: (pointer: MapPointer) => void
  onView: (view: View) => void
}

export function MapView(props: Props) {
  const { scene, aim, zoom, label } = props
  const holder = useRef<HTMLDivElement>(null)
  const drawn = useRef<Scene>(null)
  const latest = useRef(props)
  latest.current = props
  const names = useRef<ReturnType<typeof keepNames>>(null)
  const clicked = useRef<LngLat>(null)
  const [map, setMap] = useState<MapLibre | null>(null)

  useEffect(() => {
    if (!holder.current) return
    const { view, scene: first } = latest.current
    const created = createMap(holder.current, view, first.theme)
    let pending = 0
    let ready = false
    created.on('load', () => {
      ready = true
      setMap(created)
    })
    created.on('moveend', () => {
      const { lng, lat } = created.getCenter()
      latest.current.onView({ lng, lat, zoom: created.getZoom() })
    })
    // One answer for each frame: a mouse may report a thousand times a second.
    created.on('mousemove', event => {
      cancelAnimationFrame(pending)
      pending = requestAnimationFrame(() => {
        if (ready) latest.current.onPointer(readPointer(created, event, 'move', latest.current.scene.drawing))
      })
    })
    for (const [name, on] of [
      ['click', 'click'],
      ['dblclick', 'double'],
    ] as const) {
      created.on(name, event => {
        cancelAnimationFrame(pending)
        clicked.current = event.lngLat
        if (ready) latest.current.onPointer(readPointer(created, event, on, latest.current.scene.drawing))
      })
    }
    created.on('mousedown', event => {
      if (!ready || !latest.current.scene.canGrab) return
      event.preventDefault()
      latest.current.onPointer(readPointer(created, event, 'press', latest.current.scene.drawing))
      created.once('mouseup', up => {
        cancelAnimationFrame(pending)
        latest.current.onPointer(readPointer(created, up, 'release', latest.current.scene.drawing))
      })
    })
    created.on('mouseout', () => {
      cancelAnimationFrame(pending)
      latest.current.onPointer({ on: 'leave' })
    })
    const kept = keepNames(created, { ...latest.current, chosenLevel: first.chosenLevel })
    names.current = kept
    const conceal = exposeMap(created)
    return () => {
      cancelAnimationFrame(pending)
      kept.stop()
      names.current = null
      conceal()
      drawn.current = null
      created.remove()
    }
  }, [])

  useEffect(() => {
    if (!map) return
    drawScene(map, scene, drawn.current)
    drawn.current = scene
  }, [map, scene])

  // Names keep clear of panels, and speak the language that is chosen.
  const { covered, count } = props
  const { chosenLevel } = scene
  useEffect(() => names.current?.wish({ covered, count, chosenLevel }), [covered, count, chosenLevel])

  // A panel that opens over the place that was clicked must not hide it: the map moves it into the clear.
  useEffect(() => {
    if (!map || !clicked.current) return
    // The panel may have given the map another size in the same moment.
    map.resize()
    const at = map.project(clicked.current)
    const { clientWidth, clientHeight } = map.getCanvas()
    const x = Math.max(0, at.x - (clientWidth - covered.right - CLEAR_PIXELS))
    const y = Math.max(0, at.y - (clientHeight - covered.bottom - CLEAR_PIXELS))
    clicked.current = null
    if (covered.right > 0 || covered.bottom > CLEAR_PIXELS) map.panBy([x, y], { duration: 300 })
  }, [map, covered])

  const { callout } = scene
  useEffect(() => {
    if (!map || !callout) return
    const element = document.createElement('div')
    element.className = 'refusal-place'
    const words = document.createElement('span')
    words.textContent = callout.text
    element.append(words)
    const marker = new Marker({ element }).setLngLat([callout.at[0], callout.at[1]]).addTo(map)
    return () => {
      marker.remove()
    }
  }, [map, callout])

  const { pin } = scene
  useEffect(() => {
    if (!map || !pin) return
    const element = document.createElement('div')
    element.className = 'incident-pin'
    if (pin.text) {
      const words = document.createElement('span')
      words.textContent = pin.text
      element.append(words)
    }
    const marker = new Marker({ element }).setLngLat([pin.at[0], pin.at[1]]).addTo(map)
    return () => {
      marker.remove()
    }
  }, [map, pin])

  const { found } = scene
  useEffect(() => {
    if (!map || !found) return
    const element = document.createElement('div')
    element.className = 'found-place'
    const words = document.createElement('span')
    words.textContent = found.text
    element.append(words)
    const marker = new Marker({ element }).setLngLat([found.at[0], found.at[1]]).addTo(map)
    return () => {
      marker.remove()
    }
  }, [map, found])

  useEffect(() => {
    if (!map || !aim) return
    const [west, south, east, north] = aim.box
    if (aim.how === 'unless-seen' && isSeen(map, aim.box, latest.current.covered)) return
    const { right, bottom } = latest.current.covered
    // A panel that came with the aim has taken of the map's height; the map itself hears of it only later.
    map.resize()
    const still = aim.how === 'at-once' || matchMedia('(prefers-reduced-motion: reduce)').matches
    map.fitBounds([west, south, east, north], {
      padding: { top: HEAD_PIXELS, right: right + 32, bottom: bottom + 32, left: 32 },
      duration: still ? 0 : 500,
      maxZoom: 17,
    })
  }, [map, aim])

  useEffect(() => {
    if (map && zoom.by !== 0) map.zoomTo(Math.round(map.getZoom() * 2) / 2 + zoom.by)
  }, [map, zoom])

  return <div ref={holder} className="map" role="application" aria-label={label} data-testid="map" />
}
