// The form beside the map: what happened, at the place that was clicked; sent again it is the same incident.
import { ActionIcon, Button, Group, Select, Text, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconX } from '@tabler/icons-react'
import { type FormEvent, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IncidentDetail, NewIncident } from '../../core/contract/incidents.ts'
import { Failure, post } from '../api/call.ts'
import { writePlace } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { Trouble } from '../app/Trouble.tsx'
import { BROWSE, type Report } from '../modes/mode.ts'
import { isOwn } from './announce-reported.tsx'
import { useDesk } from './desk.ts'
import { useGridsAt } from './place-words.ts'

const TITLE_LENGTH = 200
const TEXT_LENGTH = 1000

function useCategoryGroups() {
  const language = usePage(state => state.language)
  const categories = useDesk(state => state.held?.head.categories)
  return useMemo(() => {
    const all = categories ?? []
    return all
      .filter(one => !one.leaf)
      .map(parent => ({
        group: parent.name[language],
        items: all
          .filter(one => one.leaf && one.parent === parent.category)
          .map(one => ({ value: one.category, label: one.name[language] })),
      }))
      .filter(({ items }) => items.length > 0)
  }, [categories, language])
}

export function ReportPanel({ mode }: { mode: Report }) {
  const { t } = useTranslation()
  const plan = usePage(state => state.plan)
  const view = usePage(state => state.view)
  const { begin, input } = usePage.getState()
  const groups = useCategoryGroups()
  const grids = useGridsAt(mode.at)
  const [category, setCategory] = useState<string | null>(null)
  const [title, setTitle] = useState('')
  const [description, setDescription] = useState('')
  const [isTried, setTried] = useState(false)
  const [isSending, setSending] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  /** The last one that may not have reached the server, with its key. */
  const attempt = useRef<{ body: string; key: string } | null>(null)

  const close = () => begin(BROWSE)
  const send = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!mode.at || !category || !title.trim() || isSending) return
    const incident: NewIncident = {
      place: [mode.at[0], mode.at[1]],
      category,
      title: title.trim(),
      source: 'grid',
      ...(description.trim() && { description: description.trim() }),
      ...(plan && { plan }),
    }
    const body = JSON.stringify(incident)
    if (attempt.current?.body !== body) attempt.current = { body, key: crypto.randomUUID() }
    setSending(true)
    setFailure(null)
    try {
      const detail = await post<IncidentDetail>('/api/incidents', incident, attempt.current.key)
      isOwn(detail.id)
      notifications.show({
        color: 'accent',
        withBorder: true,
        title: t('analyst.report.done'),
        message: t('analyst.report.doneWhat', { number: detail.number }),
      })
      close()
    } catch (error) {
      setFailure(error instanceof Failure ? error : new Failure(null, 500, String(error)))
      setSending(false)
    }
  }
  const lastGrid = grids?.at(-1)
  return (
    <aside className="side-panel" aria-label={t('analyst.report.title')} data-testid="report-panel">
      <Group justify="space-between" className="panel-head">
        <Text component="h2" fw={600} size="lg">
          {t('analyst.report.title')}
        </Text>
        <ActionIcon variant="subtle" color="gray" aria-label={t('close')} onClick={close}>
          <IconX size={18} />
        </ActionIcon>
      </Group>
      <form className="panel-body report-form" onSubmit={event => void send(event)} noValidate>
        <div className="report-place" data-empty={mode.at === null || undefined}>
          {mode.at ? (
            <>
              <strong data-testid="report-grid">
                {lastGrid
                  ? grids?.map(one => one.name || one.code).join(' › ')
                  : grids && t('analyst.report.noGrid')}
              </strong>
              <span className="quiet-text">{writePlace(...mode.at)}</span>
              <span className="quiet-text">{t('analyst.report.again')}</span>
            </>
          ) : (
            <>
              <span>{t('analyst.report.where')}</span>
              {isTried && <span className="missing">{t('analyst.report.needPlace')}</span>}
              <Button
                size="compact-sm"
                variant="light"
                onClick={() => view && input({ on: 'point', at: [view.lng, view.lat], reach: [0, 0] })}
                data-testid="report-centre"
              >
                {t('analyst.report.centre')}
              </Button>
            </>
          )}
        </div>
        <Select
          size="sm"
          label={t('analyst.report.category')}
          placeholder={t('analyst.report.chooseCategory')}
          nothingFoundMessage={t('analyst.report.noCategory')}
          data={groups}
          value={category}
          onChange={setCategory}
          searchable
          error={isTried && !category && t('analyst.report.needCategory')}
          data-testid="report-category"
        />
        <TextInput
          size="sm"
          label={t('analyst.report.what')}
          placeholder={t('analyst.report.whatExample')}
          value={title}
          maxLength={TITLE_LENGTH}
          onChange={event => setTitle(event.currentTarget.value)}
          error={isTried && !title.trim() && t('analyst.report.needTitle')}
          data-testid="report-title"
        />
        <Textarea
          size="sm"
          label={t('analyst.report.description')}
          value={description}
          maxLength={TEXT_LENGTH}
          autosize
          minRows={2}
          maxRows={5}
          onChange={event => setDescription(event.currentTarget.value)}
          data-testid="report-description"
        />
        {failure && (
          <Trouble title={t('analyst.report.failed')} testId="report-failed">
            {failure.message}
          </Trouble>
        )}
        <Group gap={8} justify="flex-end">
          <Button size="sm" variant="default" onClick={close}>
            {t('cancel')}
          </Button>
          <Button size="sm" type="submit" loading={isSending} data-testid="report-send">
            {t('analyst.report.send')}
          </Button>
        </Group>
      </form>
    </aside>
  )
}
