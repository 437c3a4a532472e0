// Serves the application on an open, migrated database until it is told to stop.
import { type AppOptions, createApp } from './app.ts'
import { type Config, ConfigError } from './config.ts'

export interface Serving {
  /** http://host:port */
  readonly address: string
  /** Finishes what is in flight, then closes. The database stays open. */
  close(): Promise<void>
}

export async function startServer(config: Config, options: AppOptions): Promise<Serving> {
  const app = await createApp(options)
  try {
    await app.listen({ host: config.host, port: config.port })
  } catch (error) {
    await app.close()
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error
    throw new ConfigError(
      `Port ${config.port} is ${code === 'EACCES' ? 'not allowed' : 'in use by another program'}. ` +
        `Choose another: PORT=8081 npm start. 端口 ${config.port} 不可用，请换一个。`,
    )
  }
  const bound = app.server.address()
  const port = typeof bound === 'object' && bound ? bound.port : config.port
  const host = config.host.includes(':') ? `[${config.host}]` : config.host
  return { address: `http://${host}:${port}`, close: () => app.close() }
}
