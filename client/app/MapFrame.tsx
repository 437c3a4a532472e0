// What lies around the map: layers and zoom buttons, scale, coordinates, whose data it is.
import { ActionIcon, Alert, Button, Tooltip } from '@mantine/core'
import { IconAlertTriangle, IconFocusCentered, IconMinus, IconPlus, IconStack2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Box } from '../../core/contract/geometry.ts'
import { useLayers, usePlan } from '../api/queries.ts'
import { QueryButton } from '../query/QueryButton.tsx'
import { demoNames } from './demo-names.ts'
import { LevelControl } from './LevelControl.tsx'
import { scaleOf } from './map-scale.ts'
import { writeLength, writePlace } from './numbers.ts'
import { usePage } from './state.ts'

function Coordinates() {
  const { t } = useTranslation()
  const pointer = usePage(state => state.pointer)
  const view = usePage(state => state.view)
  const [lng, lat] = pointer ?? (view ? [view.lng, view.lat] : [null, null])
  if (lng === null || lat === null) return null
  return (
    <span className="coordinates" title={t('map.coordinates')}>
      {writePlace(lng, lat)}
    </span>
  )
}

function Scale() {
  const view = usePage(state => state.view)
  const language = usePage(state => state.language)
  if (!view) return null
  const { metres, pixels } = scaleOf(view)
  return (
    <span className="scale" style={{ width: pixels }}>
      {writeLength(metres, language).replace(/\.00/, '')}
    </span>
  )
}

interface Props {
  layersOpen: boolean
  onLayers: () => void
  box: Box | null
}

export function MapFrame({ layersOpen, onLayers, box }: Props) {
  const { t } = useTranslation()
  const { lookAt, zoomBy } = usePage()
  const layers = useLayers()
  const demo = demoNames(layers.data, usePlan(usePage(state => state.plan)).data)
  const sources = [
    ...(demo.length > 0 ? [t('demoSource', { names: demo.join(t('listComma')) })] : []),
    ...(layers.data?.attribution ?? []),
  ]
  const attribution = sources.join(' · ')
  const buttons = [
    { label: t('map.zoomIn'), icon: <IconPlus size={18} />, act: () => zoomBy(1) },
    { label: t('map.zoomOut'), icon: <IconMinus size={18} />, act: () => zoomBy(-1) },
    { label: t('map.fit'), icon: <IconFocusCentered size={18} />, act: () => box && lookAt(box) },
  ]
  return (
    <>
      <div className="map-head">
        <Button
          variant="default"
          size="sm"
          leftSection={<IconStack2 size={18} />}
          aria-expanded={layersOpen}
          aria-label={t('top.layers')}
          onClick={onLayers}
          data-testid="layers"
        >
          {t('layers.title')}
        </Button>
        <QueryButton />
        <LevelControl />
      </div>
      <div className="zoom-buttons">
        {buttons.map(({ label, icon, act }) => (
          <Tooltip key={label} label={label} position="left">
            <ActionIcon variant="default" size={36} radius={0} aria-label={label} onClick={act}>
              {icon}
            </ActionIcon>
          </Tooltip>
        ))}
      </div>
      <div className="map-foot">
        <Scale />
        <Coordinates />
        {attribution && <span className="attribution">{attribution}</span>}
      </div>
      {layers.isError && (
        <Alert
          className="map-trouble"
          color="red"
          icon={<IconAlertTriangle size={18} />}
          title={t('map.noTiles')}
        >
          {layers.error.message}{' '}
          <Button size="compact-sm" variant="light" color="red" onClick={() => void layers.refetch()}>
            {t('retry')}
          </Button>
        </Alert>
      )}
    </>
  )
}
