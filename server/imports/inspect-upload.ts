// What an upload is told to be: with the settings asked for, else with those that served for the last file of its kind.
import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import type { ImportSettings, Inspection } from '../../core/contract/imports.ts'
import type { Language } from '../../core/contract/refusals.ts'
import type { Actor, Database, Tx } from '../db/database.ts'
import { inScope } from '../db/scope.ts'
import { areaOfPlaces, OF_THEIR_OWN } from './area-of-places.ts'
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
  const told = async (looked: Looked, settings: ImportSettings, remembered: boolean) => {
    const inspection = tell(about, looked, settings, remembered, language)
    const area = await inScope(database, actor, tx => areaToTell(tx, looked, inspection, language))
    return { ...inspection, area }
  }
  const near = await inScope(database, actor, tx => nearOf(tx, asked?.area))
  const looked = await look(upload.path, asked ?? {}, near)
  if (asked !== null) return told(looked, asked, false)
  const known = await inScope(database, actor, tx => rememberedSettings(tx, kindOfFile(looked)))
  if (known === undefined) {
    const datum = datumOfColumns(columnsOf(looked.features))
    if (datum === undefined) return told(looked, {}, false)
    return told(await look(upload.path, { datum }, near), { datum }, false)
  }
  return told(await look(upload.path, known, near), known, true)
}

/** Areas and grids name their own place, row by row, or make it. */
async function areaToTell(
  tx: Tx,
  looked: Looked,
  { layer, settings, columns }: Omit<Inspection, 'area'>,
  language: Language,
): Promise<Inspection['area']> {
  const found = await areaOfPlaces(tx, looked)
  const choices = found.choices.map(({ code, name }) => ({
    value: code,
    label: `${name ?? (language === 'zh' ? '整个区县' : 'whole county')} ${code}`,
  }))
  if (settings.area !== undefined) return { used: settings.area, how: 'chosen', choices }
  if (!OF_THEIR_OWN.has(layer)) return { used: found.used, how: found.how, choices }
  const saysCode = columns.some(({ role }) => role === 'code')
  return { used: null, how: saysCode ? 'file' : 'none', choices }
}
