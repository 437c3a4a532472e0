// A place by its name, generated batch by batch.
import type { OpenPlace } from './place.ts'

/** Until the stages are joined here, no place can be opened. */
export const openPlace: OpenPlace = place => {
  throw new Error(`${place} cannot be generated yet.`)
}
