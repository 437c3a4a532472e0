// Who else is here: how many other pages have the plan open, and what those that work on it have in hand.
import { IconUsers } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { GridSummary } from '../../core/contract/grids.ts'
import { useOthers } from './presence.ts'

const MOST = 3

export function Others({ grids }: { grids: readonly GridSummary[] }) {
  const { t } = useTranslation()
  const { desks } = useOthers()
  if (desks.length === 0) return null
  const busy = desks.filter(({ tool, grids: touched }) => tool !== 'browse' || touched.length > 0)
  const nameOf = (id: string) => {
    const grid = grids.find(one => one.id === id)
    return grid?.name || grid?.code || ''
  }
  return (
    <div className="others" data-testid="others">
      <span className="quiet-text">
        <IconUsers size={14} aria-hidden="true" /> {t('present.others', { n: desks.length })}
      </span>
      {busy.slice(0, MOST).map(({ desk, tool, grids: touched }) => (
        <span key={desk} className="other-desk" data-testid="other-desk">
          <strong>{tool === 'browse' ? t('present.looks') : t(`tools.${tool}`)}</strong>{' '}
          {touched.slice(0, 2).map(nameOf).filter(Boolean).join(t('listComma'))}
          {touched.length > 2 && t('edit.more', { n: touched.length - 2 })}
        </span>
      ))}
    </div>
  )
}
