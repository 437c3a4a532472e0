// A job as it is told to whoever asks.
import type { ImportJob } from '../../core/contract/imports.ts'
import type { Language } from '../../core/contract/refusals.ts'
import type { Job } from './jobs.ts'

export const jobReply = (job: Job, language: Language): ImportJob => ({
  id: job.id,
  kind: job.kind,
  state: job.state,
  progress: job.progress,
  message: job.message[language],
  rows: job.rows,
  rowsPerSecond: job.rowsPerSecond,
  startedAt: job.startedAt.toISOString(),
  finishedAt: job.finishedAt?.toISOString() ?? null,
  result: job.result as ImportJob['result'],
  problem: job.problem && { code: job.problem.code, message: job.problem.sentence[language] },
})
