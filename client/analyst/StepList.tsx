// The steps an incident has taken: when, by whom, and what was noted.
import { useTranslation } from 'react-i18next'
import type { IncidentDetail } from '../../core/contract/incidents.ts'
import { writeTime } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'

export function StepList({ steps }: Pick<IncidentDetail, 'steps'>) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const names = t('analyst.picked.steps', { returnObjects: true })
  return (
    <ol className="incident-steps">
      {steps.map(({ number, step, at, body, staff, note }) => {
        const more = [body?.name, staff?.name, note].filter(Boolean).join(' · ')
        return (
          <li key={number} data-testid="incident-step">
            <span>{t('analyst.picked.step', { step, name: names[step - 1] })}</span>
            <span className="quiet-text">{writeTime(at, language)}</span>
            {more && <span className="quiet-text step-more">{more}</span>}
          </li>
        )
      })}
    </ol>
  )
}
