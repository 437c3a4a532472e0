// What stands in the way of an edit of borders: it cannot be, it could not be sent, or somebody was faster.
import { useTranslation } from 'react-i18next'
import { writeTime } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { Trouble } from '../app/Trouble.tsx'
import { retryLoading, saveBorder, useBorderSession } from './border-session.ts'
import { useRefusal } from './use-refusal.ts'

export function BorderTrouble() {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const { failure, loaded, loading, overtakenBy } = useBorderSession()
  const refusal = useRefusal()
  const { problem } = failure ?? {}
  const between =
    problem?.code === 'stale' && problem.actor && problem.at
      ? { actor: problem.actor, at: problem.at, revision: problem.revision ?? '' }
      : overtakenBy
  if (between) {
    return (
      <Trouble title={t(failure ? 'cut.sendFailed' : 'border.overtaken')} testId="stale">
        {t('cut.stale', {
          actor: between.actor,
          time: writeTime(between.at, language),
          revision: between.revision,
        })}
      </Trouble>
    )
  }
  if (failure && !refusal) {
    const unloaded = !loaded && !loading
    return (
      <Trouble
        title={t(unloaded ? 'cut.loadFailed' : 'cut.sendFailed')}
        onRetry={unloaded ? retryLoading : failure.retry ? () => void saveBorder() : undefined}
        testId="cut-failed"
      >
        {failure.message}
      </Trouble>
    )
  }
  if (!refusal) return null
  return (
    <Trouble title={t('border.refused')} testId="refusal">
      {refusal.text}
    </Trouble>
  )
}
