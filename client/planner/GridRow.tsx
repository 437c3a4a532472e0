// One grid in the table; the pointer over it lights the grid on the map, and the other way round.
import { useTranslation } from 'react-i18next'
import type { GridSummary } from '../../core/contract/grids.ts'
import { writeCount } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'

interface Props {
  grid: GridSummary
  chosen: boolean
  onChoose: () => void
  onLook: () => void
}

export function GridRow({ grid, chosen, onChoose, onLook }: Props) {
  const { t } = useTranslation()
  const { language, set } = usePage()
  const hovered = usePage(state => state.hovered === grid.id)
  return (
    <tr
      tabIndex={0}
      aria-selected={chosen}
      data-grid={grid.id}
      data-hovered={hovered || undefined}
      data-testid="grid-row"
      onClick={onChoose}
      onDoubleClick={onLook}
      onKeyDown={event => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        onChoose()
      }}
      onPointerEnter={() => set({ hovered: grid.id })}
      onPointerLeave={() => set({ hovered: null })}
    >
      <th scope="row" style={{ paddingInlineStart: 8 + 12 * (grid.level - 1) }}>
        <span className="grid-name">{grid.name || t('levelNumber', { level: grid.level })}</span>
        <span className="grid-code" data-testid="row-code">
          {grid.code}
        </span>
      </th>
      <td className="number" data-testid="row-persons">
        {writeCount(grid.persons, language)}
      </td>
      <td className="number" data-testid="row-households">
        {writeCount(grid.households, language)}
      </td>
      <td className="number" data-testid="row-buildings">
        {writeCount(grid.buildings, language)}
      </td>
    </tr>
  )
}
