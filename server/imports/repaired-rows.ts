// Keeps what was put right in the outlines of a file: row by row, with the area before and after, and as a table.
import type { Repairs } from '../../core/contract/imports.ts'
import type { Language } from '../../core/contract/refusals.ts'
import { csvTable } from './csv-rows.ts'
import type { Sizes } from './ground.ts'
import type { SourceFeature } from './source-feature.ts'

const WORDS: Record<string, { zh: string; en: string }> = {
  'duplicate-dropped': { zh: '去掉重复的点', en: 'repeated positions left out' },
  'spike-dropped': { zh: '去掉尖刺', en: 'spikes cut off' },
  'ring-dropped': { zh: '去掉没有面积的环', en: 'rings without an area left out' },
  noded: { zh: '在边界相触处补上顶点', en: 'vertices added where the outline touches itself' },
  'ring-split': { zh: '把自相接触的环分开', en: 'a ring that touches itself split' },
}
const sayOne = (what: string, language: Language): string => WORDS[what]?.[language] ?? what
const say = (what: readonly string[], language: Language): string =>
  what.map(one => sayOne(one, language)).join(language === 'zh' ? '；' : '; ')

export interface RepairedRow {
  readonly row: number
  readonly name: string | null
  readonly what: readonly string[]
  /** Square metres. */
  readonly before: number
  readonly after: number
}

/** Of a file that is wrong throughout, the first rows tell as much as all of them. */
const KEPT = 5000
const SHOWN = 20

const HEADS = {
  zh: ['行号', '名称', '修补', '修补前 m²', '修补后 m²'],
  en: ['row', 'name', 'repair', 'm² before', 'm² after'],
}
const to2 = (squareMetres: number) => Math.round(squareMetres * 100) / 100

export class RepairedRows {
  readonly list: RepairedRow[] = []
  readonly #kinds = new Map<string, number>()
  #rows = 0
  #before = 0
  #after = 0

  add(
    { number }: Pick<SourceFeature, 'number'>,
    name: string | null,
    what: readonly string[],
    sizes: Sizes,
  ): void {
    this.#rows++
    this.#before += sizes.before
    this.#after += sizes.after
    for (const one of what) this.#kinds.set(one, (this.#kinds.get(one) ?? 0) + 1)
    if (this.list.length === KEPT) return
    this.list.push({ row: number, name, what, before: to2(sizes.before), after: to2(sizes.after) })
  }

  told(language: Language, file: string | null): Repairs {
    return {
      rows: this.#rows,
      before: to2(this.#before),
      after: to2(this.#after),
      kinds: [...this.#kinds].map(([code, rows]) => ({ code, message: sayOne(code, language), rows })),
      first: this.list.slice(0, SHOWN).map(row => ({ ...row, what: say(row.what, language) })),
      file,
    }
  }

  /** More than the result itself lists. */
  get isLong(): boolean {
    return this.list.length > SHOWN
  }
}

export const repairsTable = (list: readonly RepairedRow[], language: Language): string =>
  csvTable([
    HEADS[language],
    ...list.map(({ row, name, what, before, after }) => [
      ...[String(row), name ?? '', say(what, language), String(before), String(after)],
    ]),
  ])
