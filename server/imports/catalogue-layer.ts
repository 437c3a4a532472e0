// Layers that a place brings itself, by name: found or made before their features come.
import { uuidv7 } from 'uuidv7'
import type { Tx } from '../db/database.ts'

/** @returns the id of the county's layer of this name */
export async function catalogueLayer(tx: Tx, county: string, actor: string, name: string): Promise<string> {
  const row = await tx
    .insertInto('catalogue_layer')
    .values({ county, layer_id: uuidv7(), name, created_by: actor })
    .onConflict(conflict => conflict.columns(['county', 'name']).doUpdateSet({ name }))
    .returning('layer_id')
    .executeTakeFirstOrThrow()
  return row.layer_id
}
