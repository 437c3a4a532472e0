// The layer list with its legend: what is drawn, how strongly, and what the colours mean.
import { ActionIcon, Group, Slider, Switch, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLayers } from '../api/queries.ts'
import { LAYER_KEYS, type LayerKey } from '../map/layer-groups.ts'
import { PALETTES, type Palette } from '../map/palette.ts'
import { ColourControl } from './ColourControl.tsx'
import { Legend } from './Legend.tsx'
import { NamedLayers } from './NamedLayers.tsx'
import { writeCount } from './numbers.ts'
import { usePage } from './state.ts'
import type { Words } from './words.zh.ts'

type LegendWord = keyof Words['layers']['legend']
interface Sample {
  word: LegendWord
  shape: 'line' | 'area' | 'dot'
  colour: string
  weight?: number
  edge?: string
}

function legendOf(key: LayerKey, p: Palette): Sample[] {
  switch (key) {
    case 'grids':
      return [
        { word: 'level1', shape: 'line', colour: p.grid, weight: 4 },
        { word: 'level2', shape: 'line', colour: p.grid, weight: 2.5 },
        { word: 'level3', shape: 'line', colour: p.grid, weight: 1.5 },
        { word: 'level4', shape: 'line', colour: p.grid, weight: 1 },
      ]
    case 'roads':
      return [
        { word: 'motorway', shape: 'line', colour: p.motorway, weight: 5, edge: p.motorwayCasing },
        { word: 'major', shape: 'line', colour: p.major, weight: 4, edge: p.majorCasing },
        { word: 'minor', shape: 'line', colour: p.minor, weight: 3, edge: p.middleCasing },
        { word: 'rail', shape: 'line', colour: p.rail, weight: 2 },
      ]
    case 'green':
      return [
        { word: 'wood', shape: 'area', colour: p.wood },
        { word: 'grass', shape: 'area', colour: p.green },
        { word: 'field', shape: 'area', colour: p.field },
        { word: 'orchard', shape: 'area', colour: p.orchard },
        { word: 'built', shape: 'area', colour: p.built },
        { word: 'works', shape: 'area', colour: p.works },
      ]
    case 'buildings':
      return [
        { word: 'house', shape: 'area', colour: p.building },
        { word: 'factory', shape: 'area', colour: p.factory },
        { word: 'service', shape: 'area', colour: p.civic },
        { word: 'greenhouse', shape: 'area', colour: p.greenhouse },
      ]
    case 'objects':
      return (Object.keys(p.object) as (keyof Palette['object'])[]).map(word => ({
        word,
        shape: 'dot',
        colour: p.object[word],
      }))
    case 'facilities':
      return (Object.keys(p.facility) as (keyof Palette['facility'])[]).map(word => ({
        word,
        shape: 'dot',
        colour: p.facility[word],
      }))
    default:
      return []
  }
}

/** The one sample beside the name of a layer that needs no further legend. */
function swatchOf(key: LayerKey, p: Palette): { colour: string; edge: string; dashed?: boolean } | null {
  if (key === 'areas') return { colour: 'transparent', edge: p.areaLine, dashed: true }
  if (key === 'water') return { colour: p.water, edge: p.waterLine }
  return null
}

function LegendSample({ shape, colour, weight = 2, edge }: Sample) {
  return (
    <svg width="28" height="14" aria-hidden="true">
      {shape === 'dot' && <circle cx="14" cy="7" r="4.5" fill={colour} />}
      {shape === 'area' && (
        <rect x="3" y="1" width="22" height="12" rx="2" fill={colour} stroke="rgba(128,128,128,.35)" />
      )}
      {shape === 'line' && edge && (
        <line x1="2" x2="26" y1="7" y2="7" stroke={edge} strokeWidth={weight + 2} />
      )}
      {shape === 'line' && <line x1="2" x2="26" y1="7" y2="7" stroke={colour} strokeWidth={weight} />}
    </svg>
  )
}

function LayerRow({ layer, colours }: { layer: LayerKey; colours: boolean }) {
  const { t } = useTranslation()
  const { theme, language, layers, setLayer } = usePage()
  const info = useLayers().data?.layers.find(one => one.layer === layer)
  const zoom = usePage(state => state.view?.zoom ?? 0)
  const { shown, opacity } = layers[layer]
  const palette = PALETTES[theme]
  const swatch = swatchOf(layer, palette)
  const name = t(`layers.${layer}`)
  const tooFar = info && zoom < info.minZoom
  return (
    <li className="layer-row">
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Switch
          size="sm"
          checked={shown}
          onChange={event => setLayer(layer, { shown: event.currentTarget.checked })}
          data-testid={`layer-${layer}`}
          label={
            <span className="layer-name">
              {name}
              {swatch && (
                <svg width="20" height="12" aria-hidden="true">
                  <rect
                    x="1"
                    y="1"
                    width="18"
                    height="10"
                    rx="2"
                    fill={swatch.colour}
                    stroke={swatch.edge}
                    strokeWidth="1.4"
                    strokeDasharray={swatch.dashed ? '4 2' : undefined}
                  />
                </svg>
              )}
            </span>
          }
        />
        <Slider
          w={84}
          size="xs"
          min={0.1}
          max={1}
          step={0.1}
          value={opacity}
          disabled={!shown}
          label={value => `${Math.round(value * 100)} %`}
          thumbLabel={`${name} ${t('layers.opacity')}`}
          onChange={value => setLayer(layer, { opacity: value })}
        />
      </Group>
      {info && layer !== 'grids' && (
        <Text size="xs" c="dimmed" className="layer-note">
          {t('layers.count', { n: writeCount(info.count, language) })}
          {tooFar && ` · ${t('layers.fromZoom', { zoom: info.minZoom })}`}
        </Text>
      )}
      {layer === 'grids' && shown && colours && (
        <div className="row-colours">
          <ColourControl />
          <Legend />
        </div>
      )}
      {shown && (
        <ul className="legend">
          {legendOf(layer, palette).map(sample => (
            <li key={sample.word}>
              <LegendSample {...sample} />
              {t(`layers.legend.${sample.word}`)}
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

interface Props {
  /** The colours of the grids are chosen here; where the dock has them, not. */
  colours: boolean
  onClose: () => void
}

export function LayerPanel({ colours, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <aside className="side-panel" aria-label={t('top.layers')} data-testid="layer-panel">
      <Group justify="space-between" className="panel-head">
        <Text component="h2" fw={600} size="lg">
          {t('top.layers')}
        </Text>
        <ActionIcon variant="subtle" color="gray" aria-label={t('close')} onClick={onClose}>
          <IconX size={18} />
        </ActionIcon>
      </Group>
      <div className="panel-body">
        <ul className="layer-list">
          {LAYER_KEYS.map(layer => (
            <LayerRow key={layer} layer={layer} colours={colours} />
          ))}
        </ul>
        <NamedLayers />
      </div>
    </aside>
  )
}
