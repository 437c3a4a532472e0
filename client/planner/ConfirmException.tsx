// A grid that crosses a division: why that is meant, by whom and when, or the form that says so.
import { Button, Group, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Plan } from '../../core/contract/plans.ts'
import type { NewException, ReportFinding } from '../../core/contract/report.ts'
import { post } from '../api/call.ts'
import { writeTime } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { Trouble } from '../app/Trouble.tsx'

export function ConfirmException({ plan, finding }: { plan: Plan; finding: ReportFinding }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const [note, setNote] = useState('')
  const queries = useQueryClient()
  const { confirmed } = finding
  const say = useMutation({
    mutationFn: (body: NewException) => post(`/api/plans/${plan.id}/exceptions`, body),
    onSuccess: () => {
      setNote('')
      return queries.invalidateQueries({ queryKey: ['report', plan.id] })
    },
  })
  const grid = finding.grids[0]!
  const isOpen = plan.state === 'draft'
  if (!confirmed && !isOpen) return null
  return (
    <div className="form-part exception" data-testid="exception">
      {confirmed ? (
        <p>
          {t('check.confirmed', { by: confirmed.by, at: writeTime(confirmed.at, language) })}
          <strong>{confirmed.note}</strong>
        </p>
      ) : (
        <p>{t('check.confirmWhy', { grid: grid.name || grid.code })}</p>
      )}
      {isOpen && (
        <Group gap={6} wrap="nowrap" align="flex-start">
          <TextInput
            size="xs"
            className="grow"
            maxLength={200}
            aria-label={t('check.reason')}
            placeholder={t('check.reason')}
            value={note}
            onChange={event => setNote(event.currentTarget.value)}
          />
          <Button
            size="xs"
            variant={confirmed ? 'default' : 'filled'}
            disabled={note.trim() === ''}
            loading={say.isPending}
            onClick={() =>
              say.mutate({ grid: grid.id, rule: 'R1', confirmed: !confirmed, note: note.trim() })
            }
          >
            {t(confirmed ? 'check.takeBack' : 'check.confirm')}
          </Button>
        </Group>
      )}
      {say.error && <Trouble title={t('failed.title')}>{say.error.message}</Trouble>}
    </div>
  )
}
