// A quiet notice of what somebody has just reported; one's own report is announced by the form.
import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import type { IncidentSummary } from '../../core/contract/incidents.ts'

const NOTICE = 'incident-reported'
const CLOSE_MS = 6000

const own = new Set<string>()
/** More than one while the notice stands are one notice. */
let standing = 0

/** What was reported here needs no second notice. */
export const isOwn = (id: string): void => void own.add(id)

export function announceReported(incident: IncidentSummary): void {
  if (own.delete(incident.id)) return
  const more = standing
  standing++
  const notice = {
    id: NOTICE,
    color: 'accent',
    withBorder: true,
    autoClose: CLOSE_MS,
    title: i18next.t('analyst.news.title'),
    message: more > 0 ? `${incident.title} · ${i18next.t('analyst.news.more', { n: more })}` : incident.title,
    onClose: () => {
      standing = 0
    },
  }
  if (more > 0) notifications.update(notice)
  else notifications.show(notice)
}
