// For tests of bringing data in over HTTP: a file in a form, an import followed to its end.
import type { ImportJob, Inspection } from '../../core/contract/imports.ts'
import type { App } from '../app.ts'

type Files = Record<string, Buffer | string>

const BOUNDARY = 'huage-test-boundary'
function form(files: Files) {
  const parts = Object.entries(files).flatMap(([name, content]) => [
    Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
    ),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ])
  return {
    payload: Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
  }
}

export const importsOf = (app: App) => {
  const upload = (files: Files, headers: Record<string, string> = {}) => {
    const { payload, headers: own } = form(files)
    return app.inject({ method: 'POST', url: '/api/uploads', payload, headers: { ...own, ...headers } })
  }
  const post = (url: string, payload: object, headers: Record<string, string> = {}) =>
    app.inject({ method: 'POST', url, payload, headers })
  /** Reads the job's events to their end. */
  const ended = async (job: ImportJob): Promise<ImportJob> => {
    const events = await app.inject({
      url: `/api/jobs/${job.id}/events`,
      headers: { accept: 'text/event-stream' },
    })
    const last = events.body
      .trim()
      .split('\n')
      .findLast(line => line.startsWith('data: '))!
    return JSON.parse(last.slice(6))
  }
  const bringIn = async (looked: Inspection, settings: object, more: object = {}): Promise<ImportJob> => {
    const reply = await post('/api/imports', { upload: looked.upload, settings, ...more })
    if (reply.statusCode !== 202) throw new Error(reply.body)
    return ended(reply.json())
  }
  return { upload, post, ended, bringIn }
}
