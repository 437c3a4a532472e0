// Density as a deck.gl bitmap whose pixels are numbers: between the middles of cells they go over into each other, and a
// class begins exactly at its break, whatever the zoom.
import type { DefaultProps, LayerContext, UpdateParameters } from '@deck.gl/core'
import { BitmapLayer } from '@deck.gl/layers'
import { HEAT_BREAKS } from '../../core/incidents/density.ts'
import { HEAT_COLOURS, heatOpacity, partsOf } from './heat-colours.ts'
import type { HeatOnMap } from './incidents-on-map.ts'
import type { Theme } from './palette.ts'

type Texture = ReturnType<LayerContext['device']['createTexture']>

interface DensityProps {
  heat: HeatOnMap
  theme: Theme
}

const number = (value: number) => value.toFixed(4)

/** Breaks and colours never change while the program runs: they are written into the shader. */
const classify = (theme: Theme) => `
  vec2 at = uv * vec2(textureSize(bitmapTexture, 0)) - 0.5;
  ivec2 last = textureSize(bitmapTexture, 0) - 1;
  ivec2 low = clamp(ivec2(floor(at)), ivec2(0), last);
  ivec2 high = min(low + 1, last);
  vec2 part = clamp(at - vec2(low), 0.0, 1.0);
  float density = mix(
    mix(texelFetch(bitmapTexture, low, 0).r, texelFetch(bitmapTexture, ivec2(high.x, low.y), 0).r, part.x),
    mix(texelFetch(bitmapTexture, ivec2(low.x, high.y), 0).r, texelFetch(bitmapTexture, high, 0).r, part.x),
    part.y
  );
  if (density < ${number(HEAT_BREAKS[0])}) discard;
  ${HEAT_BREAKS.map((from, index) => {
    const parts = [...partsOf(HEAT_COLOURS[theme][index]!), heatOpacity(index)].map(number)
    return `if (density >= ${number(from)}) fragColor = vec4(${parts.join(', ')});`
  }).join('\n  ')}
`

export class DensityLayer extends BitmapLayer<DensityProps> {
  static override layerName = 'DensityLayer'
  // Arrays of a hundred thousand numbers are compared by identity.
  static override defaultProps: DefaultProps = { heat: { type: 'object', value: null, compare: 0 } }

  declare state: BitmapLayer['state'] & { values?: Texture }

  override getShaders() {
    return { ...super.getShaders(), inject: { 'fs:#main-end': classify(this.props.theme) } }
  }

  override updateState(update: UpdateParameters<this>): void {
    super.updateState(update)
    if (update.props.heat === update.oldProps.heat) return
    const { raster, values } = update.props.heat
    this.state.values?.destroy()
    this.state.values = this.context.device.createTexture({
      width: raster.columns,
      height: raster.rows,
      format: 'r32float',
      data: values,
      sampler: { minFilter: 'nearest', magFilter: 'nearest', mipmapFilter: 'none' },
    })
    this.setNeedsRedraw()
  }

  override finalizeState(context: LayerContext): void {
    super.finalizeState(context)
    this.state.values?.destroy()
  }

  override draw(): void {
    const { model, values, bounds, coordinateConversion } = this.state
    if (!model || !values) return
    model.shaderInputs.setProps({ bitmap: { bitmapTexture: values, bounds, coordinateConversion } })
    model.draw(this.context.renderPass)
  }
}
