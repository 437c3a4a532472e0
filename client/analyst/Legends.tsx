// What the colours of incidents mean: fixed classes of density, kinds of points, classes of counted grids.
import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { INCIDENT_STATUSES } from '../../core/contract/incidents.ts'
import { HEAT_BREAKS } from '../../core/incidents/density.ts'
import { usePlan, useProfile } from '../api/queries.ts'
import { kindName } from '../app/kind-names.ts'
import { writeCount, writeMeasure } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { useShownLevel } from '../app/use-level.ts'
import { COLOURED_OPACITY } from '../map/colouring.ts'
import { heatSample, STATUS_COLOURS, topColour } from '../map/heat-colours.ts'
import { countColours } from '../map/incident-layers.ts'
import { PALETTES } from '../map/palette.ts'
import type { Counted } from './counted.ts'
import { useDesk } from './desk.ts'
import { PER, POINT_COLOURS } from './settings.ts'
import { useRadius } from './use-desk.ts'

/** As the map draws counted grids, over bare land. */
export function useCountSamples(classes: number): string[] {
  const palette = PALETTES[usePage(state => state.theme)]
  return countColours(palette, classes).map(
    colour => `color-mix(in srgb, ${colour} ${COLOURED_OPACITY * 100}%, ${palette.land})`,
  )
}

export function HeatLegend() {
  const { t } = useTranslation()
  const theme = usePage(state => state.theme)
  const language = usePage(state => state.language)
  const analyse = usePage(state => state.analyse)
  const radii = useDesk(state => state.held?.radii ?? [])
  const radius = useRadius()
  return (
    <section className="part" aria-label={t('analyst.heat.legend')} data-testid="heat-legend">
      <header className="part-head">
        <h2>{t('analyst.heat.legend')}</h2>
      </header>
      <ol className="heat-scale">
        {HEAT_BREAKS.map((start, index) => (
          <li key={start}>
            <span className="heat-swatch" style={{ background: heatSample(theme, index) }} />
            <span className="heat-start">{start}</span>
          </li>
        ))}
      </ol>
      <p className="quiet-text">{t('analyst.heat.fixed')}</p>
      <div className="option">
        <span className="quiet-text">{t('analyst.heat.radius')}</span>
        <SegmentedControl
          size="xs"
          aria-label={t('analyst.heat.radius')}
          value={String(radius ?? '')}
          onChange={value => analyse({ radius: Number(value) })}
          data={radii.map(one => ({
            value: String(one),
            label: t('analyst.heat.metres', { n: writeCount(one, language) }),
          }))}
          data-testid="radius"
        />
      </div>
    </section>
  )
}

export function PointsLegend() {
  const { t } = useTranslation()
  const theme = usePage(state => state.theme)
  const language = usePage(state => state.language)
  const colour = usePage(state => state.analysis.colour)
  const analyse = usePage(state => state.analyse)
  const held = useDesk(state => state.held)
  const samples =
    colour === 'status'
      ? INCIDENT_STATUSES.map(status => ({
          name: kindName(status, language),
          colour: STATUS_COLOURS[theme][status],
        }))
      : (held?.tops ?? []).map((index, top) => ({
          name: held?.head.categories[index]?.name[language] ?? '',
          colour: topColour(theme, top),
        }))
  return (
    <section className="part" aria-label={t('analyst.as.points')} data-testid="points-legend">
      <div className="option">
        <span className="quiet-text">{t('analyst.points.colour')}</span>
        <SegmentedControl
          size="xs"
          aria-label={t('analyst.points.colour')}
          value={colour}
          onChange={value => analyse({ colour: POINT_COLOURS.find(one => one === value) ?? 'status' })}
          data={POINT_COLOURS.map(one => ({ value: one, label: t(`analyst.points.${one}`) }))}
          data-testid="point-colour"
        />
      </div>
      <ul className="dots">
        {samples.map(sample => (
          <li key={sample.name}>
            <span className="dot" style={{ background: sample.colour }} />
            {sample.name}
          </li>
        ))}
      </ul>
      <p className="quiet-text">{t('analyst.points.hint')}</p>
    </section>
  )
}

export function GridsLegend({ counted }: { counted: Counted }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const per = usePage(state => state.analysis.per)
  const planId = usePage(state => state.plan)
  const level = useShownLevel()
  const profile = useProfile(usePlan(planId).data)
  const samples = useCountSamples(counted.classes)
  const { breaks, classes } = counted
  const write = (value: number | undefined) => writeMeasure(value ?? 0, language)
  const words = (index: number) => {
    if (classes === 1) return t('colour.above', { n: write(0) })
    if (index === 0) return t('colour.below', { n: write(breaks[0]) })
    if (index === breaks.length) return t('colour.above', { n: write(breaks.at(-1)) })
    return t('colour.between', { from: write(breaks[index - 1]), to: write(breaks[index]) })
  }
  const name = profile?.levels[level - 1]?.name[language] ?? t('levelNumber', { level })
  return (
    <section className="part" aria-label={t('analyst.as.grids')} data-testid="grids-legend">
      <div className="option">
        <span className="quiet-text">{t('analyst.grids.per')}</span>
        <SegmentedControl
          size="xs"
          aria-label={t('analyst.grids.per')}
          value={per}
          onChange={value => usePage.getState().analyse({ per: PER.find(one => one === value) ?? 'count' })}
          data={PER.map(one => ({ value: one, label: t(`analyst.grids.${one}`) }))}
          data-testid="per"
        />
      </div>
      <table className="classes">
        <thead>
          <tr>
            <th scope="col" colSpan={2}>
              {t(`analyst.grids.unit.${per}`)}
            </th>
            <th scope="col" className="number">
              {t('colour.grids')}
            </th>
          </tr>
        </thead>
        <tbody>
          {samples.map((sample, index) => (
            <tr key={words(index)}>
              <td>
                <span className="swatch" style={{ background: sample }} />
              </td>
              <th scope="row">{words(index)}</th>
              <td className="number">{writeCount(counted.perClass[index] ?? 0, language)}</td>
            </tr>
          ))}
          {counted.none > 0 && (
            <tr>
              <td>
                <span className="swatch" />
              </td>
              <th scope="row">{t('analyst.grids.none')}</th>
              <td className="number">{writeCount(counted.none, language)}</td>
            </tr>
          )}
        </tbody>
      </table>
      <p className="quiet-text">
        {t('analyst.grids.level', { name, n: writeCount(counted.rows.length, language) })}
      </p>
      <p className="quiet-text" data-testid="inside-outside">
        {t('analyst.grids.inside', { n: writeCount(counted.inside, language) })}
        {counted.outside > 0 &&
          ` · ${t('analyst.grids.outside', { n: writeCount(counted.outside, language) })}`}
      </p>
    </section>
  )
}
