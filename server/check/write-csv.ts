// The report as a table for a spreadsheet.

import type { Language } from '../../core/contract/refusals.ts'
import type { PlanReport, ReportFinding } from '../../core/contract/report.ts'
import { RULE_TITLES } from '../../core/rules/sentences.ts'
import { csvText } from '../analysis/write-file.ts'

const HEADER = {
  zh: [
    '规则',
    '规则名称',
    '程度',
    '层级',
    '网格编码',
    '网格名称',
    '上级网格',
    '问题',
    '数值',
    '单位',
    '下限',
    '上限',
    '经度',
    '纬度',
    '确认为例外',
    '确认人',
  ],
  en: [
    'rule',
    'title',
    'severity',
    'level',
    'grid code',
    'grid name',
    'parent',
    'finding',
    'value',
    'unit',
    'at least',
    'at most',
    'longitude',
    'latitude',
    'confirmed because',
    'confirmed by',
  ],
} as const

const WORDS = {
  error: ['错误', 'error'],
  warning: ['警告', 'warning'],
  note: ['提示', 'note'],
  persons: ['人', 'people'],
  firms: ['家', 'firms'],
  grids: ['个网格', 'grids'],
  pieces: ['块', 'pieces'],
  heads: ['名网格长', 'heads'],
  workers: ['名网格员', 'workers'],
  others: ['名其他力量', 'others'],
  borders: ['个行政区', 'divisions'],
  share: ['比例', 'share'],
  ratio: ['紧凑度', 'compactness'],
  squareMetres: ['平方米', 'm²'],
} as const satisfies Record<
  ReportFinding['severity'] | NonNullable<ReportFinding['unit']>,
  readonly [string, string]
>

export function reportCsv({ findings, demo }: PlanReport, language: Language): string {
  const word = (key: keyof typeof WORDS) => WORDS[key][language === 'zh' ? 0 : 1]
  const rows = findings.flatMap(({ grids, place, ...finding }) => {
    const cells = (grid: (typeof grids)[number] | undefined) => [
      finding.rule,
      RULE_TITLES[finding.rule][language],
      word(finding.severity),
      grid?.level ?? null,
      // With a tab it is text: as a number a spreadsheet would round it to fifteen digits.
      grid ? `${grid.code}\t` : null,
      grid?.name ?? null,
      finding.above,
      finding.sentence[language],
      finding.value,
      finding.unit && word(finding.unit),
      finding.from,
      finding.to,
      place?.[0] ?? null,
      place?.[1] ?? null,
      finding.confirmed?.note ?? null,
      finding.confirmed?.by ?? null,
    ]
    return grids.length > 0 ? grids.map(cells) : [cells(undefined)]
  })
  return csvText(HEADER[language], rows, demo, language)
}
