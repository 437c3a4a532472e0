// Why rows come back, with how many for each reason.
import { useTranslation } from 'react-i18next'
import { writeCount } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'

interface Props {
  reasons: readonly { code: string; message: string; rows: number }[]
}

export function Reasons({ reasons }: Props) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  if (reasons.length === 0) return null
  return (
    <>
      <h3>{t('imports.check.reasons')}</h3>
      <ul className="import-reasons" data-testid="import-reasons">
        {reasons.map(({ code, message, rows }) => (
          <li key={code}>
            <span>{message}</span>
            <span className="number">{writeCount(rows, language)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
