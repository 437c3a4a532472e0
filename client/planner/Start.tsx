// Nothing is open yet: what to do next.
import { Button, Group, Stack, Text } from '@mantine/core'
import { IconFileImport, IconFileUpload, IconLayoutGridAdd, IconPolygon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { usePage } from '../app/state.ts'
import { openImport } from '../imports/acts.ts'
import { beginDrawArea } from './tools.ts'

export function Start({ what }: { what: 'area' | 'plan' | 'choose' }) {
  const { t } = useTranslation()
  const { set } = usePage()
  const title = {
    area: t('start.noAreaTitle'),
    plan: t('start.noPlanTitle'),
    choose: t('start.choosePlanTitle'),
  }[what]
  const text = { area: t('start.noArea'), plan: t('start.noPlan'), choose: t('start.choosePlan') }[what]
  return (
    <Stack gap="sm" className="start" data-testid="start">
      <Text component="h2" fw={600} size="lg">
        {title}
      </Text>
      <Text c="dimmed">{text}</Text>
      {what === 'area' ? (
        <Group gap="xs">
          <Button
            leftSection={<IconPolygon size={18} />}
            onClick={() => {
              set({ page: 'new-area' })
              beginDrawArea()
            }}
            data-testid="draw-area"
          >
            {t('start.draw')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconFileUpload size={18} />}
            onClick={() => set({ page: 'new-area' })}
            data-testid="upload-area"
          >
            {t('start.upload')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconFileImport size={18} />}
            onClick={openImport}
            data-testid="start-import-data"
          >
            {t('imports.tool')}
          </Button>
        </Group>
      ) : (
        <Group>
          <Button
            leftSection={<IconLayoutGridAdd size={18} />}
            onClick={() => set({ page: 'new-plan' })}
            data-testid="new-plan-start"
          >
            {t('chooser.newPlan')}
          </Button>
        </Group>
      )}
    </Stack>
  )
}
