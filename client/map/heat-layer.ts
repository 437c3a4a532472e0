// The density of incidents on the map: values of the raster as a texture, coloured by the fixed classes where they are drawn.
import type { CustomLayerInterface, CustomRenderMethodInput, Map as MapLibre } from 'maplibre-gl'
import { HEAT_BREAKS } from '../../core/incidents/density.ts'
import type { Raster } from '../../core/incidents/raster.ts'
import { compile, matrixFrom, switchTo } from './gl-program.ts'
import { HEAT_COLOURS, heatOpacity, premultiplied } from './heat-colours.ts'
import type { Theme } from './palette.ts'

export interface HeatOnMap {
  readonly as: 'heat'
  readonly raster: Raster
  /** Incidents per km² per day of every cell, row by row from the north-west. */
  readonly values: Float32Array
}

const CLASSES = HEAT_BREAKS.length

const VERTEX = `#version 300 es
uniform mat4 u_matrix;
uniform vec2 u_size;
uniform vec2 u_cells;
out vec2 v_cell;
void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  v_cell = corner * u_cells;
  gl_Position = u_matrix * vec4(corner * u_size, 0.0, 1.0);
}`

// Between the middles of cells values go over into each other; a class begins exactly at its break.
const FRAGMENT = `#version 300 es
precision highp float;
uniform highp sampler2D u_values;
uniform float u_breaks[${CLASSES}];
uniform vec4 u_colours[${CLASSES}];
in vec2 v_cell;
out vec4 colour;
void main() {
  vec2 at = v_cell - 0.5;
  ivec2 last = textureSize(u_values, 0) - 1;
  ivec2 low = clamp(ivec2(floor(at)), ivec2(0), last);
  ivec2 high = min(low + 1, last);
  vec2 part = clamp(at - vec2(low), 0.0, 1.0);
  float a = texelFetch(u_values, low, 0).r;
  float b = texelFetch(u_values, ivec2(high.x, low.y), 0).r;
  float c = texelFetch(u_values, ivec2(low.x, high.y), 0).r;
  float d = texelFetch(u_values, high, 0).r;
  float value = mix(mix(a, b, part.x), mix(c, d, part.x), part.y);
  if (value < u_breaks[0]) discard;
  colour = u_colours[0];
  for (int index = 1; index < ${CLASSES}; index++) if (value >= u_breaks[index]) colour = u_colours[index];
}`

export const HEAT_LAYER = 'incident-heat'

export class HeatLayer implements CustomLayerInterface {
  readonly id = HEAT_LAYER
  readonly type = 'custom'
  readonly renderingMode = '2d'
  #map: MapLibre | null = null
  #program: WebGLProgram | null = null
  #texture: WebGLTexture | null = null
  #shown: HeatOnMap | null = null
  #theme: Theme = 'light'
  #isFresh = false

  show(heat: HeatOnMap | null, theme: Theme): void {
    if (heat === this.#shown && theme === this.#theme) return
    this.#isFresh ||= heat !== this.#shown
    this.#shown = heat
    this.#theme = theme
    this.#map?.triggerRepaint()
  }

  onAdd(map: MapLibre, gl: WebGL2RenderingContext): void {
    this.#map = map
    this.#program = compile(gl, VERTEX, FRAGMENT)
    this.#texture = gl.createTexture()
    this.#isFresh = true
  }

  onRemove(_: MapLibre, gl: WebGL2RenderingContext): void {
    gl.deleteProgram(this.#program)
    gl.deleteTexture(this.#texture)
    this.#map = null
  }

  render(gl: WebGL2RenderingContext, { defaultProjectionData }: CustomRenderMethodInput): void {
    const program = this.#program
    if (!this.#shown || !program) return
    const { raster, values } = this.#shown
    const { west, north, cell, columns, rows } = raster
    switchTo(gl, program)
    gl.activeTexture(gl.TEXTURE0)
    gl.bindTexture(gl.TEXTURE_2D, this.#texture)
    if (this.#isFresh) {
      gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false)
      gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false)
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.R32F, columns, rows, 0, gl.RED, gl.FLOAT, values)
      for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) {
        gl.texParameteri(gl.TEXTURE_2D, filter, gl.NEAREST)
      }
      this.#isFresh = false
    }
    const place = (name: string) => gl.getUniformLocation(program, name)
    gl.uniformMatrix4fv(place('u_matrix'), false, matrixFrom(defaultProjectionData.mainMatrix, west, north))
    gl.uniform2f(place('u_size'), cell * columns, cell * rows)
    gl.uniform2f(place('u_cells'), columns, rows)
    gl.uniform1i(place('u_values'), 0)
    gl.uniform1fv(place('u_breaks'), HEAT_BREAKS)
    const colours = HEAT_COLOURS[this.#theme].flatMap((colour, index) =>
      premultiplied(colour, heatOpacity(index)),
    )
    gl.uniform4fv(place('u_colours'), colours)
    gl.bindVertexArray(null)
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4)
  }
}
