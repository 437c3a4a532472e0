// What an upload is told to be: with the settings asked for, else with those that served for the last file of its kind.
import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import type { ImportSettings, Inspection } from '../../core/contract/imports.ts'
import type { Language } from '../../core/contract/refusals.ts'
import type { Actor, Database } from '../db/database.ts'
import { inScope } from '../db/scope.ts'
import { datumOfColumns } from './column-roles.ts'
import { columnsOf, type Looked, look, tell } from './inspect.ts'
import { nearOf, rememberedSettings } from './queries.ts'
import type { Upload } from './uploads.ts'

/** Files of one kind: the same format with the same layers and columns. */
export function kindOfFile({ file, features }: Looked): string {
  const layers = file.layers.map(layer => layer.name).sort()
  return createHash('sha256')
    .update(JSON.stringify([file.format, layers, columnsOf(features).sort()]))
    .digest('hex')
}

export async function inspectUpload(
  database: Database,
  actor: Actor,
  upload: Upload,
  asked: ImportSettings | null,
  language: Language,
): Promise<Inspection> {
  const about = { upload: upload.id, name: basename(upload.path), bytes: upload.bytes }
  const near = await inScope(database, actor, tx => nearOf(tx, asked?.area))
  const looked = await look(upload.path, asked ?? {}, near)
  if (asked !== null) return tell(about, looked, asked, false, language)
  const known = await inScope(database, actor, tx => rememberedSettings(tx, kindOfFile(looked)))
  if (known === undefined) {
    const datum = datumOfColumns(columnsOf(looked.features))
    if (datum === undefined) return tell(about, looked, {}, false, language)
    return tell(about, await look(upload.path, { datum }, near), { datum }, false, language)
  }
  return tell(about, await look(upload.path, known, near), known, true, language)
}
