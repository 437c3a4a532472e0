// The grids at the shown level, largest number first: the twin of the coloured map.
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import type { GridSummary } from '../../core/contract/grids.ts'
import { writeDeviation, writeMeasure } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import type { Measured } from '../app/use-measured.ts'
import { useRowsInView } from '../app/use-rows-in-view.ts'
import { classOf, samplesOf } from '../map/colouring.ts'
import { PALETTES } from '../map/palette.ts'

const ROW_HEIGHT = 36

interface Props {
  measured: Measured
  /** The name of the grid above one: groups and courtyards are called the same everywhere. */
  above: (grid: GridSummary) => string | null
}

export function Ranking({ measured, above }: Props) {
  const { t } = useTranslation()
  const { theme, language, chosen, hovered, chooseGrid, lookAt, set } = usePage(
    useShallow(state => ({
      theme: state.theme,
      language: state.language,
      chosen: state.grid,
      hovered: state.hovered,
      chooseGrid: state.chooseGrid,
      lookAt: state.lookAt,
      set: state.set,
    })),
  )
  const box = useRef<HTMLDivElement>(null)
  const { grids, colouring } = measured
  const { first, end } = useRowsInView(box, grids.length, ROW_HEIGHT)
  const colours = samplesOf(PALETTES[theme], colouring)
  const { measure, breaks } = colouring
  const write = (value: number) =>
    measure === 'deviation' ? writeDeviation(value, language) : writeMeasure(value, language)
  return (
    <section className="ranking" aria-label={t('lead.ranking', { measure: t(`colour.${measure}`) })}>
      <div ref={box} className="tree-scroll">
        <ol className="tree-rows" style={{ height: grids.length * ROW_HEIGHT }}>
          {grids.slice(first, end).map(({ grid, value }, index) => (
            <li
              key={grid.id}
              style={{ height: ROW_HEIGHT, transform: `translateY(${(first + index) * ROW_HEIGHT}px)` }}
            >
              <button
                type="button"
                aria-pressed={chosen === grid.id}
                data-hovered={hovered === grid.id || undefined}
                data-testid="ranked"
                onClick={() => {
                  if (chosen === grid.id) chooseGrid(null)
                  else {
                    chooseGrid(grid.id, { ...grid })
                    lookAt(grid.bbox, 'unless-seen')
                  }
                }}
                onPointerEnter={() => set({ hovered: grid.id })}
                onPointerLeave={() => set({ hovered: null })}
              >
                <span className="rank">{first + index + 1}</span>
                <span className="swatch" style={{ background: colours[classOf(value, breaks)] }} />
                <span className="grid-name" title={grid.code}>
                  {grid.name || grid.code} <span className="quiet-text">{above(grid)}</span>
                </span>
                <span className="number">{write(value)}</span>
              </button>
            </li>
          ))}
        </ol>
      </div>
    </section>
  )
}
