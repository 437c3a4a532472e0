// Of the card: facilities and street objects by kind, most first.
import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { GridCard, KindCount } from '../../core/contract/grids.ts'
import { kindName } from '../app/kind-names.ts'
import { writeCount } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { CardRow } from './CardRow.tsx'

interface Props {
  title: string
  nothing: string
  kinds: readonly KindCount[]
  testId: string
}

function Kinds({ title, nothing, kinds, testId }: Props) {
  const language = usePage(state => state.language)
  const total = kinds.reduce((sum, { count }) => sum + count, 0)
  return (
    <section data-testid={testId}>
      <h3>
        {title}
        <span className="aside number" data-testid={`${testId}-total`}>
          {writeCount(total, language)}
        </span>
      </h3>
      {kinds.length === 0 && <p className="quiet-text">{nothing}</p>}
      <dl className="rows two">
        {kinds.map(({ category, kind, count }) => (
          <CardRow key={`${category} ${kind}`} name={kindName(kind, language)} value={count} />
        ))}
      </dl>
    </section>
  )
}

export function CardPlaces({ card }: { card: GridCard | undefined }) {
  const { t } = useTranslation()
  if (!card) return <Skeleton height={260} mt="sm" />
  return (
    <>
      <Kinds
        title={t('card.facilities')}
        nothing={t('card.noFacilities')}
        kinds={card.facilities}
        testId="card-facilities"
      />
      <Kinds
        title={t('card.objects')}
        nothing={t('card.noObjects')}
        kinds={card.objects}
        testId="card-objects"
      />
    </>
  )
}
