// Which workspace is open: 划格, 研判 or 指挥, over the same map, view, plan and selection.
import { SegmentedControl, Tooltip } from '@mantine/core'
import { IconBuildingCommunity, IconChartHistogram, IconLayoutGrid } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import { usePage } from './state.ts'
import { WORKS, type Work } from './work.ts'

const ICONS: Record<Work, ReactNode> = {
  plan: <IconLayoutGrid size={16} aria-hidden="true" />,
  analyse: <IconChartHistogram size={16} aria-hidden="true" />,
  lead: <IconBuildingCommunity size={16} aria-hidden="true" />,
}

export function WorkSwitch() {
  const { t } = useTranslation()
  const { work, switchTo } = usePage(useShallow(state => ({ work: state.work, switchTo: state.switchTo })))
  return (
    <SegmentedControl
      className="work-switch"
      size="sm"
      aria-label={t('top.workspaces')}
      value={work}
      onChange={value => {
        const chosen = WORKS.find(one => one === value)
        if (chosen) switchTo(chosen)
      }}
      data={WORKS.map(one => ({
        value: one,
        label: (
          <Tooltip label={t(`work.${one}Why`)} openDelay={300}>
            <span className="work-name" data-testid={`work-${one}`}>
              {ICONS[one]}
              {t(`work.${one}`)}
            </span>
          </Tooltip>
        ),
      }))}
      data-testid="work-switch"
    />
  )
}
