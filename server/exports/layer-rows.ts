// A layer of the ground as rows to export, under the column names that the importer reads.
import { sql } from 'kysely'
import type { Actor, Database, Tx } from '../db/database.ts'
import { inScope } from '../db/scope.ts'
import { ExportRefused } from './export-refused.ts'
import type { Exported, ExportRow, Field } from './rows.ts'

interface LayerColumns {
  readonly table: string
  readonly shape: 'geom' | 'point'
  /** Beside its key and its name. */
  readonly fields: readonly (Field & { readonly column?: string })[]
}

const KEY: Field = { name: 'source_key', zh: '唯一编码', width: 200 }
const NAME: Field = { name: 'name', zh: '名称', width: 254 }
const KIND: Field = { name: 'kind', zh: '类型' }
/** People that somebody counted; those spread from a total are no data of anybody. */
const counted = (column: string) => `case when people_source = 'column' then ${column} end`
const yes = (column: string) => `case when ${column} then 'yes' end`

/** What people are, own and report is not here: that is personal, and leaves only by its own door. */
const LAYERS = {
  areas: { table: 'area', shape: 'geom', fields: [{ name: 'code', zh: '区划代码' }] },
  buildings: {
    table: 'building',
    shape: 'geom',
    fields: [
      KIND,
      { name: 'storeys', zh: '层数' },
      { name: 'persons', zh: '人口', column: counted('persons') },
      { name: 'households', zh: '户数', column: counted('households') },
    ],
  },
  addresses: {
    table: 'address',
    shape: 'point',
    fields: [
      { name: 'street', zh: '街路巷', width: 254 },
      { name: 'house_no', zh: '门牌号', column: 'house_number' },
      { name: 'postcode', zh: '邮编' },
      { name: 'place', zh: '社区' },
    ],
  },
  roads: {
    table: 'road',
    shape: 'geom',
    fields: [
      { name: 'class', zh: '道路等级' },
      { name: 'bridge', zh: 'bridge', column: yes('bridge') },
      { name: 'tunnel', zh: 'tunnel', column: yes('tunnel') },
    ],
  },
  water: { table: 'water', shape: 'geom', fields: [{ name: 'kind', zh: '水系类型' }] },
  green: { table: 'green', shape: 'geom', fields: [{ name: 'kind', zh: '绿地类型' }] },
  facilities: {
    table: 'facility',
    shape: 'point',
    fields: [
      { name: 'category', zh: '大类' },
      { name: 'kind', zh: '小类' },
    ],
  },
} as const satisfies Record<string, LayerColumns>

export type ExportLayer = keyof typeof LAYERS
export const EXPORT_LAYERS = Object.keys(LAYERS) as ExportLayer[]
const PAGE = 2000

/** The layer in a county, or of that what meets an area of it. Throws `ExportRefused` when there is nothing. */
export async function layerToExport(
  database: Database,
  actor: Actor,
  layer: ExportLayer,
  area: string,
): Promise<Exported> {
  const columns: LayerColumns = LAYERS[layer]
  const keyed = layer === 'areas' ? 'code' : 'source_key'
  const fields = [...(layer === 'areas' ? [] : [KEY]), NAME, ...columns.fields]
  const where = sql`from ${sql.table(columns.table)} t where county = ${area.slice(0, 6)} and ${within(layer, columns.shape, area)}`
  const { count } = (
    await inScope(database, actor, tx =>
      sql<{ count: number }>`select count(*)::integer ${where}`.execute(tx),
    )
  ).rows[0]!
  if (count === 0)
    throw new ExportRefused('nothing-to-export', {
      zh: `“${area}”没有这个图层的数据。`,
      en: `There is nothing of this layer in "${area}".`,
    })
  const page = async (tx: Tx, after: string): Promise<ExportRow[]> => {
    const selected = fields.map(field => sql`${sql.raw(columnOf(field))} as ${sql.ref(field.name)}`)
    const { rows } = await sql<{ values: ExportRow['values']; geometry: string; x: number; y: number }>`
      select to_jsonb(row) as values, st_asgeojson(shape, 7) as geometry, st_x(inside) as x, st_y(inside) as y
      from (
        select ${sql.ref(keyed)} as key, ${sql.ref(columns.shape)} as shape, ${sql.raw(insideOf(layer, columns.shape))} as inside,
          (select row from (select ${sql.join(selected)}) row) as row
        ${where} and ${sql.ref(keyed)} > ${after}
        order by ${sql.ref(keyed)} limit ${sql.lit(PAGE)}) page order by key`.execute(tx)
    return rows.map(({ values, geometry, x, y }) => ({ values, geometry, inside: [x, y] }))
  }
  return {
    name: layer,
    fields,
    count,
    async *pages() {
      let after = ''
      for (;;) {
        const rows = await inScope(database, actor, tx => page(tx, after))
        yield rows
        if (rows.length < PAGE) return
        after = String(rows.at(-1)!.values[keyed])
      }
    },
  }
}

const columnOf = (field: Field & { readonly column?: string }) => field.column ?? field.name

const insideOf = (layer: ExportLayer, shape: string) =>
  shape === 'point' || layer === 'buildings' ? 'point' : 'st_pointonsurface(geom)'

const within = (layer: ExportLayer, shape: string, area: string) =>
  layer === 'areas'
    ? sql<boolean>`code like ${`${area}%`}`
    : area.length === 6
      ? sql<boolean>`true`
      : sql<boolean>`exists (select from area a where a.county = t.county and a.code = ${area}
          and a.geom && t.${sql.ref(shape)} and st_intersects(a.geom, t.${sql.ref(shape)}))`
