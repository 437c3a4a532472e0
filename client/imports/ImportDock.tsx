// The import panel in the dock: choose a file, look at it, store it, see what came of it.
import { ActionIcon, Button, Group, Progress, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { usePage } from '../app/state.ts'
import { closeImport, leaveFile, lookAtNext } from './acts.ts'
import { ChooseFile } from './ChooseFile.tsx'
import { setDesk, useImportDesk } from './desk.ts'
import { EndStage } from './EndStage.tsx'
import { lookAgain } from './look.ts'
import { RunStage } from './RunStage.tsx'
import { SettleStage } from './SettleStage.tsx'

function Sending({ file, share }: { file: string; share: number }) {
  const { t } = useTranslation()
  const words = t(share < 1 ? 'imports.sending' : 'imports.reading', { file })
  return (
    <section className="import-run" data-testid="import-sending">
      <Text size="sm" role="status">
        {words}
      </Text>
      <Progress.Root size={10}>
        <Progress.Section
          value={100 * share}
          animated={share === 1}
          striped={share === 1}
          aria-label={words}
        />
      </Progress.Root>
      <Button variant="default" onClick={leaveFile}>
        {t('cancel')}
      </Button>
    </section>
  )
}

function Waiting() {
  const { t } = useTranslation()
  const waiting = useImportDesk(desk => desk.waiting)
  const isFree = useImportDesk(({ stage }) => stage.at === 'choose' || stage.at === 'ended')
  if (waiting.length === 0) return null
  const names = waiting.map(({ name }) => name).join(t('listComma'))
  return (
    <section className="import-waiting" data-testid="import-waiting">
      <Text size="xs">{t('imports.waiting', { n: waiting.length, names })}</Text>
      <Group gap={8}>
        {isFree && (
          <Button size="compact-sm" onClick={lookAtNext} data-testid="next-file">
            {t('imports.nextFile')}
          </Button>
        )}
        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setDesk({ waiting: [] })}>
          {t('imports.dropWaiting')}
        </Button>
      </Group>
    </section>
  )
}

export function ImportDock() {
  const { t } = useTranslation()
  const stage = useImportDesk(desk => desk.stage)
  const language = usePage(state => state.language)
  const title = useRef<HTMLHeadingElement>(null)

  useEffect(() => title.current?.focus(), [])
  // Sentences of the server are in the language they were asked for.
  const spoken = useRef(language)
  useEffect(() => {
    if (spoken.current !== language) lookAgain()
    spoken.current = language
  }, [language])

  return (
    <aside className="dock import-dock" aria-label={t('imports.tool')} data-testid="import-dock">
      <Group justify="space-between" wrap="nowrap">
        <Text component="h2" fw={600} size="lg" tabIndex={-1} ref={title}>
          {t('imports.tool')}
        </Text>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('imports.close')}
          onClick={closeImport}
          data-testid="close-import"
        >
          <IconX size={18} />
        </ActionIcon>
      </Group>
      <Waiting />
      {stage.at === 'choose' && <ChooseFile />}
      {stage.at === 'sending' && <Sending file={stage.file} share={stage.share} />}
      {stage.at === 'settle' && <SettleStage stage={stage} />}
      {stage.at === 'running' && <RunStage file={stage.file} job={stage.job} lost={stage.lost} />}
      {stage.at === 'ended' && <EndStage file={stage.file} job={stage.job} />}
    </aside>
  )
}
