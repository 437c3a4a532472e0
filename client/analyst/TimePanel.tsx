// Below the map: the window of time, its length, and playing it on.
import { ActionIcon, Group, SegmentedControl, Select, Tooltip } from '@mantine/core'
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { writeDay } from '../../core/incidents/calendar.ts'
import { barsOf } from '../../core/incidents/trend.ts'
import { writeCount } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { Brush } from './Brush.tsx'
import { useDesk } from './desk.ts'
import type { DayWindow } from './settings.ts'
import { chooseWindow, useWhole, useWindow } from './use-desk.ts'
import { daysOf, lasting, played, playFrom } from './window.ts'

const PRESETS = { day: 1, week: 7, month: 30 } as const
type Preset = keyof typeof PRESETS | 'all'
const SPEEDS = { slow: 1, usual: 7, fast: 30 } as const
type Speed = keyof typeof SPEEDS
/** Between two steps there is time to look. */
const STEP_MS = 400

function Controls({ whole, window }: { whole: DayWindow; window: DayWindow }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const [isPlaying, setPlaying] = useState(false)
  const [speed, setSpeed] = useState<Speed>('slow')
  const trend = useDesk(state => state.trend)
  const looked = useDesk(state => state.looked)

  // The next step waits until the map has had the one before.
  useEffect(() => {
    if (!isPlaying || !looked) return
    const timer = setTimeout(() => {
      const next = played(window, SPEEDS[speed], whole)
      if (next) chooseWindow(next, whole)
      else setPlaying(false)
    }, STEP_MS)
    return () => clearTimeout(timer)
  }, [isPlaying, looked, window, whole, speed])

  const turn = () => {
    if (!isPlaying) chooseWindow(playFrom(window, whole), whole)
    setPlaying(!isPlaying)
  }
  const days = daysOf(window)
  const preset: Preset | undefined =
    days === daysOf(whole)
      ? 'all'
      : (Object.keys(PRESETS) as (keyof typeof PRESETS)[]).find(one => PRESETS[one] === days)
  const bars = trend ? barsOf(trend) : []
  const bar = bars.some(one => one.to - one.from > 1) ? 'week' : 'day'
  const label = t(isPlaying ? 'analyst.time.pause' : 'analyst.time.play')
  return (
    <Group gap={8} wrap="nowrap" className="time-controls">
      <Tooltip label={label}>
        <ActionIcon
          size={32}
          variant="filled"
          aria-label={label}
          aria-pressed={isPlaying}
          onClick={turn}
          data-testid="play"
        >
          {isPlaying ? <IconPlayerPauseFilled size={16} /> : <IconPlayerPlayFilled size={16} />}
        </ActionIcon>
      </Tooltip>
      <Select
        className="time-speed"
        size="xs"
        w={116}
        aria-label={t('analyst.time.speed')}
        data={(Object.keys(SPEEDS) as Speed[]).map(one => ({
          value: one,
          label: t(`analyst.time.speeds.${one}`),
        }))}
        value={speed}
        onChange={value => setSpeed((value as Speed | null) ?? 'slow')}
        allowDeselect={false}
        data-testid="speed"
      />
      <strong className="time-range" data-testid="time-range">
        {t('analyst.time.range', {
          from: writeDay(window.from),
          to: writeDay(window.to - 1),
          n: writeCount(days, language),
        })}
      </strong>
      <span className="quiet-text time-bars">
        {t(`analyst.time.bars.${bar}`)} ·{' '}
        {t('analyst.time.most', { n: writeCount(Math.max(0, ...bars.map(one => one.count)), language) })}
      </span>
      <SegmentedControl
        size="xs"
        aria-label={t('analyst.time.presetsLabel')}
        value={preset ?? ''}
        onChange={value => {
          const length = value === 'all' ? daysOf(whole) : PRESETS[value as keyof typeof PRESETS]
          chooseWindow(lasting(window, length, whole), whole)
        }}
        data={[...(Object.keys(PRESETS) as Preset[]), 'all' as const].map(one => ({
          value: one,
          label: t(`analyst.time.presets.${one}`),
        }))}
        data-testid="presets"
      />
    </Group>
  )
}

export function TimePanel() {
  const { t } = useTranslation()
  const whole = useWhole()
  const window = useWindow()
  const trend = useDesk(state => state.trend)
  if (!whole || !window) return null
  return (
    <section className="time-panel" aria-label={t('analyst.time.label')} data-testid="time-panel">
      <Controls whole={whole} window={window} />
      <Brush trend={trend} whole={whole} window={window} onWindow={next => chooseWindow(next, whole)} />
    </section>
  )
}
