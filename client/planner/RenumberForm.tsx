// Numbering anew what lies below a grid, or the whole plan: the old codes and the new ones, before anything is saved.
import { Button, Group } from '@mantine/core'
import { IconSortAscendingNumbers } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GridSummary } from '../../core/contract/grids.ts'
import type { Plan } from '../../core/contract/plans.ts'
import { Trouble } from '../app/Trouble.tsx'
import { type Change, saveChange, useChangePreview, useDetailsSession } from './details-session.ts'

/** Of a code, what is the same for all grids of a village. */
const VILLAGE_DIGITS = 12

interface Props {
  plan: Plan
  grids: readonly GridSummary[]
  grid: GridSummary | null
}

export function RenumberForm({ plan, grids, grid }: Props) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(false)
  const saving = useDetailsSession(state => state.saving === 'renumber')
  const change: Change = { kind: 'renumber', parent: grid?.id ?? null }
  const preview = useChangePreview(plan, shown ? change : null)
  if (grid?.leaf) return null
  const rows = (preview.data?.grids ?? []).flatMap(({ id, code, name, level }) => {
    const old = grids.find(one => one.id === id)?.code
    return old === undefined || old === code ? [] : [{ id, code, name, level, old }]
  })
  const save = async () => {
    if (await saveChange('renumber', change)) setShown(false)
  }
  return (
    <div className="form-part">
      <Button
        size="xs"
        variant="default"
        leftSection={<IconSortAscendingNumbers size={16} />}
        loading={shown && preview.isFetching}
        aria-expanded={shown}
        onClick={() => setShown(!shown)}
        data-testid="renumber"
      >
        {grid ? t('details.renumberBelow', { name: grid.name || grid.code }) : t('details.renumberAll')}
      </Button>
      {shown && preview.error && <Trouble title={t('border.refused')}>{preview.error.message}</Trouble>}
      {shown && preview.data && (
        <>
          <div className="sides moved">
            <div className="moved-rows">
              <table className="codes">
                <caption className="quiet-text">{t('details.renumbered', { n: rows.length })}</caption>
                <tbody>
                  {rows.map(({ id, level, name, old, code }) => (
                    <tr key={id} data-testid="renumber-row">
                      <th scope="row" title={name}>
                        <span className="level-mark">{level}</span>
                        {name}
                      </th>
                      <td className="number">
                        …{old.slice(VILLAGE_DIGITS)} → …{code.slice(VILLAGE_DIGITS)}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </div>
          <Group gap="xs" grow>
            <Button size="xs" variant="default" onClick={() => setShown(false)}>
              {t('cancel')}
            </Button>
            <Button
              size="xs"
              disabled={rows.length === 0}
              loading={saving}
              onClick={() => void save()}
              data-testid="save-renumber"
            >
              {t('details.saveRenumber')}
            </Button>
          </Group>
        </>
      )}
    </div>
  )
}
