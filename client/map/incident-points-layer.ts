// Incidents as points: their places go to the graphics card once, a move of the window only changes which rows are drawn.
import type { CustomLayerInterface, CustomRenderMethodInput, Map as MapLibre } from 'maplibre-gl'
import { INCIDENT_STATUSES } from '../../core/contract/incidents.ts'
import type { Rows } from '../../core/incidents/rows.ts'
import type { PointCloud } from '../workers/heat-messages.ts'
import { compile, matrixFrom, switchTo } from './gl-program.ts'
import { premultiplied, STATUS_COLOURS, TOP_COLOURS, topColour } from './heat-colours.ts'
import { PALETTES, type Theme } from './palette.ts'

export interface PointsOnMap {
  readonly as: 'points'
  readonly points: PointCloud
  /** 0 is drawn. */
  readonly fails: Uint8Array
  readonly rows: Rows
  readonly colour: 'status' | 'category'
}

const VERTEX = `#version 300 es
uniform mat4 u_matrix;
uniform float u_size;
uniform vec4 u_colours[${TOP_COLOURS}];
layout(location = 0) in vec2 a_place;
layout(location = 1) in float a_colour;
layout(location = 2) in float a_fails;
out vec4 v_colour;
void main() {
  v_colour = u_colours[int(a_colour) % ${TOP_COLOURS}];
  gl_PointSize = u_size;
  gl_Position = a_fails > 0.0 ? vec4(2.0, 2.0, 2.0, 1.0) : u_matrix * vec4(a_place, 0.0, 1.0);
}`

// A disc with a thin edge, so that neighbours stay apart.
const FRAGMENT = `#version 300 es
precision highp float;
uniform float u_size;
uniform vec4 u_edge;
in vec4 v_colour;
out vec4 colour;
void main() {
  float away = length(gl_PointCoord - 0.5) * u_size;
  float radius = 0.5 * u_size;
  float inside = clamp(radius - away, 0.0, 1.0);
  if (inside == 0.0) discard;
  colour = mix(u_edge, v_colour, clamp(radius - 1.0 - away, 0.0, 1.0)) * inside;
}`

/** Pixels across, at some zooms. */
const SIZES = [
  [10, 5],
  [14, 8],
  [17, 13],
] as const

function sizeAt(zoom: number): number {
  const [[lowest, least], [middle, usual], [highest, most]] = SIZES
  if (zoom <= middle) {
    return least + (usual - least) * Math.max(0, (zoom - lowest) / (middle - lowest))
  }
  return usual + (most - usual) * Math.min(1, (zoom - middle) / (highest - middle))
}
/** So far from its place a point can be hit, in pixels. */
export const reachAt = (zoom: number): number => sizeAt(zoom) / 2 + 3

export const POINTS_LAYER = 'incident-points'
const EDGE_OPACITY = 0.9

export class IncidentPointsLayer implements CustomLayerInterface {
  readonly id = POINTS_LAYER
  readonly type = 'custom'
  readonly renderingMode = '2d'
  #map: MapLibre | null = null
  #program: WebGLProgram | null = null
  #layout: WebGLVertexArrayObject | null = null
  #buffers: { places: WebGLBuffer; colours: WebGLBuffer; fails: WebGLBuffer } | null = null
  #shown: PointsOnMap | null = null
  #theme: Theme = 'light'
  /** What the graphics card has. */
  #held: Partial<PointsOnMap> = {}

  show(points: PointsOnMap | null, theme: Theme): void {
    if (points === this.#shown && theme === this.#theme) return
    this.#shown = points
    this.#theme = theme
    this.#map?.triggerRepaint()
  }

  onAdd(map: MapLibre, gl: WebGL2RenderingContext): void {
    this.#map = map
    this.#program = compile(gl, VERTEX, FRAGMENT)
    this.#layout = gl.createVertexArray()
    this.#buffers = { places: gl.createBuffer(), colours: gl.createBuffer(), fails: gl.createBuffer() }
    this.#held = {}
  }

  onRemove(_: MapLibre, gl: WebGL2RenderingContext): void {
    gl.deleteProgram(this.#program)
    gl.deleteVertexArray(this.#layout)
    for (const buffer of Object.values(this.#buffers ?? {})) gl.deleteBuffer(buffer)
    this.#map = null
  }

  /** Hands over what differs from what is there. */
  #load(gl: WebGL2RenderingContext, shown: PointsOnMap): void {
    const { points, colour, fails } = shown
    const buffers = this.#buffers
    if (!buffers) return
    const fill = (location: number, buffer: WebGLBuffer, values: Float32Array | Uint8Array, size: number) => {
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer)
      gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW)
      gl.enableVertexAttribArray(location)
      const type = values instanceof Float32Array ? gl.FLOAT : gl.UNSIGNED_BYTE
      gl.vertexAttribPointer(location, size, type, false, 0, 0)
    }
    const isNew = points !== this.#held.points
    if (isNew) fill(0, buffers.places, points.places, 2)
    if (isNew || colour !== this.#held.colour) {
      fill(1, buffers.colours, colour === 'status' ? points.status : points.top, 1)
    }
    if (isNew || fails !== this.#held.fails) fill(2, buffers.fails, fails, 1)
    this.#held = shown
  }

  render(gl: WebGL2RenderingContext, { defaultProjectionData }: CustomRenderMethodInput): void {
    const [shown, program, map] = [this.#shown, this.#program, this.#map]
    if (!shown || !program || !map) return
    switchTo(gl, program)
    gl.bindVertexArray(this.#layout)
    this.#load(gl, shown)
    const { points, rows, fails } = shown
    const place = (name: string) => gl.getUniformLocation(program, name)
    const [x, y] = points.origin
    gl.uniformMatrix4fv(place('u_matrix'), false, matrixFrom(defaultProjectionData.mainMatrix, x, y))
    gl.uniform1f(place('u_size'), sizeAt(map.getZoom()) * devicePixelRatio)
    const colours = Array.from({ length: TOP_COLOURS }, (_, index) =>
      shown.colour === 'category'
        ? topColour(this.#theme, index)
        : STATUS_COLOURS[this.#theme][INCIDENT_STATUSES[index % INCIDENT_STATUSES.length]!],
    )
    gl.uniform4fv(
      place('u_colours'),
      colours.flatMap(colour => premultiplied(colour, EDGE_OPACITY)),
    )
    gl.uniform4fv(place('u_edge'), premultiplied(PALETTES[this.#theme].land, EDGE_OPACITY))
    const end = Math.min(rows.end, fails.length)
    if (end > rows.first) gl.drawArrays(gl.POINTS, rows.first, end - rows.first)
    gl.bindVertexArray(null)
  }
}
