// What a file is called, for naming others after it.
import { basename } from 'node:path'

/** `data/town.geojson.gz` is `town`; `town.rejected.zip` is `town.rejected`, so that no file is written over by its own rows. */
export const withoutEnding = (path: string): string =>
  basename(path).replace(/(\.(?!rejected\.)[^.]+)?\.(gz|bz2|zip)$|\.[^.]*$/i, '')
