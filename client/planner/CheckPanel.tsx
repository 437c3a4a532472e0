// The division rules R1–R13: how many findings of each; a click on one goes to its place and selects its grid.
import { Button, Group, Select, Tooltip, UnstyledButton } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Plan } from '../../core/contract/plans.ts'
import type { PlanReport } from '../../core/contract/report.ts'
import { SEVERITIES } from '../../core/rules/rule.ts'
import { saveAsFile } from '../api/call.ts'
import { useProfile, useReport } from '../api/queries.ts'
import { writeCount } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { Trouble } from '../app/Trouble.tsx'
import { Waiting } from '../app/Waiting.tsx'
import { announceFailure } from './announce.tsx'
import { ConfirmException } from './ConfirmException.tsx'
import { type CheckFilter, countsOf, EVERYTHING, listed } from './check-list.ts'
import { Findings } from './Findings.tsx'

interface Filtered {
  report: PlanReport
  filter: CheckFilter
  onFilter: (change: Partial<CheckFilter>) => void
}

/** Every rule with how many findings it has; a click lists only those, and says how the rule is checked. */
function Rules({ report, filter, onFilter }: Filtered) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const counts = countsOf(report, filter)
  const chosen = report.rules.find(({ rule }) => rule === filter.rule)
  return (
    <>
      <ul className="rules" aria-label={t('check.rules')}>
        {report.rules.map(({ rule, title, judged }) => {
          const count = counts.get(rule) ?? 0
          const said = count > 0 ? writeCount(count, language) : t(judged ? 'check.kept' : 'check.notAsked')
          return (
            <li key={rule}>
              <Tooltip label={`${title[language]}：${said}`}>
                <UnstyledButton
                  className="rule"
                  aria-label={`${rule} ${title[language]} ${said}`}
                  aria-pressed={filter.rule === rule}
                  data-none={count === 0 || undefined}
                  onClick={() => onFilter({ rule: filter.rule === rule ? null : rule })}
                  data-testid="rule"
                  data-rule={rule}
                >
                  <span>{rule}</span>
                  <strong>{count > 0 ? said : judged ? '✓' : '–'}</strong>
                </UnstyledButton>
              </Tooltip>
            </li>
          )
        })}
      </ul>
      {chosen && (
        <p className="rule-how" data-testid="rule-how">
          <strong>{chosen.title[language]}</strong> <span className="quiet-text">{chosen.how[language]}</span>
        </p>
      )}
    </>
  )
}

function Filters({ plan, report, filter, onFilter }: Filtered & { plan: Plan }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const levels = useProfile(plan)?.levels ?? []
  const { revision } = report
  const download = () =>
    saveAsFile(`/api/plans/${plan.id}/report?format=csv&revision=${revision}`).catch(announceFailure)
  return (
    <Group gap={6} wrap="nowrap">
      <Select
        size="xs"
        className="grow"
        aria-label={t('check.level')}
        placeholder={t('check.allLevels')}
        clearable
        data={levels.map(({ name }, index) => ({ value: String(index + 1), label: name[language] }))}
        value={filter.level === null ? null : String(filter.level)}
        onChange={value => onFilter({ level: value === null ? null : Number(value) })}
        data-testid="check-level"
      />
      <Select
        size="xs"
        className="grow"
        aria-label={t('check.severity')}
        placeholder={t('check.allSeverities')}
        clearable
        data={SEVERITIES.map(one => ({ value: one, label: t(`check.${one}`) }))}
        value={filter.severity}
        onChange={value => onFilter({ severity: SEVERITIES.find(one => one === value) ?? null })}
      />
      <Tooltip label={t('check.csvWhy')}>
        <Button
          size="xs"
          variant="default"
          px={8}
          leftSection={<IconDownload size={14} />}
          onClick={() => void download()}
          data-testid="check-csv"
        >
          CSV
        </Button>
      </Tooltip>
    </Group>
  )
}

export function CheckPanel({ plan }: { plan: Plan }) {
  const { t } = useTranslation()
  const { language, grid } = usePage()
  const [filter, setFilter] = useState(EVERYTHING)
  const report = useReport(plan.id, plan.revision)
  const onFilter = (change: Partial<CheckFilter>) => setFilter(now => ({ ...now, ...change }))
  if (report.isError) {
    return (
      <Trouble title={t('check.failed')} onRetry={() => void report.refetch()}>
        {report.error.message}
      </Trouble>
    )
  }
  if (!report.data) {
    return (
      <>
        <p className="quiet-text">{t('check.waiting', { n: writeCount(plan.grids, language) })}</p>
        <Waiting rows={6} />
      </>
    )
  }
  const { data } = report
  const findings = listed(data, filter)
  // What a special kind or a confirmed parent allows, nobody has to confirm.
  const crossing = data.findings.find(
    ({ rule, grids, severity, confirmed }) =>
      rule === 'R1' && grids[0]?.id === grid && (confirmed !== null || severity === 'warning'),
  )
  return (
    <div className="check" data-stale={report.isPlaceholderData || undefined} data-testid="check-panel">
      <Filters plan={plan} report={data} filter={filter} onFilter={onFilter} />
      <Rules report={data} filter={filter} onFilter={onFilter} />
      <p className="quiet-text" role="status" data-testid="check-count" data-revision={data.revision}>
        {findings.length > 0
          ? t('check.listed', {
              n: writeCount(findings.length, language),
              grids: writeCount(data.grids, language),
            })
          : t('check.none')}
      </p>
      {crossing && <ConfirmException key={grid} plan={plan} finding={crossing} />}
      <Findings findings={findings} />
    </div>
  )
}
