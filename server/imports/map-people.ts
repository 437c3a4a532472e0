// Rows of tables about people: households, residents, organisations, staff, incidents. What they refer to is looked up later.

import { pointEwkb } from './ewkb.ts'
import {
  count,
  isReason,
  keyOf,
  type Mapped,
  type MappedRow,
  placeOf,
  reason,
  type Source,
} from './map-features.ts'
import type { Reason } from './source-feature.ts'
import { typedDay, typedFlag, typedInstant } from './typed-values.ts'

type Mapping = (source: Source) => Mapped | Reason

/** Looked up when the row is written: `ref_…` never reaches a table. */
const missing = (zh: string, en: string) => reason('missing-value', `has no ${en}`, `缺少${zh}`)

/** Its own place, when it has one. */
function ownPoint({ shape }: Source): string | null | Reason {
  if (shape === null) return null
  const place = placeOf(shape)
  return isReason(place) ? place : pointEwkb(place.point)
}

const done = (row: MappedRow): Mapped => ({ row, repairs: [] })
const where = ({ text }: Source) => ({ ref_building: text('building'), ref_address: text('address') })

export const households: Mapping = source => {
  const { text } = source
  const key = text('source_key')
  if (key === null) return missing('户编号', 'number of the household')
  const persons = count(source, 'persons')
  if (persons !== null && typeof persons === 'object') return persons
  const point = ownPoint(source)
  if (point !== null && typeof point === 'object') return point
  return done({
    source_key: key,
    name: null,
    number: text('number') ?? key,
    tenure: chosen(text('tenure'), TENURES),
    low_income: typedFlag(text('low_income')) ?? false,
    persons,
    point,
    ...where(source),
  })
}

export const residents: Mapping = source => {
  const { text } = source
  const [household, name] = [text('household'), text('name')]
  if (household === null) return missing('户编号', 'number of the household')
  if (name === null) return missing('姓名', 'name')
  const idNumber = text('id_number')?.normalize('NFKC').toUpperCase() ?? null
  const fromId = idNumber !== null && /^\d{17}[\dX]$/.test(idNumber) ? idNumber : null
  const sex = chosen(text('sex'), SEXES) ?? (fromId && (Number(fromId[16]) % 2 === 1 ? 'm' : 'f'))
  if (!sex) return missing('性别', 'sex')
  const said = text('born')
  const born = said === null ? fromId && dayOfId(fromId) : typedDay(said)
  if (!born)
    return said === null
      ? missing('出生日期', 'date of birth')
      : reason('bad-date', `has "${said}" for a date of birth`, `出生日期“${said}”不是日期`)
  const flag = (role: string) => typedFlag(text(role)) ?? false
  return done({
    source_key: text('source_key') ?? idNumber ?? `${household} ${name} ${born}`,
    name,
    ref_household: household,
    sex,
    born,
    id_number: idNumber,
    phone: text('phone')?.normalize('NFKC') ?? null,
    relation: chosen(text('relation'), RELATIONS) ?? 'other',
    registration: chosen(text('registration'), REGISTRATIONS) ?? 'registered',
    work: text('work'),
    pregnant: flag('pregnant'),
    disabled: flag('disabled'),
    chronically_ill: flag('chronically_ill'),
    lives_alone: flag('lives_alone'),
    party_member: flag('party_member'),
  })
}

export const organisations: Mapping = source => {
  const { text } = source
  const name = text('name')
  if (name === null) return missing('单位名称', 'name')
  const numbers: Record<string, number | null> = {}
  for (const role of ['employees', 'special_equipment', 'floor_area_m2']) {
    const value = count(source, role)
    if (value !== null && typeof value === 'object') return value
    numbers[role] = value
  }
  const point = ownPoint(source)
  if (point !== null && typeof point === 'object') return point
  return done({
    source_key: text('source_key') ?? text('credit_code') ?? keyOf(source),
    name,
    kind: text('kind') ?? 'firm',
    industry: text('industry'),
    credit_code: text('credit_code'),
    employees: numbers.employees ?? 0,
    special_equipment: numbers.special_equipment ?? 0,
    floor_area_m2: numbers.floor_area_m2 ?? null,
    key_place: text('key_place'),
    contact: text('contact'),
    phone: text('phone')?.normalize('NFKC') ?? null,
    point,
    ...where(source),
  })
}

