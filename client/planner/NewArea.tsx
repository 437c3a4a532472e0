// A new area: its outline drawn on the map or read from a file and shown there, then named and saved.
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { IconFileUpload, IconPolygon } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Area, NewArea as NewAreaRequest } from '../../core/contract/areas.ts'
import { Failure, post } from '../api/call.ts'
import { queries } from '../api/queries.ts'
import { usePage } from '../app/state.ts'
import { Trouble } from '../app/Trouble.tsx'
import { boxOf } from '../map/boxes.ts'
import { outlineOf } from '../modes/draw-area.ts'
import { BROWSE } from '../modes/mode.ts'
import { MOST_BYTES, type OutlineFault, readOutline } from './read-outline.ts'
import { beginDrawArea } from './tools.ts'

export function NewArea() {
  const { t } = useTranslation()
  const { mode, outline, set, begin, choosePlan, lookAt } = usePage()
  const [fault, setFault] = useState<OutlineFault | null>(null)
  const [features, setFeatures] = useState(1)
  const [over, setOver] = useState(false)
  const picker = useRef<HTMLInputElement>(null)
  const key = useRef<{ body: string; key: string }>(null)
  const drawing = mode.mode === 'draw-area' ? mode : null
  const geometry = drawing ? (drawing.done ? outlineOf(drawing) : null) : outline
  const corners = geometry?.coordinates.flat().reduce((sum, ring) => sum + ring.length - 1, 0) ?? 0
  const form = useForm({
    initialValues: { name: '', code: '' },
    validate: {
      name: value => (value.trim() ? null : t('newArea.needName')),
      code: value => (/^([0-9]{6}|[0-9]{9}|[0-9]{12})?$/.test(value.trim()) ? null : t('newArea.badCode')),
    },
  })
  const save = useMutation({
    mutationFn: (request: NewAreaRequest) => {
      const body = JSON.stringify(request)
      if (key.current?.body !== body) key.current = { body, key: crypto.randomUUID() }
      return post<Area>('/api/areas', request, key.current.key)
    },
    onMutate: () => set({ fault: null }),
    onSuccess: async area => {
      await queries.invalidateQueries({ queryKey: ['areas'] })
      void queries.invalidateQueries({ queryKey: ['layers'] })
      choosePlan(null, area.code)
      set({ page: 'new-plan' })
      lookAt(area.bbox)
      notifications.show({
        color: 'accent',
        withBorder: true,
        message: t('newArea.saved', { name: area.name }),
      })
    },
    onError: error => {
      const place = error instanceof Failure ? error.problem?.place : null
      if (place) set({ fault: { at: place, text: error.message } })
    },
  })
  const read = async (file: File | undefined) => {
    if (!file) return
    save.reset()
    const result = file.size > MOST_BYTES ? 'tooLarge' : readOutline(await file.text())
    if (typeof result === 'string') {
      setFault(result)
      set({ outline: null })
      return
    }
    setFault(null)
    setFeatures(result.features)
    begin(BROWSE)
    set({ outline: result.geometry })
    if (!form.values.name && result.name) form.setFieldValue('name', result.name)
    lookAt(boxOf(result.geometry))
  }
  return (
    <form
      className="new"
      data-testid="new-area-form"
      onSubmit={form.onSubmit(({ name, code }) => {
        if (!geometry) return
        save.mutate({ name: name.trim(), geometry, ...(code.trim() ? { code: code.trim() } : {}) })
      })}
    >
      <Text component="h2" fw={600} size="lg">
        {t('newArea.title')}
      </Text>
      <Stack gap="sm">
        <Button
          variant={drawing ? 'light' : 'default'}
          leftSection={<IconPolygon size={18} />}
          onClick={() => {
            save.reset()
            setFault(null)
            beginDrawArea()
          }}
          data-testid="draw-area"
        >
          {drawing && drawing.points.length > 0 ? t('newArea.drawAgain') : t('newArea.draw')}
        </Button>
        {drawing && !drawing.done && (
          <Text size="sm" c="dimmed" role="status">
            {t('newArea.drawHint')}
          </Text>
        )}
        <button
          type="button"
          className="drop"
          data-over={over || undefined}
          onClick={() => picker.current?.click()}
          onDragOver={event => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={event => {
            event.preventDefault()
            setOver(false)
            void read(event.dataTransfer.files[0])
          }}
        >
          <IconFileUpload size={22} aria-hidden="true" />
          <span>
            <strong>{t('newArea.upload')}</strong>
            <br />
            {t('newArea.drop')}
            <br />
            <span className="quiet-text">{t('newArea.dropWhy')}</span>
          </span>
        </button>
        <input
          ref={picker}
          type="file"
          accept=".geojson,.json,application/geo+json,application/json"
          hidden
          onChange={event => {
            void read(event.currentTarget.files?.[0])
            event.currentTarget.value = ''
          }}
          data-testid="area-file"
        />
        {fault && <Trouble title={t('failed.title')}>{t(`newArea.${fault}`)}</Trouble>}
        {geometry && (
          <Text size="sm" role="status" data-testid="outline-facts">
            {t('newArea.closed')} · {t('newArea.corners', { n: corners })}
            {!drawing && features > 1 && (
              <>
                <br />
                {t('newArea.manyPolygons', { n: features })}
              </>
            )}
          </Text>
        )}
        <TextInput
          label={t('newArea.name')}
          maxLength={100}
          {...form.getInputProps('name')}
          data-testid="area-name"
        />
        <TextInput
          label={t('newArea.code')}
          description={t('newArea.codeWhy')}
          inputMode="numeric"
          maxLength={12}
          {...form.getInputProps('code')}
          data-testid="area-code"
        />
        {save.isError && (
          <Trouble title={t('failed.title')} testId="area-refused">
            {save.error.message}
          </Trouble>
        )}
        <Group gap="xs" grow>
          <Button
            variant="default"
            onClick={() => {
              begin(BROWSE)
              set({ page: 'grids' })
            }}
            data-testid="cancel"
          >
            {t('cancel')}
          </Button>
          <Button type="submit" disabled={!geometry} loading={save.isPending} data-testid="save-area">
            {t('newArea.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
