// Which grids an edit added, took away or changed.
import { useTranslation } from 'react-i18next'
import type { EditSummary } from '../../core/contract/edits.ts'
import { whatChanged } from './what-changed.ts'

/** More names than these say no more. */
const MOST_NAMES = 4

export function ChangedGrids({ edit }: { edit: EditSummary }) {
  const { t } = useTranslation()
  const changes = whatChanged(edit)
  const parts = (['added', 'removed', 'changed'] as const).flatMap(change => {
    const all = changes[change]
    if (all.length === 0) return []
    const names = all.slice(0, MOST_NAMES).join(t('listComma'))
    const more = all.length > MOST_NAMES ? ` ${t('edit.more', { n: all.length - MOST_NAMES })}` : ''
    return [t(`edit.${change}`, { names: names + more })]
  })
  return <span>{parts.join(t('listStop'))}</span>
}
