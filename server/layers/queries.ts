// SQL for the layer catalogue and its content versions.
import { sql } from 'kysely'
import type { Box } from '../../core/contract/geometry.ts'
import type { NamedLayer } from '../../core/contract/layers.ts'
import type { Tx } from '../db/database.ts'
import { LAYERS } from './layers.ts'

/** Notes that a layer of a county has changed, so that its tiles get a new address. */
export async function bumpLayer(tx: Tx, county: string, layer: string): Promise<void> {
  await tx
    .insertInto('layer_version')
    .values({ county, layer })
    .onConflict(conflict =>
      conflict
        .columns(['county', 'layer'])
        .doUpdateSet({ version: sql`layer_version.version + 1`, changed_at: sql`now()` }),
    )
    .execute()
}

/** The content version of each layer over all counties in scope; a layer without rows has version 0. */
export async function layerVersions(tx: Tx): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom('layer_version')
    .select(['layer', sql<number>`sum(version)::integer`.as('version')])
    .groupBy('layer')
    .execute()
  return new Map(rows.map(row => [row.layer, row.version]))
}

/** The same of one layer, to stand in a larger statement. */
export const layerVersion = (layer: string) =>
  sql<number>`(select coalesce(sum(version), 0)::integer from layer_version where layer = ${sql.lit(layer)})`

/** Rows of each layer, and the box of everything there is. */
export async function layerExtent(tx: Tx): Promise<{ counts: Map<string, number>; bbox: Box | null }> {
  const parts = LAYERS.filter(layer => layer.name !== 'grids').map(
    layer => sql`
      select ${layer.name} as layer, count(*)::integer as count, st_extent(${sql.ref(layer.geometry)})::geometry as box
      from ${sql.table(layer.table)}`,
  )
  const { rows } = await sql<{ layer: string; count: number; box: Box | null }>`
    select layer, count,
      case when box is not null then jsonb_build_array(st_xmin(box), st_ymin(box), st_xmax(box), st_ymax(box)) end as box
    from (${sql.join(parts, sql` union all `)}) as everything`.execute(tx)
  const boxes = rows.flatMap(row => (row.box ? [row.box] : []))
  const bbox: Box | null =
    boxes.length === 0
      ? null
      : [
          Math.min(...boxes.map(box => box[0])),
          Math.min(...boxes.map(box => box[1])),
          Math.max(...boxes.map(box => box[2])),
          Math.max(...boxes.map(box => box[3])),
        ]
  return { counts: new Map(rows.map(row => [row.layer, row.count])), bbox }
}

/** Whether an extract of OpenStreetMap was imported: whoever shows it must name its authors. */
export async function holdsOpenStreetMap(tx: Tx): Promise<boolean> {
  const row = await tx
    .selectFrom('import')
    .select('import_id')
    .where(sql<boolean>`file_name ~* '[.](osm|pbf)([.]|$)'`)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Layers that were brought in under a name. */
export async function namedLayers(tx: Tx): Promise<NamedLayer[]> {
  const { rows } = await sql<Omit<NamedLayer, 'tiles' | 'minZoom'>>`
    select l.layer_id as id, l.county, l.name, count(f.id)::integer as count,
      case when min(st_dimension(f.geom)) < max(st_dimension(f.geom)) then 'mixed'
        else (array['point', 'line', 'polygon'])[max(st_dimension(f.geom)) + 1] end as geometry,
      coalesce((select sum(v.version) from layer_version v where v.layer = 'catalogue'), 0)::integer
        as version,
      case when count(f.id) > 0 then jsonb_build_array(min(st_xmin(f.geom)), min(st_ymin(f.geom)),
        max(st_xmax(f.geom)), max(st_ymax(f.geom))) end as bbox
    from catalogue_layer l join catalogue_feature f on f.county = l.county and f.layer_id = l.layer_id
    group by l.county, l.layer_id, l.name
    order by l.county, l.name`.execute(tx)
  return rows.map(row => ({
    ...row,
    minZoom: 0,
    tiles: `/tiles/${row.id}/{z}/{x}/{y}.mvt?v=${row.version}`,
  }))
}
