// Is the process alive, and can it serve.
import { Type } from 'typebox'
import type { App, AppOptions } from '../app.ts'

export async function healthRoutes(app: App, { database, version }: AppOptions): Promise<void> {
  const Live = Type.Object({ status: Type.Literal('ok'), version: Type.String() })
  app.get(
    '/api/health/live',
    { schema: { summary: 'The process answers', response: { 200: Live } } },
    async () => ({
      status: 'ok' as const,
      version,
    }),
  )

  const Ready = Type.Object({
    status: Type.Literal('ok'),
    engine: Type.Union([Type.Literal('embedded'), Type.Literal('server')]),
    postgres: Type.String(),
    postgis: Type.String(),
  })
  app.get(
    '/api/health/ready',
    { schema: { summary: 'The database answers', response: { 200: Ready } } },
    async () => ({
      status: 'ok' as const,
      engine: database.engine,
      ...(await database.versions()),
    }),
  )
}
