// Density and points of incidents, drawn by deck.gl inside the map: above the grids, below all names. Loaded when an
// analyst's scene first needs it.
import type { Layer } from '@deck.gl/core'
import { DataFilterExtension } from '@deck.gl/extensions'
import { ScatterplotLayer } from '@deck.gl/layers'
import { MapLibreOverlay } from '@deck.gl/maplibre'
import type { Map as MapLibre } from 'maplibre-gl'
import { INCIDENT_STATUSES } from '../../core/contract/incidents.ts'
import { DensityLayer } from './density-layer.ts'
import { partsOf, STATUS_COLOURS, TOP_COLOURS, topColour } from './heat-colours.ts'
import type { HeatOnMap, PointsOnMap } from './incidents-on-map.ts'
import { PALETTES, type Theme } from './palette.ts'
import { pointSize } from './point-size.ts'

export type DrawnByDeck = HeatOnMap | PointsOnMap

/** Everything of ours that lies over it begins with this layer. */
export const ABOVE = 'side-fill'
/** As the overlay calls its place among the layers of the map. */
const PLACE = `deck-maplibre-layer-group-before:${ABOVE}`

const POINT_OPACITY = 0.9
const EDGE_PIXELS = 1
/** On the flat map nothing is behind anything. */
const PARAMETERS = { depthCompare: 'always', depthWriteEnabled: false } as const
const FILTER = new DataFilterExtension({ filterSize: 2 })

const bytes = (colour: string): [number, number, number, number] => {
  const [red, green, blue] = partsOf(colour).map(part => Math.round(part * 255)) as [number, number, number]
  return [red, green, blue, Math.round(POINT_OPACITY * 255)]
}

/** Mercator of 0 to 1 to degrees. */
const longitude = (x: number) => (x - 0.5) * 360
const latitude = (y: number) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI

function densityLayer(heat: HeatOnMap, theme: Theme): Layer {
  const { west, north, cell, columns, rows } = heat.raster
  const bounds = [west, north + rows * cell, west + columns * cell, north] as const
  return new DensityLayer({
    id: `incident-heat-${theme}`,
    heat,
    theme,
    bounds: [longitude(bounds[0]), latitude(bounds[1]), longitude(bounds[2]), latitude(bounds[3])],
    parameters: PARAMETERS,
    beforeId: ABOVE,
  } as ConstructorParameters<typeof DensityLayer>[0])
}

/** Of each point the colour, four bytes. */
function coloursOf({ points, colour }: PointsOnMap, theme: Theme): Uint8ClampedArray {
  const isStatus = colour === 'status'
  const palette = isStatus
    ? INCIDENT_STATUSES.map(status => bytes(STATUS_COLOURS[theme][status]))
    : Array.from({ length: TOP_COLOURS }, (_, top) => bytes(topColour(theme, top)))
  const words = new Uint32Array(new Uint8Array(palette.flat()).buffer)
  const index = isStatus ? points.status : points.top
  return new Uint8ClampedArray(Uint32Array.from(index, one => words[one % words.length]!).buffer)
}

/** Of each point its row, which the window chooses by, and what it fails by. */
function filterOf(fails: Uint8Array): Float32Array {
  const values = new Float32Array(2 * fails.length)
  for (let row = 0; row < fails.length; row++) {
    values[2 * row] = row
    values[2 * row + 1] = fails[row]!
  }
  return values
}

/** The last answer is kept as long as it is asked the same. */
function remembered<A extends readonly unknown[], R>(work: (...asked: A) => R): (...asked: A) => R {
  let last: { asked: A; answer: R } | null = null
  return (...asked) => {
    if (!last || asked.some((one, index) => one !== last?.asked[index]))
      last = { asked, answer: work(...asked) }
    return last.answer
  }
}

export class IncidentOverlay {
  readonly #map: MapLibre
  readonly #overlay: MapLibreOverlay
  #shown: DrawnByDeck | null = null
  #theme: Theme = 'light'
  #layers: Layer[] = []
  #drawn = true
  readonly #colours = remembered(
    (points: PointsOnMap['points'], colour: PointsOnMap['colour'], theme: Theme) =>
      coloursOf({ points, colour } as PointsOnMap, theme),
  )
  readonly #filter = remembered(filterOf)
  /** As long as this is the same, nothing goes to the graphics card again. */
  readonly #data = remembered(
    (length: number, places: Float64Array, colours: Uint8ClampedArray, filter: Float32Array) => ({
      length,
      attributes: {
        getPosition: { value: places, size: 2 },
        getFillColor: { value: colours, size: 4 },
        getFilterValue: { value: filter, size: 2 },
      },
    }),
  )

  constructor(map: MapLibre) {
    this.#map = map
    this.#overlay = new MapLibreOverlay({
      interleaved: true,
      layers: [],
      getCursor: () => map.getCanvas().style.cursor,
      onAfterRender: () => {
        this.#drawn ||= this.#layers.every(layer => layer.isLoaded)
      },
    })
    map.addControl(this.#overlay)
    map.on('zoom', () => {
      if (this.#shown?.as === 'points') this.#draw()
    })
  }

  /** What was asked for is on the map. */
  get isDrawn(): boolean {
    return this.#drawn
  }

  show(shown: DrawnByDeck | null, theme: Theme): void {
    if (shown === this.#shown && theme === this.#theme) {
      // Other layers may have come between.
      const order = this.#map.getLayersOrder()
      if (this.#layers.length > 0 && order[order.indexOf(ABOVE) - 1] !== PLACE) this.#draw()
      return
    }
    this.#shown = shown
    this.#theme = theme
    this.#drawn = false
    this.#draw()
    this.#map.triggerRepaint()
  }

  #draw(): void {
    const [shown, theme] = [this.#shown, this.#theme]
    if (!shown) this.#layers = []
    else this.#layers = [shown.as === 'heat' ? densityLayer(shown, theme) : this.#pointsLayer(shown, theme)]
    // The overlay takes its place only while no tile is on its way, for styles that may still be loading; ours is there.
    this.#map.isStyleLoaded = () => true
    try {
      this.#overlay.setProps({ layers: this.#layers })
    } finally {
      Reflect.deleteProperty(this.#map, 'isStyleLoaded')
    }
  }

  #pointsLayer({ points, fails, rows, colour }: PointsOnMap, theme: Theme): Layer {
    const count = Math.min(points.status.length, fails.length)
    return new ScatterplotLayer({
      id: 'incident-points',
      data: this.#data(count, points.places, this.#colours(points, colour, theme), this.#filter(fails)),
      radiusUnits: 'pixels',
      radiusScale: (pointSize(this.#map.getZoom()) - EDGE_PIXELS) / 2,
      stroked: true,
      lineWidthUnits: 'pixels',
      getLineWidth: EDGE_PIXELS,
      getLineColor: bytes(PALETTES[theme].land),
      extensions: [FILTER],
      filterRange: [
        [rows.first, rows.end - 1],
        [0, 0],
      ],
      parameters: PARAMETERS,
      beforeId: ABOVE,
    } as ConstructorParameters<typeof ScatterplotLayer>[0])
  }
}
