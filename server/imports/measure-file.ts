// How many rows a whole file holds and where they lie, once somebody has looked at its beginning.
import type { FileExtent, ImportSettings } from '../../core/contract/imports.ts'
import { readSettings } from './import-file.ts'
import { LatticeBox } from './lattice-box.ts'
import { openFile } from './read-file.ts'

/** Throws `UnreadableFile`. */
export async function measureFile(
  path: string,
  settings: ImportSettings,
  near: number | null,
  signal: AbortSignal,
): Promise<FileExtent> {
  const source = await openFile(path, {
    settings: readSettings({ ...settings, map: settings.columns, near }),
    signal,
  })
  try {
    const box = new LatticeBox()
    let rows = 0
    for await (const batch of source.features()) {
      rows += batch.length
      for (const { shape } of batch) if (shape !== null) box.add(shape)
    }
    return { rows, bbox: box.degrees }
  } finally {
    await source.close()
  }
}
