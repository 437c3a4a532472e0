// Serves the application on an open, migrated database until it is told to stop.
import { createServer } from 'node:net'
import { type AppOptions, createApp } from './app.ts'
import { type Config, ConfigError } from './config.ts'

export interface Serving {
  /** http://host:port */
  readonly address: string
  /** Finishes what is in flight, then closes. The database stays open. */
  close(): Promise<void>
}

/** Throws `ConfigError` when the port is taken: before minutes are spent on the first load, not after. */
export async function checkPort({ host, port }: Config): Promise<void> {
  const probe = createServer()
  const bound = new Promise<void>((resolve, reject) => {
    probe.once('error', reject)
    probe.listen(port, host, resolve)
  })
  try {
    await bound
  } catch (error) {
    throw portComplaint(error, port)
  }
  await new Promise(resolve => probe.close(resolve))
}

function portComplaint(error: unknown, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return error
  return new ConfigError(
    `Port ${port} is ${code === 'EACCES' ? 'not allowed' : 'in use by another program'}. ` +
      `Choose another: PORT=8081 npm start. 端口 ${port} 不可用，请换一个。`,
  )
}

export async function startServer(config: Config, options: AppOptions): Promise<Serving> {
  const app = await createApp(options)
  try {
    await app.listen({ host: config.host, port: config.port })
  } catch (error) {
    await app.close()
    throw portComplaint(error, config.port)
  }
  const bound = app.server.address()
  const port = typeof bound === 'object' && bound ? bound.port : config.port
  const host = config.host.includes(':') ? `[${config.host}]` : config.host
  return { address: `http://${host}:${port}`, close: () => app.close() }
}
