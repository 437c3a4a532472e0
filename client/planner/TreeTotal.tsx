// The last line of the tree: what the grids at its top come to together.
import { useTranslation } from 'react-i18next'
import type { GridSummary } from '../../core/contract/grids.ts'
import { writeCount } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'

interface Props {
  tops: readonly GridSummary[]
  lastColumn: 'buildings' | 'deviation'
}

export function TreeTotal({ tops, lastColumn }: Props) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  if (tops.length < 2) return null
  const sum = (count: 'persons' | 'households' | 'buildings') =>
    writeCount(
      tops.reduce((total, one) => total + one[count], 0),
      language,
    )
  return (
    <tfoot>
      <tr data-testid="grid-total">
        <th scope="row">{t('total')}</th>
        <td className="number">{sum('persons')}</td>
        <td className="number">{sum('households')}</td>
        <td className="number">{lastColumn === 'buildings' ? sum('buildings') : ''}</td>
      </tr>
    </tfoot>
  )
}
