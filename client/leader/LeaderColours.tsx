// By what the leader's grids are coloured, and of which time where incidents are counted.
import { NativeSelect, SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { usePage } from '../app/state.ts'
import { useMeasure } from '../app/use-measured.ts'
import { MEASURES } from '../map/colouring.ts'
import { PERIODS } from './period.ts'

const NONE = 'none'

export function LeaderColours() {
  const { t } = useTranslation()
  const colourBy = usePage(state => state.colourBy)
  const period = usePage(state => state.period)
  const set = usePage(state => state.set)
  const measure = useMeasure()
  const isTimed = measure === 'incidents' || measure === 'incidentRate'
  return (
    <section className="leader-colours">
      <NativeSelect
        size="sm"
        label={t('colour.by')}
        value={measure ?? NONE}
        onChange={event => {
          const chosen = event.currentTarget.value
          colourBy(MEASURES.find(one => one === chosen) ?? null)
        }}
        data={[
          ...MEASURES.map(one => ({ value: one, label: t(`lead.measures.${one}`) })),
          { value: NONE, label: t('colour.none') },
        ]}
        data-testid="colour-control"
      />
      {isTimed && (
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t('lead.period')}
          value={period}
          onChange={value => {
            const chosen = PERIODS.find(one => one === value)
            if (chosen) set({ period: chosen })
          }}
          data={PERIODS.map(one => ({ value: one, label: t(`lead.periods.${one}`) }))}
          data-testid="period"
        />
      )}
    </section>
  )
}
