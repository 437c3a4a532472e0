// The layers that were brought in under a name, in the layer list: shown or not, how strongly, how many, and where.
import { ActionIcon, Group, Slider, Switch, Text, Tooltip } from '@mantine/core'
import { IconFocusCentered } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { NamedLayer } from '../../core/contract/layers.ts'
import { useLayers } from '../api/queries.ts'
import { namedColour, SHOWN } from '../map/named-layers.ts'
import { writeCount } from './numbers.ts'
import { usePage } from './state.ts'

function NamedRow({ layer }: { layer: NamedLayer }) {
  const { t } = useTranslation()
  const { theme, language, named, setNamed, lookAt } = usePage()
  const { shown, opacity } = named[layer.id] ?? SHOWN
  const { bbox } = layer
  const find = t('layers.find', { name: layer.name })
  return (
    <li className="layer-row" data-testid="named-layer">
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Switch
          size="sm"
          checked={shown}
          onChange={event => setNamed(layer.id, { shown: event.currentTarget.checked })}
          label={
            <span className="layer-name">
              {layer.name}
              <span className="swatch" style={{ background: namedColour(layer, theme) }} />
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
          thumbLabel={`${layer.name} ${t('layers.opacity')}`}
          onChange={value => setNamed(layer.id, { opacity: value })}
        />
      </Group>
      <Group gap={4} className="layer-note">
        <Text size="xs" c="dimmed">
          {t('layers.count', { n: writeCount(layer.count, language) })}
        </Text>
        {bbox && (
          <Tooltip label={find}>
            <ActionIcon
              size="xs"
              variant="subtle"
              color="gray"
              aria-label={find}
              onClick={() => lookAt(bbox)}
            >
              <IconFocusCentered size={14} />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
    </li>
  )
}

export function NamedLayers() {
  const { t } = useTranslation()
  const layers = useLayers().data?.named ?? []
  if (layers.length === 0) return null
  return (
    <>
      <Text component="h3" fw={600} size="sm" mt="md">
        {t('layers.named')}
      </Text>
      <ul className="layer-list">
        {layers.map(layer => (
          <NamedRow key={layer.id} layer={layer} />
        ))}
      </ul>
    </>
  )
}
