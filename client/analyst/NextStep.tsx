// Takes the next of the seven steps of an incident; sent again it is the same step.
import { Button, Checkbox, SegmentedControl, Select, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Body, IncidentDetail, NewIncidentStep } from '../../core/contract/incidents.ts'
import { DISPATCH, EVALUATE, goesBack, HANDLE, risenBy } from '../../core/incidents/steps.ts'
import { Failure, get, post } from '../api/call.ts'
import { queries } from '../api/queries.ts'
import { Trouble } from '../app/Trouble.tsx'

const NOTE_LENGTH = 1000
const ANSWERS = ['satisfied', 'unsatisfied', 'none'] as const

const useBodies = (county: string, isWanted: boolean) =>
  useQuery({
    queryKey: ['bodies', county],
    queryFn: ({ signal }) => get<Body[]>(`/api/bodies?county=${county}`, signal),
    enabled: isWanted,
  })

export function NextStep({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation()
  const names = t('analyst.picked.steps', { returnObjects: true })
  const { nextSteps, circulation } = incident
  const [step, setStep] = useState(nextSteps[0] ?? 0)
  const [bodyId, setBody] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const [isSolved, setSolved] = useState(true)
  const [answer, setAnswer] = useState<(typeof ANSWERS)[number]>('none')
  const [isTried, setTried] = useState(false)
  const [isSending, setSending] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const attempt = useRef<{ body: string; key: string } | null>(null)
  const bodies = useBodies(incident.county, step === DISPATCH)
  const body = bodies.data?.find(one => one.id === bodyId)
  const rises = step === DISPATCH && body !== undefined && risenBy(circulation, body.circulation) > 0
  const needsNote = rises || goesBack(incident.step, step)

  const send = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (isSending || (step === DISPATCH && !body) || (needsNote && !note.trim())) return
    const taken: NewIncidentStep = {
      step,
      after: incident.steps.at(-1)?.number ?? 0,
      ...(note.trim() && { note: note.trim() }),
      ...(step === DISPATCH && body && { body: body.id, ...(rises && { circulation: body.circulation }) }),
      ...(step === HANDLE && { solved: isSolved }),
      ...(step === EVALUATE && answer !== 'none' && { satisfied: answer === 'satisfied' }),
    }
    const text = JSON.stringify(taken)
    if (attempt.current?.body !== text) attempt.current = { body: text, key: crypto.randomUUID() }
    setSending(true)
    setFailure(null)
    try {
      await post<IncidentDetail>(`/api/incidents/${incident.id}/steps`, taken, attempt.current.key)
    } catch (error) {
      const failed = error instanceof Failure ? error : new Failure(null, 500, String(error))
      setSending(false)
      // Somebody was faster: what they did takes the place of this form.
      if (failed.status === 409)
        notifications.show({ color: 'orange', withBorder: true, message: failed.message })
      else setFailure(failed)
    }
    await queries.invalidateQueries({ queryKey: ['incident', incident.id] })
  }

  if (nextSteps.length === 0) return null
  return (
    <form className="next-step" onSubmit={event => void send(event)} noValidate data-testid="next-step">
      {nextSteps.length > 1 && (
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t('analyst.step.next')}
          value={String(step)}
          onChange={value => setStep(Number(value))}
          data={nextSteps.map(one => ({
            value: String(one),
            label: one === incident.step ? t('analyst.step.again') : names[one - 1]!,
          }))}
          data-testid="step-kind"
        />
      )}
      {step === DISPATCH && (
        <Select
          size="xs"
          label={t('analyst.picked.body')}
          placeholder={t('analyst.step.chooseBody')}
          nothingFoundMessage={t('analyst.step.noBody')}
          data={(['micro', 'small', 'large'] as const).map(level => ({
            group: t(`analyst.step.circulation.${level}`),
            items: (bodies.data ?? [])
              .filter(one => one.circulation === level && risenBy(circulation, level) >= 0)
              .map(one => ({ value: one.id, label: one.name })),
          }))}
          value={bodyId}
          onChange={setBody}
          searchable
          error={isTried && !body && t('analyst.step.needBody')}
          data-testid="step-body"
        />
      )}
      {step === HANDLE && (
        <Checkbox
          size="xs"
          label={t('analyst.step.solved')}
          checked={isSolved}
          onChange={event => setSolved(event.currentTarget.checked)}
        />
      )}
      {step === EVALUATE && (
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t('analyst.step.answer')}
          value={answer}
          onChange={value => setAnswer(ANSWERS.find(one => one === value) ?? 'none')}
          data={ANSWERS.map(one => ({ value: one, label: t(`analyst.step.${one}`) }))}
        />
      )}
      <Textarea
        size="xs"
        autosize
        minRows={1}
        maxRows={4}
        maxLength={NOTE_LENGTH}
        label={t(needsNote ? 'analyst.step.reason' : 'analyst.step.note')}
        value={note}
        onChange={event => setNote(event.currentTarget.value)}
        error={isTried && needsNote && !note.trim() && t('analyst.step.needReason')}
        data-testid="step-note"
      />
      {failure && <Trouble title={t('analyst.step.failed')}>{failure.message}</Trouble>}
      <Button type="submit" size="compact-sm" loading={isSending} data-testid="take-step">
        {t('analyst.step.take', { name: names[step - 1] })}
      </Button>
    </form>
  )
}
