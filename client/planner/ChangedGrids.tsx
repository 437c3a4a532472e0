// Which grids an edit added and which it took away.
import { useTranslation } from 'react-i18next'
import type { EditSummary } from '../../core/contract/edits.ts'
import { whatChanged } from './what-changed.ts'

export function ChangedGrids({ edit }: { edit: EditSummary }) {
  const { t } = useTranslation()
  const { added, removed } = whatChanged(edit)
  const parts = [
    added.length > 0 && t('edit.added', { names: added.join(t('listComma')) }),
    removed.length > 0 && t('edit.removed', { names: removed.join(t('listComma')) }),
  ].filter(part => part !== false)
  return <span>{parts.join(t('listStop'))}</span>
}
