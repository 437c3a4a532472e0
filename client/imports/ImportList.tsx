// What was imported: who, when, what, how many, the rows that came back, and the way to withdraw all of it.
import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconArrowBackUp, IconHexagons, IconMap2 } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IMPORT_LAYERS, type ImportRecord, type ImportWithdrawn } from '../../core/contract/imports.ts'
import { get, remove } from '../api/call.ts'
import { queries, usePlans } from '../api/queries.ts'
import { writeCount, writeTime } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { Trouble } from '../app/Trouble.tsx'
import { Waiting } from '../app/Waiting.tsx'
import { openPlan } from './open-plan.ts'
import { RejectsButton } from './RejectsButton.tsx'

function Imported({ one }: { one: ImportRecord }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const lookAt = usePage(state => state.lookAt)
  const box = one.bbox
  const plans = usePlans().data
  const plan = one.plan === null ? undefined : plans?.find(({ id }) => id === one.plan)
  const [sure, setSure] = useState(false)
  const write = (n: number) => writeCount(n, language)
  const withdraw = useMutation({
    mutationFn: () => remove<ImportWithdrawn>(`/api/imports/${one.id}`),
    onSuccess: async ({ removed, restored }) => {
      notifications.show({
        color: 'accent',
        withBorder: true,
        message: t('imports.list.done', {
          file: one.file,
          removed: write(removed),
          restored: write(restored),
        }),
      })
      await queries.invalidateQueries()
    },
  })
  const layers = one.layers.map(({ layer, name }) => {
    const known = IMPORT_LAYERS.find(key => key === layer)
    return name ?? (known ? t(`imports.layer.${known}`) : layer)
  })
  return (
    <li data-testid="imported">
      <Group justify="space-between" wrap="nowrap" gap={8} align="baseline">
        <strong className="import-name">{one.file}</strong>
        <span className="quiet-text">{[...new Set(layers)].join(t('listComma'))}</span>
      </Group>
      <Text size="xs" c="dimmed">
        {t('imports.list.by', { actor: one.actor, time: writeTime(one.at, language) })}
      </Text>
      <Text size="xs" className="number-left">
        {t('imports.list.counts', {
          read: write(one.read),
          imported: write(one.imported),
          unchanged: write(one.unchanged),
          rejected: write(one.rejected),
        })}
      </Text>
      <Group gap={4} mt={2}>
        {one.rejects && <RejectsButton path={one.rejects} small />}
        {one.repairs && (
          <RejectsButton path={one.repairs} small label={t('imports.repairs.file')} testId="list-repairs" />
        )}
        {plan && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<IconHexagons size={14} />}
            aria-label={`${t('imports.grids.open')} ${one.file}`}
            onClick={() => {
              openPlan(plan.id, plan.area)
              if (box) lookAt(box)
            }}
          >
            {t('imports.grids.open')}
          </Button>
        )}
        {box && !plan && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<IconMap2 size={14} />}
            aria-label={`${t('imports.end.onMap')} ${one.file}`}
            onClick={() => lookAt(box)}
          >
            {t('imports.end.onMap')}
          </Button>
        )}
        {!sure && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<IconArrowBackUp size={14} />}
            aria-label={t('imports.list.withdrawThis', { file: one.file })}
            onClick={() => setSure(true)}
            data-testid="withdraw"
          >
            {t('imports.list.withdraw')}
          </Button>
        )}
      </Group>
      {sure && (
        <fieldset className="import-sure" aria-label={t('imports.list.withdrawThis', { file: one.file })}>
          <Text size="sm">
            {t(one.plan ? 'imports.list.surePlan' : 'imports.list.sure', { n: write(one.imported) })}
          </Text>
          <Group gap={8} mt={6}>
            <Button
              size="compact-sm"
              color="red.9"
              autoFocus
              loading={withdraw.isPending}
              onClick={() => withdraw.mutate()}
              data-testid="withdraw-sure"
            >
              {t('imports.list.yes')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => setSure(false)}>
              {t('cancel')}
            </Button>
          </Group>
        </fieldset>
      )}
      {withdraw.error && (
        <Trouble title={t('imports.list.refused')} testId="withdraw-refused">
          {withdraw.error.message}
        </Trouble>
      )}
    </li>
  )
}

export function ImportList() {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const list = useQuery({
    queryKey: ['imports', language],
    queryFn: ({ signal }) => get<ImportRecord[]>('/api/imports', signal),
  })
  return (
    <section className="import-list">
      <h3>{t('imports.list.title')}</h3>
      {list.error && (
        <Trouble title={t('imports.list.failed')} onRetry={() => void list.refetch()}>
          {list.error.message}
        </Trouble>
      )}
      {list.isPending && <Waiting rows={3} />}
      {list.data?.length === 0 && <p className="quiet-text">{t('imports.list.empty')}</p>}
      <ul>
        {list.data?.map(one => (
          <Imported key={one.id} one={one} />
        ))}
      </ul>
    </section>
  )
}
