// Every editing tool, undo and redo: each with its key, and the reason when it cannot be used.
import { Tooltip, UnstyledButton } from '@mantine/core'
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowMerge,
  IconArrowsTransferUp,
  IconForms,
  IconHandMove,
  IconLasso,
  IconRoute,
  IconScissors,
  IconTransfer,
  IconVector,
  IconVectorSpline,
  IconWaveSine,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { GridList, Plan } from '../../core/contract/plans.ts'
import { usePage } from '../app/state.ts'
import { begin, isEditTool, KEY_OF, TOOLS, type Tool, toolOf, whyNot } from './tools.ts'
import { redo, undo } from './undo.ts'

const ICONS: Record<Tool, ReactNode> = {
  cut: <IconScissors size={18} />,
  along: <IconRoute size={18} />,
  merge: <IconArrowMerge size={18} />,
  reshape: <IconVectorSpline size={18} />,
  push: <IconHandMove size={18} />,
  vertex: <IconVector size={18} />,
  simplify: <IconWaveSine size={18} />,
  transfer: <IconArrowsTransferUp size={18} />,
  give: <IconTransfer size={18} />,
  carve: <IconLasso size={18} />,
  details: <IconForms size={18} />,
  undo: <IconArrowBackUp size={18} />,
  redo: <IconArrowForwardUp size={18} />,
}

export function Toolbar({ plan, grids }: { plan: Plan; grids: GridList }) {
  const { t } = useTranslation()
  const mode = usePage(state => state.mode)
  const act = (tool: Tool) => {
    if (isEditTool(tool)) begin(tool)
    else void (tool === 'undo' ? undo : redo)(plan.id)
  }
  return (
    <div className="toolbar" role="toolbar" aria-label={t('tools.label')}>
      {TOOLS.map(tool => {
        const why = whyNot(tool, plan, grids, mode)
        const name = t(`tools.${tool}`)
        const what = isEditTool(tool) ? t(`tools.what.${tool}`) : name
        const active = toolOf(mode) === tool
        return (
          <Tooltip
            key={tool}
            label={why ? `${what}：${t(`tools.why.${why}`)}` : `${what} (${KEY_OF[tool]})`}
            multiline
            maw={240}
          >
            <UnstyledButton
              className="tool"
              data-active={active || undefined}
              // Not `disabled`: the reason must stay reachable by keyboard and pointer.
              data-disabled={why !== null || undefined}
              aria-disabled={why !== null}
              aria-pressed={isEditTool(tool) ? active : undefined}
              aria-keyshortcuts={KEY_OF[tool].replace('Ctrl', 'Control')}
              onClick={event => (why ? event.preventDefault() : act(tool))}
              data-testid={tool}
            >
              {ICONS[tool]}
              <span>{name}</span>
            </UnstyledButton>
          </Tooltip>
        )
      })}
    </div>
  )
}
