// One grid in the tree; the pointer over it lights the grid on the map, and the other way round.
import { IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import type { LevelProfile } from '../../core/contract/plans.ts'
import { bandDeviation } from '../../core/measures/band-deviation.ts'
import { writeCount, writeDeviation } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import type { TreeRow as Row } from './grid-tree.ts'

interface Props {
  row: Row
  index: number
  levels: LevelProfile['levels'] | undefined
  lastColumn: 'buildings' | 'deviation'
  /** In a flat list: what the grid lies in. */
  above: string | null
  chosen: boolean
  /** The one row that the Tab key reaches. */
  active: boolean
  onChoose: () => void
  onLook: () => void
  onToggle: () => void
  onFocus: () => void
}

/** Below the village its code is what the rows above say already. */
const ownPart = (code: string, depth: number): string =>
  depth > 0 && code.length > 12 ? `…${code.slice(12)}` : code

function Deviation({ persons, level, levels }: { persons: number; level: number; levels: Props['levels'] }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const band = levels?.[level - 1]?.band
  const off = bandDeviation(persons, band)
  if (off === null || !band) return null
  const within = t('grids.band', {
    from: writeCount(band[0], language),
    to: writeCount(band[1], language),
  })
  const side = off > 0 ? 'above' : off < 0 ? 'below' : 'within'
  return (
    <span className={`deviation ${side}`} title={within}>
      {writeDeviation(off, language)}
    </span>
  )
}

export function TreeRow(props: Props) {
  const { row, index, levels, lastColumn, above, chosen, active } = props
  const { grid, depth, expanded } = row
  const { t } = useTranslation()
  const { language, set } = usePage(useShallow(state => ({ language: state.language, set: state.set })))
  const hovered = usePage(state => state.hovered === grid.id)
  const levelName = levels?.[grid.level - 1]?.name[language] ?? t('levelNumber', { level: grid.level })
  return (
    <tr
      tabIndex={active ? 0 : -1}
      aria-level={depth + 1}
      aria-rowindex={index + 2}
      aria-expanded={expanded ?? undefined}
      aria-selected={chosen}
      className="tree-row"
      data-grid={grid.id}
      data-level={grid.level}
      data-hovered={hovered || undefined}
      data-testid="grid-row"
      onClick={props.onChoose}
      onDoubleClick={props.onLook}
      onFocus={props.onFocus}
      onPointerEnter={() => set({ hovered: grid.id })}
      onPointerLeave={() => set({ hovered: null })}
    >
      <th scope="row">
        <span className="tree-name" style={{ paddingInlineStart: depth * 12 }}>
          {expanded === null ? (
            <span className="twisty" />
          ) : (
            <button
              type="button"
              className="twisty"
              // Keys open and close with the arrows; a stop here would double every row.
              tabIndex={-1}
              aria-hidden="true"
              data-expanded={expanded}
              data-testid="twisty"
              onClick={event => {
                event.stopPropagation()
                props.onToggle()
              }}
            >
              <IconChevronRight size={14} />
            </button>
          )}
          <span className="tree-words" title={`${levelName} · ${grid.name} · ${grid.code}`}>
            <span className="grid-name">{grid.name || levelName}</span>
            {above && <span className="quiet-text">{above} · </span>}
            <span className="grid-code" data-testid="row-code">
              {ownPart(grid.code, depth)}
            </span>
          </span>
        </span>
      </th>
      <td className="number" data-testid="row-persons">
        {writeCount(grid.persons, language)}
      </td>
      <td className="number" data-testid="row-households">
        {writeCount(grid.households, language)}
      </td>
      {lastColumn === 'deviation' ? (
        <td className="number" data-testid="row-deviation">
          <Deviation persons={grid.persons} level={grid.level} levels={levels} />
        </td>
      ) : (
        <td className="number" data-testid="row-buildings">
          {writeCount(grid.buildings, language)}
        </td>
      )}
    </tr>
  )
}
