// Of the card: who lives here by group, in what houses, and what firms there are.
import { useTranslation } from 'react-i18next'
import { type GridCard, RESIDENT_GROUPS } from '../../core/contract/grids.ts'
import { writeArea, writeAreaToo, writeCount } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { CardRow } from './CardRow.tsx'
import type { Known } from './GridCardPanel.tsx'

function Residents({ card }: { card: GridCard | undefined }) {
  const { t } = useTranslation()
  return (
    <section>
      <h3>
        {t('card.residents')}
        <span className="aside">{card && t('card.asOf', { on: card.on })}</span>
      </h3>
      {card?.residents === null ? (
        <p className="quiet-text">{t('card.noResidents')}</p>
      ) : (
        <>
          <dl className="rows two">
            <CardRow name={t('total')} value={card?.residents?.total} testId="card-residents" />
            {RESIDENT_GROUPS.map(group => (
              <CardRow
                key={group}
                name={t(`card.group.${group}`)}
                value={card?.residents?.[group]}
                testId={`card-${group}`}
              />
            ))}
          </dl>
          <p className="quiet-text">{t('card.residentsWhy')}</p>
        </>
      )}
    </section>
  )
}

export function CardOverview({ grid, card }: { grid: Known; card: GridCard | undefined }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const square = card?.areaSquareMetres ?? grid.areaSquareMetres
  const perSquareKilometre = Math.round(grid.persons / (Math.max(1, square) / 1e6))
  const organisations = card?.organisations
  return (
    <>
      <dl className="rows">
        <CardRow
          name={t('area')}
          testId="card-area"
          value={
            <>
              {writeArea(square, language)}{' '}
              <span className="quiet-text">{writeAreaToo(square, language)}</span>
            </>
          }
        />
        <CardRow
          name={t('card.density')}
          value={`${writeCount(perSquareKilometre, language)} ${t('card.densityUnit')}`}
        />
      </dl>
      <Residents card={card} />
      <section>
        <h3>{t('card.houses')}</h3>
        <dl className="rows two">
          <CardRow
            name={t('card.dangerous')}
            value={
              card &&
              (card.dangerousHouses === null
                ? t('card.notLooked')
                : writeCount(card.dangerousHouses, language))
            }
            testId="card-dangerous"
          />
          <CardRow name={t('card.addresses')} value={card?.addresses} testId="card-addresses" />
          <CardRow name={t('card.organisations')} value={organisations?.total} testId="card-organisations" />
          <CardRow
            name={t('card.factoryPremises')}
            value={organisations?.factoryPremises}
            testId="card-factories"
          />
          <CardRow name={t('card.employees')} value={organisations?.employees} />
          <CardRow name={t('card.specialEquipment')} value={organisations?.specialEquipment} />
          <CardRow name={t('card.keyPlaces')} value={organisations?.keyPlaces} />
        </dl>
      </section>
    </>
  )
}
