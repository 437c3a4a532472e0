// The no and the yes of an edit of borders; a yes after a warning says so.
import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { usePage } from '../app/state.ts'
import { BROWSE } from '../modes/mode.ts'
import { saveBorder, useBorderSession } from './border-session.ts'
import { dropDraft } from './draft.ts'

export function SaveButtons({ able, confirm }: { able: boolean; confirm: string }) {
  const { t } = useTranslation()
  const { plan, begin } = usePage()
  const { saving, warnings } = useBorderSession()
  const isWarned = warnings.length > 0
  return (
    <Group gap="xs" grow className="work-buttons">
      <Button
        variant="default"
        onClick={() => {
          if (plan) dropDraft(plan)
          begin(BROWSE)
        }}
        data-testid="cancel"
      >
        {t('cancel')}
      </Button>
      <Button
        color={isWarned ? 'orange' : undefined}
        disabled={!able}
        loading={saving}
        onClick={() => void saveBorder()}
        data-testid={isWarned ? 'overrule' : 'confirm'}
      >
        {isWarned ? t('border.overrule') : confirm}
      </Button>
    </Group>
  )
}