export const staff: Mapping = source => {
  const { text } = source
  const name = text('name')
  if (name === null) return missing('姓名', 'name')
  const phone = text('phone')?.normalize('NFKC') ?? null
  return done({
    source_key: text('source_key') ?? [name, phone].filter(Boolean).join(' '),
    name,
    sex: chosen(text('sex'), SEXES),
    phone,
    force: chosen(text('force'), FORCES) ?? 'other',
    force_kind: text('force_kind'),
    team: text('team'),
    ref_body: text('body'),
    ref_grid: text('grid'),
    ref_role: text('role'),
    party_member: typedFlag(text('party_member')) ?? false,
  })
}

export const incidents: Mapping = source => {
  const { text } = source
  const times: Record<string, string | null> = {}
  for (const role of ['reported_at', 'solved_at', 'closed_at']) {
    const said = text(role)
    const at = said === null ? null : typedInstant(said)
    if (said !== null && at === null)
      return reason('bad-time', `has "${said}" for a time`, `时间“${said}”无法识别`)
    times[role] = at
  }
  if (times.reported_at === null) return missing('上报时间', 'time of the report')
  const severity = Math.round(Number(text('severity')?.normalize('NFKC') ?? 'x'))
  const point = ownPoint(source)
  if (point !== null && typeof point === 'object') return point
  const category = text('category')
  const key = text('source_key') ?? keyOf(source)
  const step = times.closed_at ? 6 : times.solved_at ? 4 : 1
  return done({
    source_key: key,
    name: null,
    source: chosen(text('source'), SOURCES) ?? 'other',
    ref_category: category,
    title: text('title') ?? category ?? '—',
    description: text('description'),
    address: text('address'),
    severity: severity >= 1 && severity <= 4 ? severity : null,
    step,
    ...times,
    satisfied: typedFlag(text('satisfied')),
    reporter_name: text('reporter_name'),
    reporter_phone: text('reporter_phone')?.normalize('NFKC') ?? null,
    point,
    ref_building: null,
    ref_address: text('address'),
  })
}

function dayOfId(id: string): string | null {
  return typedDay(`${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`)
}

type Choices = readonly (readonly [value: string, words: RegExp])[]
function chosen(text: string | null, choices: Choices): string | null {
  if (text === null) return null
  const plain = text.normalize('NFKC').trim().toLowerCase()
  return choices.find(([value, words]) => value === plain || words.test(plain))?.[0] ?? null
}
const SEXES: Choices = [
  ['f', /^(女|female|woman|2)/],
  ['m', /^(男|male|man|1)/],
]
const TENURES: Choices = [
  ['rented', /租|rent/],
  ['collective', /集体|宿舍|collective|dormitory/],
  ['owned', /自有|自住|产权|自建|私有|own/],
]
const RELATIONS: Choices = [
  ['head', /^(户主|本人|head)/],
  ['spouse', /配偶|妻|夫|爱人|spouse|wife|husband/],
  ['grandchild', /孙|grandchild/],
  ['child', /子|女|儿|媳|婿|child|son|daughter/],
  ['parent', /父|母|岳|公公|婆|parent|mother|father/],
  ['lodger', /租|寄住|lodger/],
]
const REGISTRATIONS: Choices = [
  ['floating', /流动|非户籍|外来|暂住|floating/],
  ['registered', /户籍|常住|本地|registered/],
]
const FORCES: Choices = [
  ['volunteer', /志愿|volunteer/],
  ['full-time', /专职|full/],
  ['part-time', /兼职|part/],
  ['professional', /专业|professional/],
  ['assistant', /协管|辅助|助理|assistant/],
]
const SOURCES: Choices = [
  ['hotline', /12345|热线|电话|hotline/],
  ['grid', /网格|巡查|grid/],
  ['public', /群众|公众|市民|随手拍|public/],
  ['camera', /视频|监控|摄像|camera/],
  ['assigned', /交办|转办|督办|assigned/],
]
