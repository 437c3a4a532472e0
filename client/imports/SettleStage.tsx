// One file, looked at: step by step until it is stored.
import { Button, Group, Loader, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { writeCount } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { Trouble } from '../app/Trouble.tsx'
import { leaveFile, tellGone } from './acts.ts'
import { CheckStep } from './CheckStep.tsx'
import { ColumnsStep } from './ColumnsStep.tsx'
import { STEPS, type Stage, useImportDesk } from './desk.ts'
import { FileHead } from './FileHead.tsx'
import { startImport } from './job.ts'
import { goTo, lookAgain } from './look.ts'
import { PlaceStep } from './PlaceStep.tsx'
import { TenRows } from './TenRows.tsx'

const BODY = { place: PlaceStep, columns: ColumnsStep, check: CheckStep } as const

export function SettleStage({ stage }: { stage: Extract<Stage, { at: 'settle' }> }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const { people, chosen } = useImportDesk()
  const start = useMutation({ mutationFn: () => startImport(tellGone) })
  const narrow = useMediaQuery('(max-width: 760px)')
  const { step, looked, asking, refused } = stage
  const Body = BODY[step]
  const at = STEPS.indexOf(step)
  const before = STEPS[at - 1]
  const after = STEPS[at + 1]
  const unnamed = looked.layer === 'catalogue' && !chosen.name?.trim()
  const unsaid = looked.layer === 'buildings' && people !== null && !people.persons
  const reasons = [
    ...(unnamed ? [t('imports.name.need')] : []),
    ...(unsaid ? [t('imports.people.need')] : []),
    ...looked.problems.map(({ message }) => message),
  ]
  const canStart = looked.ready && !asking && refused === null && !unnamed && !unsaid
  return (
    <>
      <FileHead looked={looked} />
      <nav className="import-steps" aria-label={t('imports.stepsLabel')}>
        {STEPS.map((one, index) => (
          <button
            key={one}
            type="button"
            aria-current={one === step ? 'step' : undefined}
            onClick={() => goTo(one)}
            data-testid={`step-${one}`}
          >
            <span>{index + 1}</span>
            {t(`imports.step.${one}`)}
          </button>
        ))}
      </nav>
      {refused !== null && (
        <Trouble title={t('imports.lookFailed')} onRetry={() => lookAgain()} testId="look-refused">
          {refused}
        </Trouble>
      )}
      <div className="import-body" data-step={step}>
        <Body looked={looked} />
        {step === 'check' && reasons.length > 0 && (
          <div className="import-problems" data-ready={canStart || undefined} role="status">
            {!looked.ready && <strong>{t('imports.check.notReady')}</strong>}
            <ul data-testid="import-problems">
              {reasons.map(reason => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
          </div>
        )}
        {start.error && (
          <Trouble title={t('imports.check.failed')} testId="start-refused">
            {start.error.message}
          </Trouble>
        )}
      </div>
      {narrow && <TenRows />}
      <div className="import-foot">
        <span className="import-asking" role="status">
          {asking && (
            <>
              <Loader size={14} /> {t('imports.looking')}
            </>
          )}
        </span>
        <Group gap={8} grow>
          <Button
            variant="default"
            onClick={() => (before ? goTo(before) : leaveFile())}
            data-testid="step-back"
          >
            {t(before ? 'imports.back' : 'imports.other')}
          </Button>
          {after && step !== 'check' ? (
            <Button onClick={() => goTo(after)} data-testid="step-on">
              {t(`imports.next.${step}`)}
            </Button>
          ) : (
            <Button
              disabled={!canStart}
              loading={start.isPending}
              onClick={() => start.mutate()}
              data-testid="start-import"
            >
              {t('imports.check.start')}
            </Button>
          )}
        </Group>
        <Text size="xs" c="dimmed">
          {looked.more
            ? t('imports.file.rowsMore', { n: writeCount(looked.rows, language) })
            : t('imports.otherWhy')}
        </Text>
      </div>
    </>
  )
}
