// Dates, times and yes or no as people and spreadsheets write them, in Chinese and English.

const pad = (value: string, digits: number) => value.padStart(digits, '0')
/** Excel counts days from here; its serial numbers of this century have five digits. */
const SERIAL_ZERO = Date.UTC(1899, 11, 30)
const LOCAL = '+08:00'

interface Parts {
  readonly day: string
  /** Seconds of the day. */
  readonly time: string | null
  readonly offset: string | null
}

function partsOf(text: string): Parts | null {
  const plain = text.normalize('NFKC').trim()
  if (/^\d{5}(\.\d+)?$/.test(plain)) {
    const at = new Date(SERIAL_ZERO + Math.round(Number(plain) * 86_400) * 1000).toISOString()
    return { day: at.slice(0, 10), time: at.slice(11, 19), offset: null }
  }
  const compact = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$/.exec(plain)
  const found =
    compact ??
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]*(\d{1,2})\s*[:时点]\s*(\d{1,2})\s*(?:[:分]\s*(\d{1,2})(?:\.\d+)?)?\s*秒?分?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i.exec(
      plain,
    )
  if (!found) return null
  const [, year, month, date, hour, minute, second = '0', offset] = found
  const day = `${year}-${pad(month!, 2)}-${pad(date!, 2)}`
  // 31 February is no day.
  const real = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(real.getTime()) || real.toISOString().slice(0, 10) !== day) return null
  if (Number(year) < 1800 || Number(year) > 2200) return null
  if (hour === undefined) return { day, time: null, offset: null }
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null
  const time = `${pad(hour, 2)}:${pad(minute!, 2)}:${pad(second, 2)}`
  return { day, time, offset: offset?.toUpperCase() ?? null }
}

/** 2026-03-01; null when it is no day. */
export const typedDay = (text: string): string | null => partsOf(text)?.day ?? null

/** An instant in ISO form; without an offset it is meant in China's time. */
export function typedInstant(text: string): string | null {
  const parts = partsOf(text)
  if (parts === null) return null
  const { day, time, offset } = parts
  const written = offset === null ? LOCAL : /^[+-]\d{2}$/.test(offset) ? `${offset}:00` : offset
  const at = new Date(`${day}T${time ?? '00:00:00'}${written}`)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}

/** Null when it says neither. */
export function typedFlag(text: string | null): boolean | null {
  if (text === null) return null
  const plain = text.normalize('NFKC').trim().toLowerCase()
  if (/^(否|无|没有|不|非|群众|no|n|false|f|0|×|✗|不满意)/.test(plain)) return false
  if (/^(是|有|对|满意|yes|y|true|t|1|√|✓)/.test(plain) || /党员|低保|孕|残|独居|慢/.test(plain)) return true
  return null
}
