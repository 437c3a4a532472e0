// The grids of a plan as a tree of four levels: the twin of the map, in step with its selection and its pointer.
import { Checkbox, Group, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import type { GridSummary } from '../../core/contract/grids.ts'
import type { Plan } from '../../core/contract/plans.ts'
import { bandDeviation } from '../../core/measures/band-deviation.ts'
import { useProfile } from '../api/queries.ts'
import { Synthetic } from '../app/Synthetic.tsx'
import { usePage } from '../app/state.ts'
import { useRowsInView } from '../app/use-rows-in-view.ts'
import { isShownAt } from '../map/levels.ts'
import {
  ancestorsOf,
  matchingRows,
  moveBy,
  openAtFirst,
  openRows,
  parentsIn,
  type TreeRow as Row,
  type GridTree as Tree,
  treeOf,
  worstRows,
} from './grid-tree.ts'
import { TreeRow } from './TreeRow.tsx'
import { TreeTotal } from './TreeTotal.tsx'

const FILTER_FROM = 12
const ROW_HEIGHT = 44
/** The head and the total, which stay in view. */
const STUCK = { head: 27, foot: 37 }

/** The room of rows that are not made. */
const Gap = ({ rows }: { rows: number }) =>
  rows > 0 ? (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus
    <tr aria-hidden="true">
      <td colSpan={4} style={{ height: rows * ROW_HEIGHT }} className="gap" />
    </tr>
  ) : null

const aboveIn = (tree: Tree, { parent }: GridSummary): string | null =>
  (parent && tree.byId.get(parent)?.name) || null

/** Which grids stand open; a grid that is chosen, or a level, opens what is above it. */
function useOpen(tree: Tree): [ReadonlySet<string>, (id: string, open: boolean) => void] {
  const { grid, level } = usePage(useShallow(state => ({ grid: state.grid, level: state.level })))
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(openAtFirst(tree)))
  const latest = useRef(tree)
  latest.current = tree
  useEffect(() => {
    if (level !== null) setOpen(new Set(parentsIn(latest.current, level)))
  }, [level])
  useEffect(() => {
    const above = grid ? ancestorsOf(latest.current, grid) : []
    if (above.length > 0) setOpen(now => new Set([...now, ...above]))
  }, [grid])
  const turn = (id: string, wanted: boolean) =>
    setOpen(now => new Set(wanted ? [...now, id] : [...now].filter(one => one !== id)))
  return [open, turn]
}

