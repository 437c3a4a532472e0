// Incidents by weekday and hour: darker where more happen; a click or a drag keeps only those hours.
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Block, blockBetween, HOURS, isInBlock, WEEKDAYS } from '../../core/incidents/calendar.ts'
import { writeCount } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { PALETTES } from '../map/palette.ts'
import { useDesk } from './desk.ts'

const LAST = WEEKDAYS * HOURS - 1
const LABELLED = 6

const MOVES: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -HOURS, ArrowDown: HOURS }

const isOne = ({ weekdays, hours }: Block) => weekdays[0] === weekdays[1] && hours[0] === hours[1]

function useBlockWords() {
  const { t } = useTranslation()
  const names = t('analyst.hours.weekdays', { returnObjects: true })
  const dayName = (weekday: number) => t('analyst.hours.weekday', { day: names[weekday] })
  const words = ({ weekdays: [first, last], hours: [from, to] }: Block) =>
    t('analyst.hours.chosen', {
      days:
        first === last
          ? dayName(first)
          : t('analyst.hours.chosenDays', { from: dayName(first), to: dayName(last) }),
      from,
      to: to + 1,
    })
  return { names, dayName, words }
}

export function HourMatrix() {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const theme = usePage(state => state.theme)
  const block = usePage(state => state.analysis.block)
  const analyse = usePage(state => state.analyse)
  const slots = useDesk(state => state.looked?.slots)
  const [active, setActive] = useState(0)
  const corner = useRef<number | null>(null)
  const dragged = useRef(false)
  const box = useRef<HTMLDivElement>(null)
  const { names, dayName, words } = useBlockWords()
  const most = Math.max(1, ...(slots ?? []))
  const ramp = PALETTES[theme].ramp
  const colour = (count: number) =>
    count === 0
      ? 'transparent'
      : `color-mix(in srgb, ${ramp[4]} ${Math.round(12 + (88 * count) / most)}%, ${PALETTES[theme].land})`

  const choose = (a: number, b: number) => analyse({ block: blockBetween(a, b) })
  /** A click on the only hour that is chosen takes it back. */
  const press = (slot: number) => {
    if (block && isOne(block) && isInBlock(block, slot)) analyse({ block: null })
    else choose(slot, slot)
  }
  const slotUnder = (event: { target: EventTarget }): number | null => {
    const text = event.target instanceof HTMLElement ? event.target.dataset.slot : undefined
    return text === undefined ? null : Number(text)
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && block) {
      event.stopPropagation()
      analyse({ block: null })
      return
    }
    if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault()
      corner.current = active
      press(active)
      return
    }
    const step = MOVES[event.key]
    if (step === undefined) return
    event.preventDefault()
    const next = Math.min(LAST, Math.max(0, active + step))
    if (event.shiftKey) {
      corner.current ??= active
      choose(corner.current, next)
    } else corner.current = null
    setActive(next)
    box.current?.querySelector<HTMLElement>(`[data-slot="${next}"]`)?.focus()
  }
  const row = (weekday: number) => (
    // biome-ignore lint/a11y/useSemanticElements: a grid of buttons, as ARIA describes it
    <div key={weekday} role="row" tabIndex={-1} className="hours-row">
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <span role="rowheader" tabIndex={-1} className="hours-day">
        {names[weekday]}
      </span>
      {Array.from({ length: HOURS }, (_, hour) => weekday * HOURS + hour).map(slot => {
        const count = slots?.[slot] ?? 0
        const label = t('analyst.hours.cell', {
          day: dayName(weekday),
          hour: slot % HOURS,
          n: writeCount(count, language),
        })
        return (
          // biome-ignore lint/a11y/useSemanticElements: as above
          <span
            key={slot}
            role="gridcell"
            aria-label={label}
            aria-selected={block ? isInBlock(block, slot) : false}
            title={label}
            tabIndex={slot === active ? 0 : -1}
            data-slot={slot}
            data-out={(block && !isInBlock(block, slot)) || undefined}
            style={{ background: colour(count) }}
          />
        )
      })}
    </div>
  )
  return (
    <section className="hours" aria-label={t('analyst.hours.title')}>
      <header className="part-head">
        <h2>{t('analyst.hours.title')}</h2>
        <span className="quiet-text">
          {block
            ? words(block)
            : `${t('analyst.hours.hint')} · ${t('analyst.hours.most', { n: writeCount(Math.max(0, ...(slots ?? [])), language) })}`}
        </span>
        {block && (
          <button
            type="button"
            className="text-button"
            onClick={() => analyse({ block: null })}
            data-testid="clear-hours"
          >
            {t('analyst.hours.clear')}
          </button>
        )}
      </header>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div
        ref={box}
        role="grid"
        tabIndex={-1}
        aria-label={t('analyst.hours.label')}
        className="hours-grid"
        onKeyDown={onKey}
        onPointerDown={event => {
          const slot = slotUnder(event)
          if (slot === null) return
          event.preventDefault()
          corner.current = slot
          dragged.current = false
          setActive(slot)
        }}
        onPointerOver={event => {
          const slot = slotUnder(event)
          if (slot === null || corner.current === null || event.buttons !== 1) return
          if (slot === corner.current && !dragged.current) return
          dragged.current = true
          choose(corner.current, slot)
        }}
        onPointerUp={event => {
          const slot = slotUnder(event)
          if (slot !== null && slot === corner.current && !dragged.current) press(slot)
          dragged.current = false
        }}
        data-testid="hours"
      >
        {Array.from({ length: WEEKDAYS }, (_, weekday) => row(weekday))}
      </div>
      <div className="hours-scale" aria-hidden="true">
        {Array.from({ length: HOURS / LABELLED }, (_, n) => n * LABELLED).map(hour => (
          <span key={hour}>{hour}</span>
        ))}
        <span>24</span>
      </div>
    </section>
  )
}
