// Tells that an edit is saved, with a way back; and that something failed, with the reason.
import { Anchor } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import type { EditReply, EditSummary } from '../../core/contract/edits.ts'
import { Failure } from '../api/call.ts'
import { usePage } from '../app/state.ts'
import { ChangedGrids } from './ChangedGrids.tsx'
import { undo } from './undo.ts'
import { kindKey } from './what-changed.ts'

export function announceEdit(reply: EditReply): void {
  const { edit, plan } = reply
  const id = `edit-${plan.id}-${edit.revision}`
  const isReverse = edit.kind === 'undo' || edit.kind === 'redo'
  notifications.show({
    id,
    color: 'accent',
    withBorder: true,
    autoClose: isReverse ? 3000 : 8000,
    title:
      edit.kind === 'undo' || edit.kind === 'redo'
        ? i18next.t(`edit.done.${edit.kind}`)
        : i18next.t('edit.done.saved', { kind: i18next.t(kindKey(edit.kind)) }),
    message: isReverse ? (
      i18next.t('edit.revision', { revision: edit.revision })
    ) : (
      <>
        <ChangedGrids edit={edit} />{' '}
        <Anchor
          component="button"
          type="button"
          size="sm"
          fw={600}
          onClick={() => {
            notifications.hide(id)
            void undo(plan.id, edit.revision)
          }}
        >
          {i18next.t('undo')}
        </Anchor>
      </>
    ),
  })
}

/** Tells quietly, in one place, what somebody else has done. */
export function announceOthers(plan: string, edits: readonly EditSummary[]): void {
  const last = edits.at(-1)
  if (!last) return
  const { actor, revision } = last
  notifications.show({
    id: `others-${plan}-${revision}`,
    color: 'gray',
    autoClose: 6000,
    title:
      edits.length > 1
        ? i18next.t('others.many', { actor, n: edits.length })
        : i18next.t('others.one', { actor, kind: i18next.t(kindKey(last.kind)) }),
    message: (
      <span data-testid="others-edit">
        {edits.length === 1 && <ChangedGrids edit={last} />} {i18next.t('others.where', { revision })}
      </span>
    ),
  })
}

/** Shows a failure; its place, if it has one, is marked on the map. */
export function announceFailure(error: unknown): void {
  const message = error instanceof Failure ? error.message : i18next.t('failed.unknown')
  const place = error instanceof Failure ? error.problem?.place : null
  if (place) usePage.getState().set({ fault: { at: place, text: message } })
  notifications.show({
    color: 'red',
    withBorder: true,
    autoClose: 8000,
    title: i18next.t('failed.title'),
    message,
  })
}
