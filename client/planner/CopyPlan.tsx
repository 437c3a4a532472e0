// A plan that is published cannot be changed: a draft with the same grids can be started from it.
import { Button, Text } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Plan, PlanCopy } from '../../core/contract/plans.ts'
import { post } from '../api/call.ts'
import { planKey, queries } from '../api/queries.ts'
import { usePage } from '../app/state.ts'
import { Trouble } from '../app/Trouble.tsx'

export function CopyPlan({ plan }: { plan: Plan }) {
  const { t } = useTranslation()
  const choosePlan = usePage(state => state.choosePlan)
  const key = useRef(crypto.randomUUID())
  const copy = useMutation({
    mutationFn: (request: PlanCopy) => post<Plan>(`/api/plans/${plan.id}/copies`, request, key.current),
    onSuccess: draft => {
      key.current = crypto.randomUUID()
      queries.setQueryData(planKey(draft.id), draft)
      void queries.invalidateQueries({ queryKey: ['plans'] })
      choosePlan(draft.id, draft.area)
    },
  })
  return (
    <div className="copy-plan">
      <Text size="sm" c="dimmed">
        {t('newPlan.copyWhy', { state: t(`chooser.state.${plan.state}`) })}
      </Text>
      <Button
        variant="default"
        size="compact-md"
        leftSection={<IconCopy size={16} />}
        loading={copy.isPending}
        onClick={() => copy.mutate({ name: t('newPlan.copyOf', { name: plan.name }) })}
        data-testid="copy-plan"
      >
        {t('newPlan.copy')}
      </Button>
      {copy.error && <Trouble title={t('failed.title')}>{copy.error.message}</Trouble>}
    </div>
  )
}
