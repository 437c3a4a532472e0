// A MapLibre map with our style, local fonts, scale and keyboard; nothing from outside.
import { Map as MapLibre, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import 'maplibre-gl/dist/maplibre-gl.css'
import type { Theme } from './palette.ts'
import type { View } from './scene.ts'
import { emptyStyle } from './style.ts'

setWorkerUrl(workerUrl)

const FAMILY = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif'

export function createMap(container: HTMLElement, view: View, theme: Theme): MapLibre {
  return new MapLibre({
    container,
    style: emptyStyle(theme),
    center: [view.lng, view.lat],
    zoom: view.zoom,
    minZoom: 3,
    maxZoom: 20,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    localIdeographFontFamily: FAMILY,
    fadeDuration: 150,
  })
}
