// What was changed so that somebody's grids are one map: sums, the changes with most ground, each with its place.
import { Text, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { GridChanges } from '../../core/contract/imports.ts'
import { boxAround } from '../app/box-around.ts'
import { writeCount } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { RejectsButton } from './RejectsButton.tsx'

export function ChangeList({ changes }: { changes: GridChanges | null }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const lookAt = usePage(state => state.lookAt)
  if (changes === null) return null
  const { count, kinds, first, file } = changes
  const size = (squareMetres: number) =>
    `${squareMetres.toLocaleString(language, { maximumFractionDigits: 2 })} m²`
  return (
    <div className="import-repairs" data-testid="grid-changes">
      <h3>{t('imports.grids.changes', { n: writeCount(count, language) })}</h3>
      <ul className="import-reasons">
        {kinds.map(({ code, message, count: n, squareMetres }) => (
          <li key={code}>
            <span>{message}</span>
            <span className="number">
              {writeCount(n, language)}
              {squareMetres > 0 && ` · ${size(squareMetres)}`}
            </span>
          </li>
        ))}
      </ul>
      <details>
        <summary>
          {t(first.length < count ? 'imports.grids.largest' : 'imports.grids.each', {
            n: writeCount(first.length, language),
          })}
        </summary>
        <ul className="import-reasons">
          {first.map(({ message, place }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two changes may read the same.
            <li key={i}>
              <UnstyledButton className="import-place" onClick={() => lookAt(boxAround(place))}>
                {message}
              </UnstyledButton>
            </li>
          ))}
        </ul>
      </details>
      <Text size="xs" c="dimmed">
        {t('imports.grids.changesWhy')}
      </Text>
      {file && <RejectsButton path={file} label={t('imports.repairs.file')} testId="repairs" />}
    </div>
  )
}
