// The findings of the report, the gravest first; of a long list only the rows in view are made.
import { IconAlertTriangle, IconExclamationCircle, IconInfoCircle } from '@tabler/icons-react'
import { type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Box } from '../../core/contract/geometry.ts'
import type { ReportFinding } from '../../core/contract/report.ts'
import { usePage } from '../app/state.ts'
import { useRowsInView } from '../app/use-rows-in-view.ts'

const ROW_HEIGHT = 62
/** Degrees around a place without a grid, about 200 m. */
const AROUND = 2e-3

const ICONS: Record<ReportFinding['severity'], ReactNode> = {
  error: <IconExclamationCircle size={16} aria-hidden="true" />,
  warning: <IconAlertTriangle size={16} aria-hidden="true" />,
  note: <IconInfoCircle size={16} aria-hidden="true" />,
}

function boxOf({ bbox, place }: ReportFinding): Box | null {
  if (bbox) return bbox
  return place && [place[0] - AROUND, place[1] - AROUND, place[0] + AROUND, place[1] + AROUND]
}

/** The map goes to the grid, its place is marked with what was found there, and the grid is selected. */
function goTo(finding: ReportFinding): void {
  const { language, chooseGrid, lookAt, set } = usePage.getState()
  const [first] = finding.grids
  const box = boxOf(finding)
  chooseGrid(first?.id ?? null)
  if (box) lookAt(box)
  set({ found: finding.place && { at: finding.place, text: finding.sentence[language] } })
}

const keyOf = ({ rule, what, grids, place }: ReportFinding): string =>
  [rule, what, grids[0]?.id, place?.join()].join(' ')

export function Findings({ findings }: { findings: readonly ReportFinding[] }) {
  const { t } = useTranslation()
  const { language, grid: chosen, set } = usePage()
  const box = useRef<HTMLDivElement>(null)
  const { first, end } = useRowsInView(box, findings.length, ROW_HEIGHT)
  return (
    <div ref={box} className="tree-scroll">
      <ol className="tree-rows" style={{ height: findings.length * ROW_HEIGHT }}>
        {findings.slice(first, end).map((finding, index) => {
          const [grid] = finding.grids
          return (
            <li
              key={keyOf(finding)}
              style={{ height: ROW_HEIGHT, transform: `translateY(${(first + index) * ROW_HEIGHT}px)` }}
            >
              <button
                type="button"
                className="finding"
                data-severity={finding.severity}
                aria-pressed={grid !== undefined && chosen === grid.id}
                onClick={() => goTo(finding)}
                onPointerEnter={() => set({ hovered: grid?.id ?? null })}
                onPointerLeave={() => set({ hovered: null })}
                data-testid="finding"
                data-grid={grid?.id}
                data-rule={finding.rule}
              >
                <span className="finding-head">
                  <span className="finding-mark" title={t(`check.${finding.severity}`)}>
                    {ICONS[finding.severity]}
                  </span>
                  <span className="rule-code">{finding.rule}</span>
                  <span className="grid-name" title={grid?.code}>
                    {grid ? grid.name || grid.code : t('check.wholePlan')}
                  </span>
                  {finding.above && <span className="quiet-text above-name">{finding.above}</span>}
                </span>
                <span className="finding-text" title={finding.sentence[language]}>
                  {finding.sentence[language]}
                </span>
              </button>
            </li>
          )
        })}
      </ol>
    </div>
  )
}
