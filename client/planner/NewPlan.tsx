// A new plan: for which area, under which name and level profile.
import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Area, AreaDetail } from '../../core/contract/areas.ts'
import type { NewPlan as NewPlanRequest, Plan } from '../../core/contract/plans.ts'
import { post } from '../api/call.ts'
import { planKey, queries, useArea, useProfiles } from '../api/queries.ts'
import { writeArea, writeCount } from '../app/numbers.ts'
import { Synthetic } from '../app/Synthetic.tsx'
import { usePage } from '../app/state.ts'
import { Trouble } from '../app/Trouble.tsx'

function AreaFacts({ area }: { area: AreaDetail | undefined }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const facts = [
    [t('persons'), area && writeCount(area.persons, language)],
    [t('households'), area && writeCount(area.households, language)],
    [t('buildings'), area && writeCount(area.buildings, language)],
    [t('area'), area && writeArea(area.areaSquareMetres, language)],
  ] as const
  return (
    <div className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <span className="quiet-text">{name}</span>
          <strong className="number">{value ?? '–'}</strong>
        </div>
      ))}
      <Synthetic shown={area?.synthetic} />
    </div>
  )
}

export function NewPlan({ areas, plans }: { areas: Area[]; plans: Plan[] }) {
  const { t } = useTranslation()
  const { language, area, set, choosePlan, lookAt } = usePage()
  const profiles = useProfiles()
  const key = useRef<{ body: string; key: string }>(null)
  const first = areas.find(one => one.code === area) ?? areas[0]
  const nameFor = (code: string | undefined) => {
    const of = areas.find(one => one.code === code)?.name
    if (!of) return ''
    const plain = t('newPlan.nameExample', { area: of })
    const taken = new Set(plans.map(plan => plan.name))
    let number = 2
    if (!taken.has(plain)) return plain
    while (taken.has(`${plain} ${number}`)) number++
    return `${plain} ${number}`
  }
  const form = useForm({
    initialValues: { area: first?.code ?? '', name: nameFor(first?.code), profile: '' },
    validate: {
      area: value => (value ? null : t('newPlan.needArea')),
      name: value => (value.trim() ? null : t('newPlan.needName')),
    },
  })
  const detail = useArea(form.values.area || null)
  const profile = profiles.data?.find(one => one.profile === form.values.profile) ?? profiles.data?.[0]
  const create = useMutation({
    mutationFn: (request: NewPlanRequest) => {
      const body = JSON.stringify(request)
      if (key.current?.body !== body) key.current = { body, key: crypto.randomUUID() }
      return post<Plan>('/api/plans', request, key.current.key)
    },
    onSuccess: plan => {
      queries.setQueryData<Plan>(planKey(plan.id), plan)
      queries.setQueryData<Plan[]>(['plans'], known => [plan, ...(known ?? [])])
      choosePlan(plan.id, plan.area)
      lookAt(plan.bbox)
      notifications.show({ color: 'accent', withBorder: true, message: t('newPlan.created') })
    },
  })
  return (
    <form
      className="new"
      data-testid="new-plan-form"
      onSubmit={form.onSubmit(({ area: code, name }) =>
        create.mutate({ area: code, name: name.trim(), ...(profile ? { profile: profile.profile } : {}) }),
      )}
    >
      <Text component="h2" fw={600} size="lg">
        {t('newPlan.title')}
      </Text>
      <Stack gap="sm">
        <Select
          label={t('newPlan.area')}
          data={areas.map(one => ({ value: one.code, label: one.name }))}
          searchable={areas.length > 7}
          limit={200}
          allowDeselect={false}
          {...form.getInputProps('area')}
          onChange={code => {
            const untouched = form.values.name === nameFor(form.values.area)
            form.setFieldValue('area', code ?? '')
            if (untouched) form.setFieldValue('name', nameFor(code ?? undefined))
            const chosen = areas.find(one => one.code === code)
            if (chosen) lookAt(chosen.bbox)
          }}
          data-testid="new-plan-area"
        />
        <AreaFacts area={detail.data} />
        <TextInput
          label={t('newPlan.name')}
          maxLength={100}
          {...form.getInputProps('name')}
          data-testid="new-plan-name"
        />
        <Select
          label={t('newPlan.profile')}
          data={profiles.data?.map(one => ({ value: one.profile, label: one.name[language] })) ?? []}
          value={profile?.profile ?? null}
          onChange={value => form.setFieldValue('profile', value ?? '')}
          allowDeselect={false}
          description={profile?.levels
            .map((level, index) => `${index + 1} ${level.name[language]}`)
            .join(' › ')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
        />
        {create.isError && <Trouble title={t('failed.title')}>{create.error.message}</Trouble>}
        <Group gap="xs" grow>
          <Button variant="default" onClick={() => set({ page: 'grids' })} data-testid="cancel">
            {t('cancel')}
          </Button>
          <Button type="submit" loading={create.isPending} data-testid="create-plan">
            {t('newPlan.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
