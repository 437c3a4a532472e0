// A table as a file that people take away: CSV for a spreadsheet, GeoJSON for a map. Generated data says so in every row.
import type { Cell, QueryTable } from '../../core/contract/analysis.ts'
import type { Language } from '../../core/contract/refusals.ts'

const DEMO = { zh: '演示数据', en: 'demo data' } as const
const YES = { zh: '是', en: 'yes' } as const
const PLACE = { zh: ['经度', '纬度'], en: ['longitude', 'latitude'] } as const
/** Excel reads UTF-8 only when the file begins so. */
const BYTE_ORDER_MARK = '\uFEFF'

/** Text that a spreadsheet would run as a formula is shown as text instead. */
function csvCell(value: Cell): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** Rows under a header; of a generated place every row says so. */
export function csvText(
  header: readonly string[],
  rows: readonly (readonly Cell[])[],
  demo: boolean,
  language: Language,
): string {
  const lines = [
    [...header, ...(demo ? [DEMO[language]] : [])],
    ...rows.map(row => [...row, ...(demo ? [YES[language]] : [])]),
  ]
  return `${BYTE_ORDER_MARK}${lines.map(line => `${line.map(csvCell).join(',')}\r\n`).join('')}`
}

export const csvOf = (table: QueryTable, demo: boolean, language: Language): string =>
  csvText(
    [...table.columns.map(({ name }) => name[language]), ...PLACE[language]],
    table.rows.map(({ cells, place }) => [...cells, place?.[0] ?? null, place?.[1] ?? null]),
    demo,
    language,
  )

/** Properties have the same names in every language. */
export function geoJsonOf(table: QueryTable, demo: boolean): string {
  return JSON.stringify({
    type: 'FeatureCollection',
    ...(demo && { demo: `${DEMO.zh} ${DEMO.en}` }),
    features: table.rows.map(({ id, place, cells }) => ({
      type: 'Feature',
      id,
      geometry: place && { type: 'Point', coordinates: place },
      properties: {
        ...Object.fromEntries(table.columns.map(({ key }, n) => [key, cells[n]])),
        ...(demo && { demo: `${DEMO.zh} ${DEMO.en}` }),
      },
    })),
  })
}
