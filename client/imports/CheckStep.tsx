// Before anything is stored: what would become of the rows, why some come back, and people for buildings.
import { NumberInput, Switch, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Inspection } from '../../core/contract/imports.ts'
import { writeCount } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { type People, setDesk, useImportDesk } from './desk.ts'
import { Reasons } from './Reasons.tsx'
import { RepairList } from './RepairList.tsx'

function PeopleAsked() {
  const { t } = useTranslation()
  const people = useImportDesk(desk => desk.people)
  const change = (part: Partial<People>) => people && setDesk({ people: { ...people, ...part } })
  const number = (value: string | number) => (value === '' ? null : Number(value))
  return (
    <div className="import-asked">
      <Switch
        label={t('imports.people.label')}
        checked={people !== null}
        onChange={event =>
          setDesk({ people: event.currentTarget.checked ? { persons: null, households: null } : null })
        }
        data-testid="spread-people"
      />
      <Text size="xs" c="dimmed">
        {t('imports.people.why')}
      </Text>
      {people && (
        <div className="import-people">
          {(['persons', 'households'] as const).map(part => (
            <NumberInput
              key={part}
              size="sm"
              label={t(`imports.people.${part}`)}
              hideControls
              min={0}
              max={100_000_000}
              allowNegative={false}
              allowDecimal={false}
              thousandSeparator=","
              value={people[part] ?? ''}
              error={part === 'persons' && !people.persons ? t('imports.people.need') : null}
              onChange={value => change({ [part]: number(value) })}
              data-testid={`spread-${part}`}
            />
          ))}
        </div>
      )}
    </div>
  )
}

export function CheckStep({ looked }: { looked: Inspection }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const { judged, more } = looked
  const write = (n: number) => writeCount(n, language)
  return (
    <>
      <section className="import-judged" aria-live="polite">
        <h3>{t(more ? 'imports.check.sofar' : 'imports.check.all', { n: write(judged.rows) })}</h3>
        {more && (
          <Text size="xs" c="dimmed">
            {t('imports.check.sofarWhy')}
          </Text>
        )}
        <dl className="import-figures">
          {(['good', 'repaired', 'rejected'] as const).map(part => (
            <div key={part} data-part={part} data-some={judged[part] > 0 || undefined}>
              <dt>{t(`imports.check.${part}`)}</dt>
              <dd data-testid={`judged-${part}`}>{write(judged[part])}</dd>
            </div>
          ))}
        </dl>
        <RepairList repairs={judged.repairs} />
        <Reasons reasons={judged.reasons} />
        {judged.rejected > 0 && (
          <Text size="xs" c="dimmed">
            {t('imports.check.rejectedWhy')}
          </Text>
        )}
      </section>
      {looked.layer === 'grids' && (
        <Text size="sm" data-testid="grids-later">
          {t('imports.grids.later')}
        </Text>
      )}
      {looked.layer === 'buildings' && <PeopleAsked />}
    </>
  )
}
