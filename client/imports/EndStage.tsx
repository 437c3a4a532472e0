// What came of an import: how many rows, why some came back, and where to go from here.
import { Button, Group, Text } from '@mantine/core'
import { IconCircleCheck, IconHexagons, IconMap2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ImportJob } from '../../core/contract/imports.ts'
import { useAreas } from '../api/queries.ts'
import { writeCount } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { Trouble } from '../app/Trouble.tsx'
import { leaveFile } from './acts.ts'
import { ChangeList } from './ChangeList.tsx'
import { useImportDesk } from './desk.ts'
import { ImportList } from './ImportList.tsx'
import { mend } from './look.ts'
import { openPlan } from './open-plan.ts'
import { Reasons } from './Reasons.tsx'
import { RejectsButton } from './RejectsButton.tsx'
import { RepairList } from './RepairList.tsx'

/** Files that wait have a button of their own. */
function Onward() {
  const { t } = useTranslation()
  const isLast = useImportDesk(desk => desk.waiting.length === 0)
  if (!isLast) return null
  return (
    <Button variant="default" onClick={leaveFile} data-testid="another-file">
      {t('imports.anotherFile')}
    </Button>
  )
}

function Nothing({ file, job }: { file: string; job: ImportJob }) {
  const { t } = useTranslation()
  const canMend = useImportDesk(desk => desk.upload !== null)
  const failed = job.state === 'failed'
  return (
    <>
      <Trouble
        title={t(failed ? 'imports.end.failed' : 'imports.end.cancelled')}
        onRetry={canMend ? () => void mend(t('imports.choose.failed', { file })) : undefined}
        retryLabel={t('imports.end.mend')}
        testId="import-nothing"
      >
        {job.problem?.message} {t(failed ? 'imports.end.failedWhy' : 'imports.end.cancelledWhy')}
      </Trouble>
      <Onward />
    </>
  )
}

export function EndStage({ file, job }: { file: string; job: ImportJob }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const lookAt = usePage(state => state.lookAt)
  const areas = useAreas().data
  const { result } = job
  if (job.state !== 'done' || !result) return <Nothing file={file} job={job} />
  const { bbox: box, plan } = result
  const write = (n: number) => writeCount(n, language)
  return (
    <>
      <section className="import-end" data-testid="import-done" aria-live="polite">
        <h3 className="import-done">
          <IconCircleCheck size={20} aria-hidden="true" />
          {t('imports.end.done', { file })}
        </h3>
        <dl className="import-figures">
          {(['read', 'imported', 'unchanged', 'repaired', 'rejected'] as const).map(part => (
            <div key={part} data-part={part} data-some={result[part] > 0 || undefined}>
              <dt>{t(`imports.end.${part}`)}</dt>
              <dd data-testid={`end-${part}`}>{write(result[part])}</dd>
            </div>
          ))}
        </dl>
        {result.plan && (
          <Text size="sm" data-testid="end-plan">
            {t(result.imported > 0 ? 'imports.grids.made' : 'imports.grids.before', {
              plan: result.plan.name,
              levels: result.plan.levels
                .flatMap((n, i) => (n > 0 ? t('imports.grids.level', { level: i + 1, n: write(n) }) : []))
                .join(t('listComma')),
            })}
          </Text>
        )}
        {result.area && (
          <Text size="sm" data-testid="end-area">
            {t('imports.end.area', {
              area: [areas?.find(({ code }) => code === result.area)?.name, result.area].join(' ').trim(),
            })}
          </Text>
        )}
        {result.people && (
          <Text size="sm">
            {t('imports.people.done', {
              persons: write(result.people.persons),
              households: write(result.people.households),
            })}
          </Text>
        )}
        <Group gap={8} grow>
          {plan && (
            <Button
              leftSection={<IconHexagons size={18} />}
              onClick={() => {
                openPlan(plan.id, plan.area)
                if (box) lookAt(box)
              }}
              data-testid="open-plan"
            >
              {t('imports.grids.open')}
            </Button>
          )}
          {box && !plan && (
            <Button
              leftSection={<IconMap2 size={18} />}
              onClick={() => lookAt(box)}
              data-testid="show-on-map"
            >
              {t('imports.end.onMap')}
            </Button>
          )}
          <Onward />
        </Group>
        <RepairList repairs={result.repairs} />
        <ChangeList changes={result.changes} />
        <Reasons reasons={result.reasons} />
        {result.rejects && <RejectsButton path={result.rejects} />}
      </section>
      <ImportList />
    </>
  )
}
