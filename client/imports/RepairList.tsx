// Outlines that are put right: what is done to them, with the area before and after.
import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Repairs } from '../../core/contract/imports.ts'
import { writeCount } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { RejectsButton } from './RejectsButton.tsx'

/** More than these are folded away, so that what comes next is in sight. */
const AT_ONCE = 5

export function RepairList({ repairs }: { repairs: Repairs | null }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  if (repairs === null || repairs.rows === 0) return null
  const { rows, before, after, first, file } = repairs
  const size = (squareMetres: number) =>
    `${squareMetres.toLocaleString(language, { maximumFractionDigits: 2 })} m²`
  return (
    <details className="import-repairs" open={rows <= AT_ONCE}>
      <summary>{t('imports.repairs.title', { n: writeCount(rows, language) })}</summary>
      <Text size="xs" c="dimmed">
        {t('imports.repairs.sum', { before: size(before), after: size(after) })}
      </Text>
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
        <Text size="xs" c="dimmed">
          {t('imports.repairs.more', { n: writeCount(rows - first.length, language) })}
        </Text>
      )}
      {file && <RejectsButton path={file} label={t('imports.repairs.file')} testId="repairs" />}
    </details>
  )
}
