// Starts the import of an uploaded file as a job: all of it in one transaction, nothing of it when it is broken off.
import { basename } from 'node:path'
import type { ImportSummary, NewImport } from '../../core/contract/imports.ts'
import type { Language } from '../../core/contract/refusals.ts'
import type { Actor, Database } from '../db/database.ts'
import { inScope } from '../db/scope.ts'
import type { Job, Jobs } from '../jobs/jobs.ts'
import { refreshTallies } from '../plans/refresh-tallies.ts'
import { SpreadImpossible } from '../registry/spread-people.ts'
import { type ImportResult, importFile } from './import-file.ts'
import { look } from './inspect.ts'
import { kindOfFile } from './inspect-upload.ts'
import { nearOf, rejectsAddress, rememberSettings } from './queries.ts'
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
        const kind = kindOfFile(await look(upload.path, settings, near, signal))
        const result = await importFile(database, actor, {
          ...rest,
          path: upload.path,
          layers: [layer],
          map: columns,
          people,
          near,
          language,
          keepRejects: true,
          refreshTallies,
          signal,
          onProgress: (message, done, rows) => say(message, done, rows),
        })
        await inScope(database, actor, tx => rememberSettings(tx, actor.name, kind, settings))
        return summaryOf(result, basename(upload.path))
      } finally {
        upload.readers--
      }
    },
    complain,
  )
}

export const summaryOf = (result: ImportResult, file: string): ImportSummary => ({
  id: result.id,
  file,
  read: result.read,
  imported: result.imported,
  unchanged: result.unchanged,
  rejected: result.rejected,
  repaired: result.repaired,
  reasons: Object.entries(result.reasons).map(([code, rows]) => ({ code, rows })),
  rejects: result.id !== null && result.rejected > 0 ? rejectsAddress(result.id) : null,
  people: result.people && { persons: result.people.persons, households: result.people.households },
})

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
