// Cut, merge, undo, redo: each with its key, and the reason when it cannot be used.
import { Button, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp, IconArrowMerge, IconScissors } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { GridList, Plan } from '../../core/contract/plans.ts'
import { usePage } from '../app/state.ts'
import { beginCut, beginMerge, type Tool, whyNot } from './tools.ts'
import { redo, undo } from './undo.ts'

const KEYS: Record<Tool, string> = { cut: 'C', merge: 'M', undo: 'Ctrl+Z', redo: 'Ctrl+Shift+Z' }
const ICONS: Record<Tool, ReactNode> = {
  cut: <IconScissors size={18} />,
  merge: <IconArrowMerge size={18} />,
  undo: <IconArrowBackUp size={18} />,
  redo: <IconArrowForwardUp size={18} />,
}

export function Toolbar({ plan, grids }: { plan: Plan; grids: GridList }) {
  const { t } = useTranslation()
  const mode = usePage(state => state.mode)
  const act: Record<Tool, () => void> = {
    cut: () => beginCut(),
    merge: beginMerge,
    undo: () => void undo(plan.id),
    redo: () => void redo(plan.id),
  }
  return (
    <div className="toolbar" role="toolbar" aria-label={t('tools.label')}>
      {(['cut', 'merge', 'undo', 'redo'] as const).map(tool => {
        const why = whyNot(tool, plan, grids, mode)
        const name = t(`tools.${tool}`)
        const active = mode.mode === tool
        return (
          <Tooltip
            key={tool}
            label={why ? `${name}：${t(`tools.why.${why}`)}` : `${name} (${KEYS[tool]})`}
            multiline
            maw={240}
          >
            <Button
              className="tool"
              variant={active ? 'filled' : 'default'}
              size="sm"
              px={8}
              leftSection={ICONS[tool]}
              // Not `disabled`: the reason must stay reachable by keyboard and pointer.
              data-disabled={why !== null || undefined}
              aria-disabled={why !== null}
              aria-pressed={tool === 'cut' || tool === 'merge' ? active : undefined}
              aria-keyshortcuts={KEYS[tool].replace('Ctrl', 'Control')}
              onClick={event => (why ? event.preventDefault() : act[tool]())}
              data-testid={tool}
            >
              {name}
            </Button>
          </Tooltip>
        )
      })}
    </div>
  )
}
