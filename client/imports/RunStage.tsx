// An import at work: how far it is, how fast, and the way to stop it.
import { Alert, Button, Group, Progress, Text } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ImportJob } from '../../core/contract/imports.ts'
import { writeCount } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { Trouble } from '../app/Trouble.tsx'
import { cancelImport } from './job.ts'

interface Props {
  file: string
  job: ImportJob | null
  lost: boolean
}

export function RunStage({ file, job, lost }: Props) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const cancel = useMutation({ mutationFn: cancelImport })
  // After a reload its name is not known; the server has it.
  const title = file ? t('imports.run.title', { file }) : t('imports.run.titleOnly')
  return (
    <section className="import-run" data-testid="import-running">
      <h3>{title}</h3>
      <Progress.Root size={10}>
        <Progress.Section
          value={100 * (job?.progress ?? 0)}
          animated={!lost}
          striped={!lost}
          aria-label={title}
        />
      </Progress.Root>
      <Group justify="space-between" gap={8} className="number-left" aria-live="off">
        <Text size="sm" data-testid="run-rows">
          {t('imports.run.rows', { n: writeCount(job?.rows ?? 0, language) })}
        </Text>
        <Text size="sm" c="dimmed" data-testid="run-speed">
          {t('imports.run.speed', { n: writeCount(job?.rowsPerSecond ?? 0, language) })}
        </Text>
      </Group>
      <Text size="sm" role="status">
        {job?.message}
      </Text>
      {lost && (
        <Alert color="orange" variant="light" p="xs" icon={<IconPlugConnectedX size={18} />} role="alert">
          {t('imports.run.lost')}
        </Alert>
      )}
      {cancel.error && <Trouble title={t('imports.run.cancelFailed')}>{cancel.error.message}</Trouble>}
      <Button
        variant="default"
        loading={cancel.isPending}
        disabled={!job || cancel.isSuccess}
        onClick={() => cancel.mutate()}
        data-testid="cancel-import"
      >
        {t(cancel.isSuccess ? 'imports.run.cancelling' : 'imports.run.cancel')}
      </Button>
      <Text size="xs" c="dimmed">
        {t('imports.run.leave')}
      </Text>
    </section>
  )
}
