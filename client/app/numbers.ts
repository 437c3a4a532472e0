// How numbers, areas, lengths, shares and times are written in each language.

export type Language = 'zh' | 'en'

const LOCALE: Record<Language, string> = { zh: 'zh-CN', en: 'en-GB' }
const MU = 666.6667

/** Making a writer takes far longer than writing: a list of grids has thousands of numbers. */
const writers = new Map<string, Intl.NumberFormat>()

function written(value: number, language: Language, least: number, most: number): string {
  const key = `${language} ${least} ${most}`
  let writer = writers.get(key)
  if (!writer) {
    writer = new Intl.NumberFormat(LOCALE[language], {
      minimumFractionDigits: least,
      maximumFractionDigits: most,
    })
    writers.set(key, writer)
  }
  return writer.format(value)
}

const digits = (value: number, most: number, language: Language): string =>
  written(value, language, most, most)

export const writeCount = (value: number, language: Language): string => written(value, language, 0, 3)

/** Share of a whole as a percentage with one digit; a whole of nothing has no shares. */
export const writeShare = (part: number, whole: number, language: Language): string =>
  whole > 0 ? `${digits((100 * part) / whole, 1, language)} %` : '–'

/** A number of a choropleth: whole from ten on, below with one digit. */
export const writeMeasure = (value: number, language: Language): string =>
  value >= 10 || Number.isInteger(value)
    ? writeCount(Math.round(value), language)
    : digits(value, 1, language)

/** How far outside the band: `+12 %`, `−30 %`, from ten times on `×24`; a tick within. */
export function writeDeviation(deviation: number, language: Language): string {
  if (deviation === 0) return '✓'
  if (deviation >= 9) return `×${writeCount(Math.round(deviation + 1), language)}`
  const percent = Math.max(1, Math.round(Math.abs(deviation) * 100))
  return `${deviation > 0 ? '+' : '−'}${writeCount(percent, language)} %`
}

/** From 1 km² on in km², below in hectares of daily use: 亩 in Chinese, m² under one 亩. */
export function writeArea(squareMetres: number, language: Language): string {
  if (squareMetres >= 1e6) return `${digits(squareMetres / 1e6, squareMetres >= 1e8 ? 0 : 2, language)} km²`
  if (language === 'zh' && squareMetres >= MU)
    return `${digits(squareMetres / MU, squareMetres >= 100 * MU ? 0 : 1, language)} 亩`
  if (language === 'en' && squareMetres >= 1e4) return `${digits(squareMetres / 1e4, 1, language)} ha`
  return `${digits(squareMetres, 0, language)} m²`
}

/** The other unit a planner may want beside `writeArea`. */
export function writeAreaToo(squareMetres: number, language: Language): string {
  return squareMetres >= 1e6
    ? `${writeCount(Math.round(squareMetres / MU), language)} ${language === 'zh' ? '亩' : 'mu'}`
    : `${digits(squareMetres, 0, language)} m²`
}

export const writeLength = (metres: number, language: Language): string =>
  metres >= 1000 ? `${digits(metres / 1000, 2, language)} km` : `${digits(metres, 0, language)} m`

/** All of China keeps one time, and so does whoever looks at it from elsewhere. */
const TIME_ZONE = 'Asia/Shanghai'

export const writeTime = (iso: string, language: Language): string =>
  new Intl.DateTimeFormat(LOCALE[language], {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: TIME_ZONE,
  }).format(new Date(iso))

/** `13.26421° E, 53.56010° N` */
export const writePlace = (lng: number, lat: number): string =>
  `${Math.abs(lat).toFixed(5)}° ${lat < 0 ? 'S' : 'N'}  ${Math.abs(lng).toFixed(5)}° ${lng < 0 ? 'W' : 'E'}`
