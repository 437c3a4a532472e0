// Keeps the rejected rows of a file as a file of its own format: in the database, to be fetched, or in a folder.
import { copyFileSync, readFileSync } from 'node:fs'
import type { Language } from '../../core/contract/refusals.ts'
import type { Tx } from '../db/database.ts'
import { intoFolder } from './into-folder.ts'
import type { OpenFile } from './read-file.ts'
import { REASON_COLUMNS, type RejectedRows } from './rejected-rows.ts'
import { withoutEnding } from './without-ending.ts'

const MOST_BYTES = 64 * 1024 ** 2
const MEDIA_TYPES: Record<string, string> = {
  csv: 'text/csv; charset=utf-8',
  geojson: 'application/geo+json',
  zip: 'application/zip',
  gpkg: 'application/geopackage+sqlite3',
  kml: 'application/vnd.google-earth.kml+xml',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
}

interface Keeping {
  readonly county: string
  readonly run: string
  readonly language: Language
  /** Null: in the database. */
  readonly folder: string | null
}

/** @returns the path of the file, when it is to lie in a folder and there are rejected rows */
export async function keepRejects(
  tx: Tx,
  rejects: RejectedRows,
  source: OpenFile,
  { county, run, language, folder }: Keeping,
): Promise<string | null> {
  const reasons = rejects.sentences(language)
  if (reasons.size === 0) return null
  const { path, extension } = await source.rejects({ reasons, column: REASON_COLUMNS[language] })
  const name = `${withoutEnding(source.file.name)}.rejected.${extension}`
  if (folder !== null) return intoFolder(folder, name, target => copyFileSync(path, target))
  const body = readFileSync(path)
  if (body.length <= MOST_BYTES)
    await tx
      .insertInto('import_rejects')
      .values({
        county,
        run_id: run,
        file_name: name,
        media_type: MEDIA_TYPES[extension] ?? 'application/octet-stream',
        body,
      })
      .execute()
  return null
}
