// Which area and which plan: choose one that exists, or start a new one.
import { ActionIcon, Group, Select, Text, Tooltip } from '@mantine/core'
import { IconMapPlus, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Area } from '../../core/contract/areas.ts'
import type { Plan } from '../../core/contract/plans.ts'
import { usePage } from '../app/state.ts'

const EVERY_OPTION = 200

interface Props {
  areas: Area[]
  plans: Plan[]
  /** New areas and plans can be started from here. */
  canMake: boolean
}

export function PlanChooser({ areas, plans, canMake }: Props) {
  const { t } = useTranslation()
  const { area, plan, mode, set, choosePlan, lookAt } = usePage()
  const busy = mode.mode !== 'browse'
  const open = plans.find(one => one.id === plan)
  const areaCode = open?.area ?? area
  const offered = areaCode ? plans.filter(one => one.area === areaCode) : plans

  const chooseArea = (code: string | null) => {
    const chosen = areas.find(one => one.code === code)
    const its = plans.filter(one => one.area === code)
    choosePlan(its[0]?.id ?? null, code)
    if (chosen) lookAt(chosen.bbox)
  }
  const choose = (id: string | null) => {
    const chosen = plans.find(one => one.id === id)
    if (!chosen) return
    choosePlan(chosen.id, chosen.area)
    lookAt(chosen.bbox)
  }
  return (
    <div className="chooser">
      <Group gap={6} wrap="nowrap" align="end">
        <Select
          className="grow"
          size="sm"
          label={t('chooser.area')}
          placeholder={t('chooser.chooseArea')}
          data={areas.map(one => ({ value: one.code, label: one.name }))}
          value={areaCode}
          onChange={chooseArea}
          searchable={areas.length > 7}
          limit={EVERY_OPTION}
          nothingFoundMessage={t('chooser.noArea')}
          disabled={busy}
          allowDeselect={false}
          renderOption={({ option }) => (
            <Group justify="space-between" wrap="nowrap" w="100%" gap="xs">
              <span>{option.label}</span>
              <Text size="xs" c="dimmed" className="number">
                {option.value}
              </Text>
            </Group>
          )}
          data-testid="area-chooser"
        />
        {canMake && (
          <Tooltip label={t('chooser.newArea')}>
            <ActionIcon
              variant="default"
              size={36}
              aria-label={t('chooser.newArea')}
              disabled={busy}
              onClick={() => set({ page: 'new-area' })}
              data-testid="new-area"
            >
              <IconMapPlus size={18} />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
      <Group gap={6} wrap="nowrap" align="end">
        <Select
          className="grow"
          size="sm"
          label={t('chooser.plan')}
          placeholder={offered.length > 0 ? t('chooser.choosePlan') : t('chooser.noPlan')}
          data={offered.map(one => ({ value: one.id, label: one.name }))}
          value={plan}
          onChange={choose}
          disabled={busy || offered.length === 0}
          allowDeselect={false}
          renderOption={({ option }) => {
            const one = plans.find(candidate => candidate.id === option.value)
            return (
              <Group justify="space-between" wrap="nowrap" w="100%" gap="xs">
                <span>{option.label}</span>
                {one && (
                  <Text size="xs" c="dimmed">
                    {t(`chooser.state.${one.state}`)} · {t('chooser.grids', { n: one.grids })}
                  </Text>
                )}
              </Group>
            )
          }}
          data-testid="plan-chooser"
        />
        {canMake && (
          <Tooltip label={t('chooser.newPlan')}>
            <ActionIcon
              variant="default"
              size={36}
              aria-label={t('chooser.newPlan')}
              disabled={busy}
              onClick={() => set({ page: 'new-plan' })}
              data-testid="new-plan"
            >
              <IconPlus size={18} />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
    </div>
  )
}
