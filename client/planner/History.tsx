// Every edit of the plan, newest first: what, which grids, who, when; each can be undone by name.
import { ActionIcon, Badge, Tooltip } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { EditSummary } from '../../core/contract/edits.ts'
import type { Plan } from '../../core/contract/plans.ts'
import { useEdits } from '../api/queries.ts'
import { writeTime } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { Trouble } from '../app/Trouble.tsx'
import { Waiting } from '../app/Waiting.tsx'
import { ChangedGrids } from './ChangedGrids.tsx'
import { undo } from './undo.ts'
import { kindKey } from './what-changed.ts'

function Entry({ edit, plan }: { edit: EditSummary; plan: Plan }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const kind = t(kindKey(edit.kind))
  return (
    <li className="edit" data-undone={edit.undone || undefined} data-testid="edit-row">
      <div className="edit-what">
        <strong>{kind}</strong>
        {edit.undone && (
          <Badge size="xs" variant="default" tt="none" radius="sm">
            {t('history.undone')}
          </Badge>
        )}
        <span className="quiet-text">
          {edit.undoes === null
            ? t('history.revision', { revision: edit.revision })
            : t('edit.undoes', { revision: edit.undoes })}
        </span>
      </div>
      <div className="edit-grids">
        <ChangedGrids edit={edit} />
      </div>
      {edit.note && <div className="edit-grids">{edit.note}</div>}
      <div className="quiet-text">
        {edit.actor} · <time dateTime={edit.at}>{writeTime(edit.at, language)}</time>
      </div>
      {!edit.undone && edit.undoes === null && plan.state === 'draft' && (
        <Tooltip label={t('history.undoThis')}>
          <ActionIcon
            className="edit-undo"
            variant="subtle"
            color="gray"
            aria-label={t('history.undoThis')}
            onClick={() => void undo(plan.id, edit.revision)}
          >
            <IconArrowBackUp size={16} />
          </ActionIcon>
        </Tooltip>
      )}
    </li>
  )
}

export function History({ plan }: { plan: Plan }) {
  const { t } = useTranslation()
  const edits = useEdits(plan.id)
  if (edits.isError) {
    return (
      <Trouble title={t('start.failedTitle')} onRetry={() => void edits.refetch()}>
        {edits.error.message}
      </Trouble>
    )
  }
  if (!edits.data) return <Waiting rows={5} />
  if (edits.data.length === 0) return <p className="quiet">{t('history.empty')}</p>
  return (
    <div className="grid-scroll">
      <ol className="edits">
        {edits.data.map(edit => (
          <Entry key={edit.revision} edit={edit} plan={plan} />
        ))}
      </ol>
    </div>
  )
}
