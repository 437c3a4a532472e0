// Outlines that are put right: what is done to them, with the area before and after.
import { useTranslation } from 'react-i18next'
import type { Repairs } from '../../core/contract/imports.ts'
import { writeCount } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { RejectsButton } from './RejectsButton.tsx'

export function RepairList({ repairs }: { repairs: Repairs | null }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  if (repairs === null || repairs.rows === 0) return null
  const { rows, before, after, first, file } = repairs
  const size = (squareMetres: number) =>
    `${squareMetres.toLocaleString(language, { maximumFractionDigits: 2 })} m²`
  return (
    <>
      <h3>{t('imports.repairs.title', { n: writeCount(rows, language) })}</h3>
      <p className="quiet-text">{t('imports.repairs.sum', { before: size(before), after: size(after) })}</p>
      <ul className="import-reasons" data-testid="import-repairs">
        {first.map(({ row, name, what, before: was, after: is }) => (
          <li key={row}>
            <span>
              {t('imports.repairs.row', { row })} {name} {what}
            </span>
            <span className="number">
              {t('imports.repairs.sizes', { before: size(was), after: size(is) })}
            </span>
          </li>
        ))}
      </ul>
      {rows > first.length && (
        <p className="quiet-text">
          {t('imports.repairs.more', { n: writeCount(rows - first.length, language) })}
        </p>
      )}
      {file && <RejectsButton path={file} label={t('imports.repairs.file')} testId="repairs" />}
    </>
  )
}
