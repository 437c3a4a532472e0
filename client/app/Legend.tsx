// What the colours of the grids mean: every class with its limits and how many grids fall into it.
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import type { GridCounts } from '../../core/contract/analysis.ts'
import { usePlan, useProfile } from '../api/queries.ts'
import { isCounted, type Measure, samplesOf } from '../map/colouring.ts'
import { PALETTES } from '../map/palette.ts'
import { type Language, writeCount } from './numbers.ts'
import { usePage } from './state.ts'
import { Trouble } from './Trouble.tsx'
import { useShownLevel } from './use-level.ts'
import { type Measured, useMeasured, useShownCounts } from './use-measured.ts'
import { Waiting } from './Waiting.tsx'

const DEVIATION_WORDS = ['farBelow', 'below', 'within', 'above', 'farAbove'] as const

/** `120 – 340`, in the digits the breaks have. */
const writeBreak = (value: number, measure: Measure, language: Language): string =>
  writeCount(measure !== 'persons' && value < 10 ? value : Math.round(value), language)

function useClassWords({ colouring, counts }: Measured): string[] {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const { measure, breaks } = colouring
  if (measure === 'deviation') return DEVIATION_WORDS.map(word => t(`colour.deviationClass.${word}`))
  const write = (value: number | undefined) => writeBreak(value ?? 0, measure, language)
  if (counts.length === 1) return [t('colour.above', { n: write(0) })]
  return counts.map((_, index) => {
    if (index === 0) return t('colour.below', { n: write(breaks[0]) })
    if (index === breaks.length) return t('colour.above', { n: write(breaks.at(-1)) })
    return t('colour.between', { from: write(breaks[index - 1]), to: write(breaks[index]) })
  })
}

function LegendTable({ measured }: { measured: Measured }) {
  const { t } = useTranslation()
  const { theme, language } = usePage()
  const words = useClassWords(measured)
  const { measure } = measured.colouring
  const colours = samplesOf(PALETTES[theme], measured.colouring)
  const unit = measure === 'density' ? t('card.densityUnit') : measure === 'persons' ? t('personsUnit') : null
  return (
    <table className="classes" data-testid="legend">
      <thead>
        <tr>
          <th scope="col" colSpan={2}>
            {t(`colour.${measure}`)}
            {unit && <span className="unit"> ({unit})</span>}
          </th>
          <th scope="col" className="number">
            {t('colour.grids')}
          </th>
        </tr>
      </thead>
      <tbody>
        {words.map((word, index) => (
          <tr key={word}>
            <td>
              <span className="swatch" style={{ background: colours[index] }} />
            </td>
            <th scope="row">{word}</th>
            <td className="number">{writeCount(measured.counts[index] ?? 0, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Of what the grids do not tell themselves: how many in all, as of when, and what is not in the colours. */
function CountedNote({ counts, measure }: { counts: GridCounts; measure: Measure }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const { counted, total, above, on, grids } = counts
  const hasNoRate = measure !== 'incidents' && grids.some(one => one.perThousand === null)
  const notes = [
    counted ? t('lead.total', { n: writeCount(total, language), on }) : t('lead.notCounted'),
    ...(above > 0 ? [t('lead.above', { n: writeCount(above, language) })] : []),
    ...(hasNoRate ? [t('lead.noRate')] : []),
  ]
  return (
    <p className="quiet-text legend-note" data-testid="counted-note">
      {notes.join(t('listStop'))}
    </p>
  )
}

export function Legend() {
  const { t } = useTranslation()
  const { language, planId } = usePage(
    useShallow(state => ({ language: state.language, planId: state.plan })),
  )
  const measured = useMeasured()
  const counted = useShownCounts()
  const level = useShownLevel()
  const profile = useProfile(usePlan(planId).data)
  if (counted.error) {
    return (
      <Trouble title={t('lead.countsFailed')} onRetry={() => void counted.refetch()}>
        {counted.error.message}
      </Trouble>
    )
  }
  if (!measured) return counted.isFetching ? <Waiting rows={5} /> : null
  const name = profile?.levels[level - 1]?.name[language] ?? t('levelNumber', { level })
  if (measured.grids.length === 0) {
    const isBand = measured.colouring.measure === 'deviation'
    return <p className="quiet">{isBand ? t('colour.noBand', { name }) : t('colour.nothing')}</p>
  }
  return (
    <section aria-label={t('colour.legend')}>
      <LegendTable measured={measured} />
      <p className="quiet-text legend-note">
        {t('colour.of', { name, n: writeCount(measured.grids.length, language) })}
        {measured.colouring.measure !== 'deviation' && ` · ${t('colour.equal')}`}
      </p>
      {counted.data && isCounted(measured.colouring.measure) && (
        <CountedNote counts={counted.data} measure={measured.colouring.measure} />
      )}
    </section>
  )
}
