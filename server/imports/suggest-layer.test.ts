// Files as towns and companies really head them: which layer they are, and what their columns mean.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { IMPORT_LAYERS, type Inspection } from '../../core/contract/imports.ts'
import { Columns, guessRoles, plainName, rolesOf } from './column-roles.ts'
import { suggestLayer } from './suggest-layer.ts'

type Row = [
  name: string,
  geometry: Inspection['geometry'],
  columns: string,
  layer: string,
  roles: Record<string, string>,
]
const FILES: Row[] = [
  [
    '表1.csv',
    'point',
    '编号 名称 用途 经度 纬度',
    'facilities',
    { 编号: 'source_key', 名称: 'name', 用途: 'kind' },
  ],
  [
    '设施.xlsx',
    'point',
    '序号 设施名称 设施类型 x坐标 y坐标',
    'facilities',
    { 设施名称: 'name', 设施类型: 'kind' },
  ],
  [
    '网格员名单.xlsx',
    'none',
    '序号 姓名 性别 联系电话 所属网格 职务',
    'staff',
    { 姓名: 'name', 联系电话: 'phone', 所属网格: 'grid', 职务: 'role' },
  ],
  ['名单.csv', 'none', '姓名 手机号码 网格编号 岗位', 'staff', { 网格编号: 'grid', 岗位: 'role' }],
  [
    '重点场所.csv',
    'point',
    '场所名称 类别 负责人 联系电话 经度 纬度',
    'facilities',
    { 场所名称: 'name', 类别: 'kind' },
  ],
  [
    '户籍人口.csv',
    'none',
    '户号 姓名 与户主关系 性别 出生日期 公民身份号码 户籍地址',
    'residents',
    { 户号: 'household', 姓名: 'name', 与户主关系: 'relation', 公民身份号码: 'id_number' },
  ],
  [
    '户籍.csv',
    'none',
    '户号 户主姓名 家庭人口 现住址 联系电话',
    'households',
    { 户号: 'source_key', 家庭人口: 'persons', 现住址: 'address' },
  ],
  [
    '门牌地址.csv',
    'point',
    '街路巷名称 门牌号 社区 经度 纬度',
    'addresses',
    { 街路巷名称: 'street', 门牌号: 'house_number', 社区: 'place' },
  ],
  ['道路.shp', 'line', '道路名称 道路等级', 'roads', { 道路名称: 'name', 道路等级: 'class' }],
  ['a.geojson', 'line', 'name highway', 'roads', { name: 'name' }],
  ['水系.shp', 'polygon', '名称 类型', 'water', { 名称: 'name', 类型: 'kind' }],
  ['河流.shp', 'line', 'NAME TYPE', 'water', { NAME: 'name' }],
  [
    '事件台账.xlsx',
    'none',
    '事件编号 事件类型 事件描述 上报时间 事发地址 上报人 办结时间',
    'incidents',
    {
      事件编号: 'source_key',
      事件类型: 'category',
      事件描述: 'description',
      上报时间: 'reported_at',
      办结时间: 'solved_at',
    },
  ],
  [
    '企业名录.csv',
    'none',
    '企业名称 统一社会信用代码 法定代表人 所属行业 从业人数 注册地址',
    'organisations',
    { 企业名称: 'name', 统一社会信用代码: 'credit_code', 法定代表人: 'contact', 注册地址: 'address' },
  ],
  ['企业地址.csv', 'none', '企业名称 行业 地址', 'organisations', { 企业名称: 'name' }],
  [
    'jz.shp',
    'polygon',
    '建筑名称 层数 用途',
    'buildings',
    { 建筑名称: 'name', 层数: 'storeys', 用途: 'kind' },
  ],
  ['乡镇.shp', 'polygon', 'XZQMC XZQDM', 'areas', { XZQMC: 'name', XZQDM: 'code' }],
  ['110116.json', 'polygon', 'adcode name level parent', 'areas', { adcode: 'code', name: 'name' }],
  [
    'wg.shp',
    'polygon',
    'WGBM WGMC WGJB SJWG',
    'grids',
    { WGBM: 'code', WGMC: 'name', WGJB: 'level', SJWG: 'parent' },
  ],
  ['三级网格.geojson', 'polygon', '编码 名称', 'grids', { 编码: 'code', 名称: 'name' }],
  ['各村人口.csv', 'point', '村名 备注 经度 纬度', 'residents', {}],
  ['林地.shp', 'polygon', 'id name type area', 'catalogue', {}],
  ['points.csv', 'point', 'lng lat', 'catalogue', { lng: 'x', lat: 'y' }],
  ['shops.csv', 'point', 'id name category lat lon', 'facilities', { name: 'name', category: 'category' }],
  ['staff.csv', 'none', 'name phone post grid', 'staff', { post: 'role', grid: 'grid' }],
  ['people.xlsx', 'point', '姓名 工号 电话 经度 纬度', 'staff', { 工号: 'source_key' }],
  ['list.csv', 'none', 'Name Phone Role Grid_Code', 'staff', { Role: 'role', Grid_Code: 'grid' }],
  [
    'thefts.csv',
    'point',
    'uid offense_type date_single longitude latitude',
    'incidents',
    { date_single: 'reported_at' },
  ],
  [
    'companies.csv',
    'none',
    'company industry employees address',
    'organisations',
    { company: 'name', address: 'address' },
  ],
  ['houses.csv', 'none', 'household_id persons address', 'households', { household_id: 'source_key' }],
  [
    'people.csv',
    'none',
    'household_id name sex birthday',
    'residents',
    { household_id: 'household', birthday: 'born' },
  ],
  [
    'addresses.csv',
    'point',
    'street housenumber postcode lat lon',
    'addresses',
    { housenumber: 'house_number' },
  ],
]

