// A grid that is no more: what it became, and the way there.
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../api/call.ts'
import { usePage } from '../app/state.ts'
import { Trouble } from '../app/Trouble.tsx'

export function CardGone({ failure }: { failure: Failure }) {
  const { t } = useTranslation()
  const chooseGrid = usePage(state => state.chooseGrid)
  const successors = failure.problem?.successors
  if (!successors) {
    return (
      <Trouble
        title={t('card.notFound')}
        onRetry={() => chooseGrid(null)}
        retryLabel={t('card.otherGrid')}
        testId="card-unknown"
      >
        {failure.message}
      </Trouble>
    )
  }
  return (
    <div data-testid="card-gone">
      <Trouble title={t('card.gone')}>{failure.message}</Trouble>
      <h3>
        {t('card.successors')} <span className="count">{successors.length}</span>
      </h3>
      {successors.length === 0 && <p className="quiet-text">{t('card.noSuccessors')}</p>}
      <div className="card-successors">
        {successors.map(({ id, name, code }) => (
          <Button key={id} variant="default" onClick={() => chooseGrid(id)} data-testid="successor">
            {name || code} <span className="grid-code">{code}</span>
          </Button>
        ))}
      </div>
    </div>
  )
}