export function GridTree({ plan, grids }: { plan: Plan; grids: readonly GridSummary[] }) {
  const { t } = useTranslation()
  const { grid, level, mode, input, chooseGrid, lookAt } = usePage(
    useShallow(state => ({
      grid: state.grid,
      level: state.level,
      mode: state.mode,
      input: state.input,
      chooseGrid: state.chooseGrid,
      lookAt: state.lookAt,
    })),
  )
  const [filter, setFilter] = useState('')
  const [worstFirst, setWorstFirst] = useState(false)
  const [active, setActive] = useState<string | null>(null)
  const levels = useProfile(plan)?.levels
  const tree = useMemo(() => treeOf(grids), [grids])
  const [open, turn] = useOpen(tree)
  const showDeviation = useMemo(() => grids.some(one => levels?.[one.level - 1]?.band), [grids, levels])

  const lastColumn = showDeviation ? 'deviation' : 'buildings'

  const isFlat = worstFirst && showDeviation && !filter.trim()
  const rows = useMemo((): Row[] => {
    if (filter.trim()) return matchingRows(tree, filter)
    if (!isFlat) return openRows(tree, open)
    const asked = level === null ? grids : grids.filter(one => isShownAt(one, level))
    return worstRows(asked, one => bandDeviation(one.persons, levels?.[one.level - 1]?.band))
  }, [tree, grids, filter, isFlat, open, level, levels])
  const box = useRef<HTMLDivElement>(null)
  const { first, end, page, reveal } = useRowsInView(box, rows.length, ROW_HEIGHT, STUCK)
  const inView = rows.slice(first, end)

  // The chosen grid comes into view once its row is there.
  const chosenAt = grid ? rows.findIndex(row => row.grid.id === grid) : -1
  const shown = useRef<string>(null)
  useEffect(() => {
    if (chosenAt < 0 || shown.current === grid) return
    shown.current = grid
    reveal(chosenAt)
  }, [chosenAt, grid, reveal])

  // A row gets the keyboard as soon as it has been made.
  const wanted = useRef<string>(null)
  useEffect(() => {
    if (!wanted.current) return
    const row = box.current?.querySelector<HTMLElement>(`[data-grid="${wanted.current}"]`)
    if (!row) return
    wanted.current = null
    row.focus({ preventScroll: true })
  })

  const choose = (one: GridSummary) => {
    shown.current = one.id
    if (mode.mode !== 'browse') {
      input({ on: 'grid', grid: one.id })
      lookAt(one.bbox, 'unless-seen')
    } else if (grid === one.id) chooseGrid(null)
    else {
      chooseGrid(one.id, { ...one })
      lookAt(one.bbox, 'unless-seen')
    }
  }
  const isChosen = (one: GridSummary) => ('grids' in mode ? mode.grids.includes(one.id) : grid === one.id)
  const tabStop = inView.find(row => row.grid.id === (active ?? grid))?.grid.id ?? inView[0]?.grid.id

  const onKey = (event: KeyboardEvent) => {
    const at = rows.findIndex(row => row.grid.id === tabStop)
    const row = rows[at]
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      choose(row.grid)
      return
    }
    const move = moveBy(event.key, rows, at, page - 1)
    if (!move) return
    event.preventDefault()
    if ('open' in move) turn(move.open, true)
    else if ('close' in move) turn(move.close, false)
    else {
      reveal(move.go)
      const id = rows[move.go]?.grid.id ?? null
      wanted.current = id
      setActive(id)
    }
  }

  return (
    <div className="grid-table">
      {grids.length >= FILTER_FROM && (
        <Group gap={8} wrap="nowrap">
          <TextInput
            className="grow"
            size="xs"
            placeholder={t('grids.filter')}
            aria-label={t('grids.filter')}
            leftSection={<IconSearch size={14} />}
            value={filter}
            onChange={event => {
              setFilter(event.currentTarget.value)
              // What matches stands at the top.
              box.current?.scrollTo({ top: 0 })
            }}
            data-testid="tree-filter"
          />
          {showDeviation && (
            <Checkbox
              size="xs"
              label={t('grids.worstFirst')}
              checked={worstFirst}
              onChange={event => setWorstFirst(event.currentTarget.checked)}
              data-testid="worst-first"
            />
          )}
        </Group>
      )}
      <div ref={box} className="tree-scroll">
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: as ARIA's own examples of a treegrid
          role="treegrid"
          aria-rowcount={rows.length + 1}
          className="tree"
          onKeyDown={onKey}
          data-testid="grid-tree"
        >
          <caption className="unseen">{t('grids.caption')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('name')}</th>
              <th scope="col" className="number">
                {t('persons')}
              </th>
              <th scope="col" className="number">
                {t('households')}
              </th>
              <th scope="col" className="number">
                {showDeviation ? t('grids.deviation') : t('buildings')}
              </th>
            </tr>
          </thead>
          <tbody>
            <Gap rows={first} />
            {inView.map((row, index) => (
              <TreeRow
                key={row.grid.id}
                row={row}
                index={first + index}
                levels={levels}
                lastColumn={lastColumn}
                above={isFlat ? aboveIn(tree, row.grid) : null}
                chosen={isChosen(row.grid)}
                active={row.grid.id === tabStop}
                onChoose={() => choose(row.grid)}
                onLook={() => lookAt(row.grid.bbox)}
                onToggle={() => turn(row.grid.id, !row.expanded)}
                onFocus={() => setActive(row.grid.id)}
              />
            ))}
            <Gap rows={rows.length - end} />
          </tbody>
          <TreeTotal tops={tree.children.get(null) ?? []} lastColumn={lastColumn} />
        </table>
        {grids.length === 0 && <p className="quiet">{t('grids.empty')}</p>}
        {grids.length > 0 && rows.length === 0 && <p className="quiet">{t('grids.nothing')}</p>}
      </div>
      <div className="table-foot">
        <Synthetic shown={plan.synthetic} />
      </div>
    </div>
  )
}