test.each(FILES)('%s (%s): %s is %s', (name, geometry, header, layer, roles) => {
  const columns = header.split(' ')
  const format = name.endsWith('.csv') ? 'csv' : 'geojson'
  expect(suggestLayer(name, format, columns, geometry)).toBe(layer)
  expect(Object.fromEntries(guessRoles(layer as 'areas', columns))).toMatchObject(roles)
})

describe('columns of any file', () => {
  const layers = fc.constantFrom(...IMPORT_LAYERS)
  const known = fc.constantFrom(
    ...IMPORT_LAYERS.flatMap(layer => rolesOf(layer).flatMap(({ names }) => names)),
  )
  const header = fc.uniqueArray(fc.oneof(known, fc.string({ maxLength: 12 })), { maxLength: 20 })

  test('a role is given once, to a column that is there, and only roles of the layer are', () => {
    fc.assert(
      fc.property(layers, header, (layer, columns) => {
        const guessed = [...guessRoles(layer, columns)]
        const roles = guessed.map(([, role]) => role)
        expect(new Set(roles).size).toBe(roles.length)
        for (const [column, role] of guessed) {
          expect(columns).toContain(column)
          expect(rolesOf(layer).map(one => one.role)).toContain(role)
        }
      }),
    )
  })

  test('neither the order of columns, nor capitals, width or marks change what they mean', () => {
    fc.assert(
      fc.property(layers, known, (layer, name) => {
        const [role] = guessRoles(layer, [name]).values()
        for (const other of [name.toUpperCase(), `${name}*`, `${name}（必填）`, ` ${name} `])
          expect([...guessRoles(layer, [other]).values()]).toEqual(role === undefined ? [] : [role])
      }),
    )
    fc.assert(
      fc.property(layers, header, (layer, columns) => {
        const plain = new Set(columns.map(plainName))
        fc.pre(plain.size === columns.length)
        const sorted = (map: Map<string, string>) => [...map].sort()
        expect(sorted(guessRoles(layer, [...columns].reverse()))).toEqual(sorted(guessRoles(layer, columns)))
      }),
    )
  })

  test('what somebody says of a column is what it is', () => {
    fc.assert(
      fc.property(layers, header, fc.nat(), fc.nat(), (layer, columns, i, j) => {
        fc.pre(columns.length > 0)
        const column = columns[i % columns.length]!
        const { role } = rolesOf(layer)[j % rolesOf(layer).length]!
        expect(guessRoles(layer, columns, { [column]: role }).get(column)).toBe(role)
        expect(guessRoles(layer, columns, { [column]: '' }).has(column)).toBe(false)
      }),
    )
  })

  test('a value is read from the best column that has one', () => {
    fc.assert(
      fc.property(
        layers,
        header,
        fc.array(fc.string({ maxLength: 5 }), { minLength: 20, maxLength: 20 }),
        (layer, names, values) => {
          const tags = Object.fromEntries(names.map((name, i) => [name, values[i]!]))
          const columns = new Columns(layer)
          columns.meet(tags)
          for (const { role } of rolesOf(layer)) {
            const text = columns.text(tags, role)
            const filled = names.filter(name => columns.roleOf(name)?.role === role && tags[name]!.trim())
            if (text !== null) expect(text).toBe(text.trim())
            if (filled.length === 0) expect(text).toBeNull()
          }
        },
      ),
    )
  })
})
