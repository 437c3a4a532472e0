// Which layer a file most likely is: by what it is called, by what only that layer's columns are called, by its shapes.
import type { ImportLayer, Inspection } from '../../core/contract/imports.ts'
import { guessRoles, plainName, rolesOf } from './column-roles.ts'
import type { Format } from './source-feature.ts'

/** People name their files after what is in them. */
const NAMES: readonly (readonly [ImportLayer, RegExp])[] = [
  ['staff', /网格员|网格长|人员名册|人员名单|花名册|队伍|staff|workers?(?![a-z])/i],
  ['grids', /网格(?!员|长)|grids?(?![a-z])/i],
  ['residents', /居民|人口|人员信息|residents?|population/i],
  ['households', /住户|户籍|户主|households?/i],
  ['buildings', /建筑|楼栋|房屋|楼宇|buildings?/i],
  ['addresses', /门牌|地址|address/i],
  ['roads', /道路|路网|街巷|公路|roads?|highways?|streets?(?![a-z])/i],
  ['water', /水系|河流|河道|水体|湖|water|rivers?/i],
  ['green', /绿地|公园|绿化|green|parks?(?![a-z])/i],
  ['facilities', /设施|场所|点位|facilit|pois?(?![a-z])/i],
  ['organisations', /企业|单位|商户|门店|公司|organi[sz]ations?|compan|firms?(?![a-z])|business/i],
  ['incidents', /事件|案件|工单|诉求|台账|incidents?|thefts?|crimes?|complaints?/i],
  ['areas', /村界|区界|区县界|行政区|社区界|乡镇界|界线|boundar|villages?/i],
]

const TABLES: readonly ImportLayer[] = ['residents', 'households', 'incidents', 'staff', 'organisations']
const POINTS: readonly ImportLayer[] = [...TABLES, 'addresses', 'facilities']
const POLYGONS: readonly ImportLayer[] = ['areas', 'buildings', 'water', 'green', 'grids']

/** Names of OpenStreetMap, whose every object has a kind of its own. */
const TAGS: readonly (readonly [ImportLayer, string])[] = [
  ['buildings', 'building'],
  ['roads', 'highway'],
]
/** Columns of grids are called so; level, parent and code alone are also what divisions have. */
const GRID_COLUMN = /网格|grid|^wg/i

const NAMED = 1
/** A name that half of the layers have says little. */
const ENOUGH = 0.4

export function suggestLayer(
  name: string,
  format: Format,
  columns: readonly string[],
  geometry: Inspection['geometry'],
): ImportLayer {
  const named = NAMES.flatMap(([layer, words]) => (words.test(name) ? [layer] : []))
  if (format.startsWith('osm')) return named[0] ?? 'buildings'
  const tag = TAGS.find(([layer, column]) => columns.includes(column) && suited(geometry).includes(layer))
  if (tag) return tag[0]
  const fit = suited(geometry).filter(
    layer =>
      isComplete(layer, columns) &&
      (layer !== 'grids' || named.includes(layer) || columns.some(column => GRID_COLUMN.test(column))),
  )
  let best: { layer: ImportLayer; score: number } | undefined
  for (const layer of fit) {
    const score = telling(layer, columns, fit) + (named.includes(layer) ? NAMED : 0)
    if (score >= ENOUGH && (best === undefined || score > best.score)) best = { layer, score }
  }
  return best?.layer ?? named[0] ?? 'catalogue'
}

function suited(geometry: Inspection['geometry']): readonly ImportLayer[] {
  switch (geometry) {
    case 'none':
      return TABLES
    case 'point':
      return POINTS
    case 'line':
      return ['roads', 'water']
    default:
      return POLYGONS
  }
}

const isComplete = (layer: ImportLayer, columns: readonly string[]): boolean => {
  const found = new Set(guessRoles(layer, columns).values())
  return rolesOf(layer).every(({ role, required }) => !required || found.has(role))
}

/** Each column that tells this layer from others counts, less when other layers have one of that name as well. */
function telling(layer: ImportLayer, columns: readonly string[], among: readonly ImportLayer[]): number {
  const roles = new Set(rolesOf(layer).flatMap(role => (role.telling ? [role.role] : [])))
  let score = 0
  for (const [column, role] of guessRoles(layer, columns))
    if (roles.has(role)) score += 1 / among.filter(other => knows(other, column)).length
  return score
}

const knows = (layer: ImportLayer, column: string): boolean => {
  const plain = plainName(column)
  return rolesOf(layer).some(({ role, names }) => [role, ...names].some(name => plainName(name) === plain))
}
