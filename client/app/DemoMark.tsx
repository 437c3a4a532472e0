// The mark 演示数据 on every screen and print while a generated place is here: nothing of it may be taken for real.
import { Badge, Tooltip } from '@mantine/core'
import { IconFlask } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLayers, usePlan } from '../api/queries.ts'
import { demoNames } from './demo-names.ts'
import { usePage } from './state.ts'

export function DemoMark() {
  const { t } = useTranslation()
  const catalogue = useLayers().data
  const plan = usePlan(usePage(state => state.plan)).data
  const names = demoNames(catalogue, plan)
  if (names.length === 0) return null
  return (
    <Tooltip label={t('demoWhy', { names: names.join(t('listComma')) })} multiline maw={280}>
      <Badge
        className="demo-mark"
        color="#b93c0a"
        variant="filled"
        size="lg"
        radius="sm"
        tt="none"
        fw={600}
        tabIndex={0}
        leftSection={<IconFlask size={14} aria-hidden="true" />}
        data-testid="demo-mark"
      >
        {t('demo')}
        <span className="demo-names"> · {names.join(t('listComma'))}</span>
      </Badge>
    </Tooltip>
  )
}
