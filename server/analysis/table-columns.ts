// What the table of each layer shows: its columns in both languages, and where they come from. People only as counts.
import { type RawBuilder, sql } from 'kysely'
import type { QueryLayer, QueryTable } from '../../core/contract/analysis.ts'
import { type Clock, REPORTED_HERE } from '../incidents/clock.ts'
import { statusOf } from '../incidents/queries.ts'

type Column = QueryTable['columns'][number]

export interface LayerTable {
  /** Table and joins; the layer's own rows have this alias. */
  readonly from: RawBuilder<unknown>
  readonly alias: string
  /** The table whose points count. */
  readonly table: string
  readonly where: RawBuilder<boolean>
  readonly columns: readonly (Column & { readonly value: RawBuilder<unknown> })[]
  /** Besides the id. */
  readonly order: RawBuilder<unknown>
}

const column = (
  key: string,
  zh: string,
  en: string,
  value: RawBuilder<unknown>,
  type: Column['type'] = 'text',
) => ({ key, name: { zh, en }, type, value })
const number = (key: string, zh: string, en: string, value: RawBuilder<unknown>) =>
  column(key, zh, en, value, 'number')
const all = sql<boolean>`true`

const buildingColumns = [
  column('name', '名称', 'name', sql`b.name`),
  column('kind', '类型', 'kind', sql`b.kind`),
  number('storeys', '层数', 'storeys', sql`b.storeys`),
  number('built', '建成年份', 'built', sql`b.built`),
  column('dangerous', '危房等级', 'grade of danger', sql`b.dangerous`),
  number('persons', '人口', 'people', sql`b.persons`),
  number('households', '户数', 'households', sql`b.households`),
]

export function tableOfLayer(layer: Exclude<QueryLayer, 'staff'>, clock: Clock): LayerTable {
  switch (layer) {
    case 'persons':
      return {
        table: 'building',
        alias: 'b',
        from: sql`building b`,
        where: sql<boolean>`b.persons > 0`,
        columns: buildingColumns,
        order: sql`b.persons desc`,
      }
    case 'households':
      return {
        table: 'household',
        alias: 'h',
        from: sql`household h left join building b on b.county = h.county and b.id = h.building_id`,
        where: all,
        columns: [
          column('number', '户号', 'number', sql`h.number`),
          column('building', '所在建筑', 'building', sql`b.name`),
          number(
            'persons',
            '人口',
            'people',
            sql`(select count(*) from resident r where r.county = h.county and r.household_id = h.id)::integer`,
          ),
        ],
        order: sql`h.number`,
      }
    case 'buildings':
      return {
        table: 'building',
        alias: 'b',
        from: sql`building b`,
        where: all,
        columns: buildingColumns,
        order: sql`b.name`,
      }
    case 'addresses':
      return {
        table: 'address',
        alias: 'a',
        from: sql`address a`,
        where: all,
        columns: [
          column('address', '地址', 'address', sql`a.written`),
          column('postcode', '邮编', 'postcode', sql`a.postcode`),
        ],
        order: sql`a.written`,
      }
    case 'facilities':
      return {
        table: 'facility',
        alias: 't',
        from: sql`facility t`,
        where: all,
        columns: [
          column('name', '名称', 'name', sql`t.name`),
          column('category', '大类', 'category', sql`t.category`),
          column('kind', '类型', 'kind', sql`t.kind`),
        ],
        order: sql`t.category, t.kind, t.name`,
      }
    case 'organisations':
      return {
        table: 'organisation',
        alias: 'o',
        from: sql`organisation o`,
        where: all,
        columns: [
          column('name', '名称', 'name', sql`o.name`),
          column('kind', '类型', 'kind', sql`o.kind`),
          column('industry', '行业', 'industry', sql`o.industry`),
          number('employees', '从业人数', 'employees', sql`o.employees`),
          column('factoryPremises', '厂房', 'factory premises', sql`o.factory_premises`, 'flag'),
          number('specialEquipment', '特种设备', 'special equipment', sql`o.special_equipment`),
          column('keyPlace', '重点部位', 'key place', sql`o.key_place`),
        ],
        order: sql`o.name`,
      }
    case 'objects':
      return {
        table: 'object',
        alias: 't',
        from: sql`object t`,
        where: all,
        columns: [
          column('number', '编号', 'number', sql`t.number`),
          column('category', '大类', 'category', sql`t.category`),
          column('kind', '类型', 'kind', sql`t.kind`),
          column('state', '状态', 'state', sql`t.state`),
        ],
        order: sql`t.category, t.kind, t.number`,
      }
    case 'incidents':
      return {
        table: 'incident',
        alias: 'i',
        from: sql`incident i join incident_category c on c.category = i.category`,
        where: all,
        columns: [
          column('number', '编号', 'number', sql`i.number`),
          column('category', '类别', 'category', sql`c.name->>'zh'`),
          column('title', '标题', 'title', sql`i.title`),
          number('severity', '等级', 'severity', sql`i.severity`),
          column('source', '来源', 'source', sql`i.source`),
          column('status', '状态', 'status', statusOf(clock)),
          column('circulation', '循环', 'circulation', sql`i.circulation`),
          column('address', '地址', 'address', sql`i.address`),
          column('reportedAt', '上报时间', 'reported', sql`i.reported_at`, 'time'),
          column('due', '办结期限', 'due', sql`i.due`, 'time'),
          column('closedAt', '结案时间', 'closed', sql`i.closed_at`, 'time'),
          column(
            'reportedHere',
            '本系统上报',
            'reported here',
            sql`starts_with(i.source_key, ${REPORTED_HERE})`,
            'flag',
          ),
        ],
        order: sql`i.reported_at desc`,
      }
  }
}

export const staffColumns: readonly Column[] = [
  { key: 'name', name: { zh: '姓名', en: 'name' }, type: 'text' },
  { key: 'role', name: { zh: '岗位', en: 'role' }, type: 'text' },
  { key: 'phone', name: { zh: '工作电话', en: 'work phone' }, type: 'text' },
  { key: 'force', name: { zh: '队伍', en: 'force' }, type: 'text' },
  { key: 'forceKind', name: { zh: '队伍类别', en: 'kind of force' }, type: 'text' },
  { key: 'team', name: { zh: '工作组', en: 'team' }, type: 'text' },
  { key: 'gridCode', name: { zh: '网格编码', en: 'grid code' }, type: 'text' },
  { key: 'gridName', name: { zh: '网格', en: 'grid' }, type: 'text' },
  { key: 'from', name: { zh: '起', en: 'from' }, type: 'text' },
  { key: 'to', name: { zh: '止', en: 'to' }, type: 'text' },
]
export const metresColumn: Column = { key: 'metres', name: { zh: '距离(米)', en: 'metres' }, type: 'number' }
