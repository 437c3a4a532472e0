// Generates a place and loads it, as `huage demo` does and as the first `huage serve` does.
import { type Database, LOCAL_ACTOR } from '../../server/db/database.ts'
import { loadPlace, type PlaceLoad, type PlaceLoaded } from '../../server/demo/load-place.ts'
import type { OpenPlace, PlaceName, PlaceOptions } from '../places/place.ts'

/** What `huage serve` puts into an empty database. */
export const FIRST_PLACE = { place: 'tuanjie', seed: 1, scale: 1 } as const

export async function loadGenerated(
  database: Database,
  open: OpenPlace,
  { place, seed, scale }: PlaceOptions & { readonly place: PlaceName },
  options: Pick<PlaceLoad, 'force' | 'signal' | 'onProgress'>,
): Promise<PlaceLoaded & PlaceOptions> {
  const { county, name, batches, counts } = open(place, { seed, scale })
  const source = { place, name, seed, scale, county, batches, counts }
  return { ...(await loadPlace(database, LOCAL_ACTOR, { ...source, ...options })), seed, scale }
}
