// Serves the application on an open, migrated database until it is told to stop.
import { type AppOptions, createApp } from './app.ts'
import type { Config } from './config.ts'

export interface Serving {
  /** http://host:port */
  readonly address: string
  /** Finishes what is in flight, then closes. The database stays open. */
  close(): Promise<void>
}

export async function startServer(config: Config, options: AppOptions): Promise<Serving> {
  const app = await createApp(options)
  await app.listen({ host: config.host, port: config.port })
  const bound = app.server.address()
  const port = typeof bound === 'object' && bound ? bound.port : config.port
  const host = config.host.includes(':') ? `[${config.host}]` : config.host
  return { address: `http://${host}:${port}`, close: () => app.close() }
}
