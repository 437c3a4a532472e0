// Another parent for a grid: chosen in a list or on the map, with what both parents would have, before it is saved.
import { ActionIcon, Button, Group, Select } from '@mantine/core'
import { IconPointer } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { GridSummary } from '../../core/contract/grids.ts'
import type { Plan } from '../../core/contract/plans.ts'
import { writeCount } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { Trouble } from '../app/Trouble.tsx'
import type { Details } from '../modes/mode.ts'
import { type Change, saveChange, useChangePreview, useDetailsSession } from './details-session.ts'
import { Warnings } from './Warnings.tsx'

interface Props {
  plan: Plan
  grids: readonly GridSummary[]
  grid: GridSummary
  mode: Details
}

export function ParentForm({ plan, grids, grid, mode }: Props) {
  const { t } = useTranslation()
  const { language, input, set } = usePage()
  const { saving, warnings } = useDetailsSession()
  const choose = (parent: string | null) => set({ mode: { ...mode, parent, choosing: false } })
  const parents = grids.filter(one => one.level === grid.level - 1)
  const chosen = mode.parent !== null && mode.parent !== grid.parent ? mode.parent : null
  const change: Change | null = chosen ? { kind: 'reparent', grid: grid.id, parent: chosen } : null
  const preview = useChangePreview(plan, change)
  const rows = (preview.data?.grids ?? []).filter(one => one.level < grid.level)
  const save = async () => {
    if (change && (await saveChange('parent', change))) choose(null)
  }
  return (
    <div className="form-part">
      <Group gap={6} wrap="nowrap" align="flex-end">
        <Select
          className="grow"
          size="xs"
          label={t('details.parent')}
          searchable
          limit={50}
          allowDeselect={false}
          data={parents.map(({ id, name, code }) => ({ value: id, label: name || code }))}
          value={chosen ?? grid.parent}
          onChange={choose}
          data-testid="details-parent"
        />
        <ActionIcon
          size={30}
          variant={mode.choosing ? 'filled' : 'default'}
          aria-label={t('details.clickParent')}
          title={t('details.clickParent')}
          aria-pressed={mode.choosing}
          onClick={() => input({ on: 'choose-parent', choosing: !mode.choosing })}
          data-testid="choose-parent"
        >
          <IconPointer size={15} />
        </ActionIcon>
      </Group>
      {chosen && preview.error && <Trouble title={t('border.refused')}>{preview.error.message}</Trouble>}
      {rows.length > 0 && (
        <div className="sides moved">
          <table>
            <thead>
              <tr>
                <th scope="col">{t('border.grid')}</th>
                <th scope="col" className="number">
                  {t('border.before')}
                </th>
                <th scope="col" className="number">
                  {t('border.after')}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ id, level, name, code, persons }) => (
                <tr key={id} data-testid="parent-preview">
                  <th scope="row" title={name}>
                    <span className="level-mark">{level}</span>
                    {name || code}
                  </th>
                  <td className="number">
                    {writeCount(grids.find(one => one.id === id)?.persons ?? 0, language)}
                  </td>
                  <td className="number">{writeCount(persons, language)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Warnings warnings={warnings} grids={grids} />
      {chosen && (
        <Button
          size="xs"
          color={warnings.length > 0 ? 'orange' : undefined}
          disabled={!preview.data}
          loading={preview.isFetching || saving === 'parent'}
          onClick={() => void save()}
          data-testid="save-parent"
        >
          {t(warnings.length > 0 ? 'border.overrule' : 'details.saveParent')}
        </Button>
      )}
    </div>
  )
}
