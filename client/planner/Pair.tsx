// The two grids that an edit is between, with the colours they have on the map, and a way to choose again.
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { GridSummary } from '../../core/contract/grids.ts'
import { usePage } from '../app/state.ts'

interface Props {
  ids: readonly string[]
  grids: readonly GridSummary[]
  /** The word between their names. */
  between: string
  canChoose: boolean
}

export function Pair({ ids, grids, between, canChoose }: Props) {
  const { t } = useTranslation()
  const input = usePage(state => state.input)
  const named = ids.flatMap(id => grids.find(grid => grid.id === id) ?? [])
  if (named.length === 0) return null
  return (
    <div className="pair">
      {named.map((grid, index) => (
        <span key={grid.id}>
          <span className={`chip chip-${index === 0 ? 'left' : 'right'}`} />
          {grid.name || grid.code}
          {index === 0 && <span className="quiet-text"> {between} </span>}
        </span>
      ))}
      {canChoose && (
        <Button size="compact-xs" variant="subtle" onClick={() => input({ on: 'back' })}>
          {t('border.chooseAgain')}
        </Button>
      )}
    </div>
  )
}
