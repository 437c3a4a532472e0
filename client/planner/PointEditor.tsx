// Points without a mouse: type a place, or move the last one with the arrow keys.
import { ActionIcon, Button, Group, TextInput, UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowLeft, IconArrowRight, IconArrowUp } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Place } from '../../core/contract/geometry.ts'
import { usePage } from '../app/state.ts'
import { readPlace } from './read-place.ts'

/** One and ten metres of latitude. */
const STEP = 9e-6
const LARGE_STEP = 9e-5

const WAYS: readonly { key: string; icon: typeof IconArrowLeft; east: number; north: number }[] = [
  { key: 'ArrowLeft', icon: IconArrowLeft, east: -1, north: 0 },
  { key: 'ArrowUp', icon: IconArrowUp, east: 0, north: 1 },
  { key: 'ArrowDown', icon: IconArrowDown, east: 0, north: -1 },
  { key: 'ArrowRight', icon: IconArrowRight, east: 1, north: 0 },
]

interface Props {
  /** The last point, or what is held: it can be moved. */
  last: Place | null
  onPlace: (place: Place) => void
}

export function PointEditor({ last, onPlace }: Props) {
  const { t } = useTranslation()
  const input = usePage(state => state.input)
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const place = readPlace(text)
  const nudge = (east: number, north: number, large: boolean) => {
    const by = large ? LARGE_STEP : STEP
    const stretch = Math.cos(((last?.[1] ?? 0) * Math.PI) / 180)
    input({ on: 'nudge', by: [(east * by) / stretch, north * by] })
  }
  const onKey = (event: KeyboardEvent) => {
    const way = WAYS.find(one => one.key === event.key)
    if (!way || !last) return
    event.preventDefault()
    nudge(way.east, way.north, event.shiftKey)
  }
  const add = () => {
    if (!place) return
    onPlace(place)
    setText('')
  }
  return (
    <div className="point-editor">
      <UnstyledButton
        className="quiet-text disclosure"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        data-testid="point-editor"
      >
        {t('border.byKeys')}
      </UnstyledButton>
      {open && (
        <>
          <Group gap={6} wrap="nowrap" align="flex-start">
            <TextInput
              className="grow"
              size="xs"
              aria-label={t('border.place')}
              placeholder={t('border.placeExample')}
              value={text}
              error={text.trim() !== '' && !place ? t('border.badPlace') : undefined}
              onChange={event => setText(event.currentTarget.value)}
              onKeyDown={event => {
                if (event.key === 'Enter') add()
              }}
              data-testid="point-text"
            />
            <Button size="xs" variant="default" disabled={!place} onClick={add} data-testid="point-add">
              {t('border.addPoint')}
            </Button>
          </Group>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the buttons inside take the focus */}
          <div className="nudge" onKeyDown={onKey}>
            <span className="quiet-text">{t('border.nudge')}</span>
            {WAYS.map(({ key, icon: Icon, east, north }) => (
              <ActionIcon
                key={key}
                size={26}
                variant="default"
                disabled={!last}
                aria-label={t(`border.ways.${key as 'ArrowLeft'}`)}
                onClick={event => nudge(east, north, event.shiftKey)}
                data-testid={`nudge-${key}`}
              >
                <Icon size={15} />
              </ActionIcon>
            ))}
          </div>
        </>
      )}
    </div>
  )
}
