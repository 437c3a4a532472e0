// Starts the import of an uploaded file as a job: all of it in one transaction, nothing of it when it is broken off.
import { basename } from 'node:path'
import type { ImportSummary, NewImport } from '../../core/contract/imports.ts'
import type { Language } from '../../core/contract/refusals.ts'
import type { Actor, Database } from '../db/database.ts'
import { inScope } from '../db/scope.ts'
import type { Job, Jobs } from '../jobs/jobs.ts'
import { refreshTallies } from '../plans/refresh-tallies.ts'
import { SpreadImpossible } from '../registry/spread-people.ts'
import { areaOfPlaces, OF_THEIR_OWN } from './area-of-places.ts'
import { type GridFilesOptions, importGridFiles } from './grids/import-grid-files.ts'
import { tellChanges } from './grids/write-report.ts'
import { type ImportResult, importFile } from './import-file.ts'
import { look } from './inspect.ts'
import { kindOfFile } from './inspect-upload.ts'
import { nearOf, rejectsAddress, rememberSettings, repairsAddress } from './queries.ts'
import { type Sentence, UnreadableFile } from './unreadable.ts'
import type { Upload } from './uploads.ts'

interface Around {
  readonly database: Database
  readonly jobs: Jobs
  readonly actor: Actor
  readonly key: string | undefined
  /** Of the reasons in the file of rejected rows. */
  readonly language: Language
}

export function startImport(around: Around, upload: Upload, { settings, people }: NewImport): Job {
  const { database, jobs, actor, key, language } = around
  const { layer = 'catalogue', columns, ...rest } = settings
  return jobs.start(
    { kind: 'import', actor: actor.name, key },
    async ({ signal, say }): Promise<ImportSummary> => {
      upload.readers++
      try {
        const near = await inScope(database, actor, tx => nearOf(tx, settings.area))
        const looked = await look(upload.path, settings, near, signal)
        const kind = kindOfFile(looked)
        const found =
          settings.area === undefined && !OF_THEIR_OWN.has(layer)
            ? await inScope(database, actor, tx => areaOfPlaces(tx, looked))
            : null
        const common = { ...rest, map: columns, near, signal, onProgress: say }
        const summary =
          layer === 'grids'
            ? await asPlan(database, actor, { ...common, paths: [upload.path], folder: null, language })
            : summaryOf(
                await importFile(database, actor, {
                  ...common,
                  path: upload.path,
                  layers: [layer],
                  ...(found?.used && { within: found.used }),
                  people,
                  language,
                  keepRejects: true,
                  refreshTallies,
                }),
                language,
              )
        // What is stored is stored: whoever cannot be remembered is asked again the next time.
        await inScope(database, actor, tx => rememberSettings(tx, actor.name, kind, settings)).catch(
          () => undefined,
        )
        return { ...summary, file: basename(upload.path) }
      } finally {
        upload.readers--
      }
    },
    complain,
  )
}

type Summary = Omit<ImportSummary, 'file'>

const summaryOf = (result: ImportResult, language: Language): Summary => ({
  id: result.id,
  area: result.area,
  read: result.read,
  imported: result.imported,
  unchanged: result.unchanged,
  rejected: result.rejected,
  repaired: result.repaired,
  duplicates: result.duplicates,
  reasons: result.told.map(({ code, rows, ...said }) => ({ code, rows, message: said[language] })),
  repairs: result.repairs.rows > 0 ? result.repairs : null,
  rejects: result.id !== null && result.rejected > 0 ? rejectsAddress(result.id) : null,
  bbox: result.bbox,
  ...{ changes: null, plan: null },
  people: result.people && { persons: result.people.persons, households: result.people.households },
})

async function asPlan(
  database: Database,
  actor: Actor,
  options: GridFilesOptions & { readonly language: Language },
): Promise<Summary> {
  const { id, read, imported, unchanged, rejected, repaired, told, plan, bbox, changes } =
    await importGridFiles(database, actor, options)
  const { name, area, areaMade, levels } = plan
  return {
    ...{ id, area, read, imported, unchanged, rejected, repaired, duplicates: 0, bbox },
    reasons: told.map(({ code, rows, ...said }) => ({ code, rows, message: said[options.language] })),
    rejects: id !== null && rejected > 0 ? rejectsAddress(id) : null,
    ...{ repairs: null, people: null },
    changes: tellChanges(changes, options.language, id && repairsAddress(id)),
    plan: plan.id === null ? null : { id: plan.id, name, area, areaMade, levels: [...levels] },
  }
}

function complain(error: unknown): { code: string; sentence: Sentence } {
  if (error instanceof UnreadableFile) return { code: error.code, sentence: error.sentence }
  if (error instanceof SpreadImpossible) return { code: 'spread-impossible', sentence: error.sentence }
  return {
    code: 'internal',
    sentence: {
      zh: '导入失败，数据库没有改变，原因已记入日志。',
      en: 'The import failed and the database is as it was; the reason has been logged.',
    },
  }
}
