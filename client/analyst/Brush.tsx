// The time slider: bars of all the time there is, and over them the window with two ends and a middle to take hold of.
import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { writeDay } from '../../core/incidents/calendar.ts'
import { type Bar, barsOf, type Trend } from '../../core/incidents/trend.ts'
import { writeCount } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import type { DayWindow } from './settings.ts'
import { daysOf, type Grip, moved } from './window.ts'

const WEEK = 7
/** Pointers need not hit an end exactly. */
const END_PIXELS = 10

interface Props {
  trend: Trend | null
  whole: DayWindow
  window: DayWindow
  onWindow: (window: DayWindow) => void
}

function stepOf(key: string, whole: DayWindow): number | null {
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowDown: -1,
    ArrowRight: 1,
    ArrowUp: 1,
    PageDown: -WEEK,
    PageUp: WEEK,
    Home: -daysOf(whole),
    End: daysOf(whole),
  }
  return steps[key] ?? null
}

/** Months, or weeks of a short time, that have room for their names. */
function ticksOf(whole: DayWindow): { day: number; text: string }[] {
  const days = daysOf(whole)
  const all = Array.from({ length: days }, (_, n) => whole.from + n).map(day => ({
    day,
    text: writeDay(day),
  }))
  const firsts = all.filter(({ text }) => text.endsWith('-01'))
  if (firsts.length >= 3) {
    const every = Math.ceil(firsts.length / 12)
    return firsts
      .filter((_, n) => n % every === 0)
      .map(({ day, text }) => ({
        day,
        text: text.slice(5, 7) === '01' ? text.slice(0, 7) : text.slice(5, 7),
      }))
  }
  const every = Math.max(1, Math.ceil(days / 8))
  return all.filter((_, n) => n % every === 0).map(({ day, text }) => ({ day, text: text.slice(5) }))
}

function Bars({ bars, whole, window }: { bars: readonly Bar[]; whole: DayWindow; window: DayWindow }) {
  const most = Math.max(1, ...bars.map(bar => bar.count))
  return (
    <svg
      className="brush-bars"
      viewBox={`0 0 ${daysOf(whole)} 1`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {bars.map(bar => (
        <rect
          key={bar.from}
          x={bar.from - whole.from + 0.08 * (bar.to - bar.from)}
          width={0.84 * (bar.to - bar.from)}
          y={1 - bar.count / most}
          height={bar.count / most}
          data-inside={(bar.from < window.to && bar.to > window.from) || undefined}
        />
      ))}
    </svg>
  )
}

export function Brush({ trend, whole, window, onWindow }: Props) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const track = useRef<HTMLDivElement>(null)
  const drag = useRef<{ grip: Grip; day: number; window: DayWindow } | null>(null)
  const bars = useMemo(() => (trend ? barsOf(trend) : []), [trend])
  const ticks = useMemo(() => ticksOf(whole), [whole])
  const days = daysOf(whole)
  const share = (day: number) => `${(100 * (day - whole.from)) / days}%`

  const dayAt = (clientX: number): number => {
    const box = track.current?.getBoundingClientRect()
    return box ? whole.from + Math.round(((clientX - box.left) / box.width) * days) : whole.from
  }
  const gripAt = (clientX: number): Grip | null => {
    const box = track.current?.getBoundingClientRect()
    if (!box) return null
    const at = (day: number) => box.left + ((day - whole.from) / days) * box.width
    const [start, end] = [at(window.from), at(window.to)]
    if (Math.abs(clientX - end) <= END_PIXELS && clientX > (start + end) / 2) return 'end'
    if (Math.abs(clientX - start) <= END_PIXELS) return 'start'
    return clientX > start && clientX < end ? 'both' : null
  }
  const onDown = (event: PointerEvent) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const day = dayAt(event.clientX)
    const grip = gripAt(event.clientX)
    if (grip) drag.current = { grip, day, window }
    else {
      // Beside the window: it comes here, as long as it was.
      const here = moved(window, 'both', day - Math.round((window.from + window.to) / 2), whole)
      onWindow(here)
      drag.current = { grip: 'both', day, window: here }
    }
  }
  const onMove = (event: PointerEvent) => {
    const held = drag.current
    if (!held) return
    const next = moved(held.window, held.grip, dayAt(event.clientX) - held.day, whole)
    if (next.from !== window.from || next.to !== window.to) onWindow(next)
  }
  const onUp = () => {
    drag.current = null
  }
  const onKey = (grip: Grip) => (event: KeyboardEvent) => {
    const step = stepOf(event.key, whole)
    if (step === null || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    onWindow(moved(window, grip, step, whole))
  }
  const range = t('analyst.time.range', {
    from: writeDay(window.from),
    to: writeDay(window.to - 1),
    n: writeCount(daysOf(window), language),
  })
  const slider = (grip: Grip, now: number, text: string) => ({
    role: 'slider',
    tabIndex: 0,
    'aria-label': t(`analyst.time.${grip}`),
    'aria-valuemin': whole.from,
    'aria-valuemax': grip === 'end' ? whole.to - 1 : whole.to,
    'aria-valuenow': now,
    'aria-valuetext': text,
    onKeyDown: onKey(grip),
    'data-testid': `window-${grip}`,
  })
  return (
    <div className="brush">
      <div
        ref={track}
        className="brush-track"
        onPointerDown={onDown}
        onPointerMove={onMove}
        onPointerUp={onUp}
        onPointerCancel={onUp}
        title={t('analyst.time.help')}
        data-testid="brush"
      >
        <Bars bars={bars} whole={whole} window={window} />
        <div
          className="brush-window"
          style={{ left: share(window.from), width: `${(100 * daysOf(window)) / days}%` }}
          {...slider('both', window.from, range)}
        />
        <span
          className="brush-end"
          style={{ left: share(window.from) }}
          {...slider('start', window.from, writeDay(window.from))}
        />
        <span
          className="brush-end"
          style={{ left: share(window.to) }}
          {...slider('end', window.to - 1, writeDay(window.to - 1))}
        />
      </div>
      <div className="brush-ticks" aria-hidden="true">
        {ticks.map(({ day, text }) => (
          <span key={day} style={{ left: share(day) }}>
            {text}
          </span>
        ))}
      </div>
    </div>
  )
}
