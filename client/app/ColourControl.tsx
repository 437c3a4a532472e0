// By what the grids are coloured.
import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { OWN_MEASURES } from '../map/colouring.ts'
import { usePage } from './state.ts'
import { useMeasure } from './use-measured.ts'

const NONE = 'none'

export function ColourControl() {
  const { t } = useTranslation()
  const colourBy = usePage(state => state.colourBy)
  const measure = useMeasure()
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      aria-label={t('colour.by')}
      value={measure ?? NONE}
      onChange={value => colourBy(OWN_MEASURES.find(one => one === value) ?? null)}
      data={[
        ...OWN_MEASURES.map(one => ({ value: one, label: t(`colour.${one}`) })),
        { value: NONE, label: t('colour.none') },
      ]}
      data-testid="colour-control"
    />
  )
}
