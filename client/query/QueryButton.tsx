// Opens and leaves the tool 空间查询, in the workspaces that have it.
import { Button } from '@mantine/core'
import { IconZoomScan } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { usePage } from '../app/state.ts'
import { closeQueryTool, openQueryTool } from './acts.ts'
import { canQuery, useQueryTool } from './tool.ts'

export function QueryButton() {
  const { t } = useTranslation()
  const work = usePage(state => state.work)
  const open = useQueryTool(tool => tool.open)
  if (!canQuery(work)) return null
  return (
    <Button
      className="query-button"
      variant={open ? 'filled' : 'default'}
      size="sm"
      leftSection={<IconZoomScan size={18} />}
      aria-pressed={open}
      title={t('query.why')}
      onClick={open ? closeQueryTool : openQueryTool}
      data-testid="query-tool"
    >
      {t('query.tool')}
    </Button>
  )
}
