// What the environment says, checked once at start.
import { resolve } from 'node:path'

export interface Config {
  readonly host: string
  readonly port: number
  readonly dataFolder: string
  readonly databaseUrl: string | undefined
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1'])

/** A sentence for the person who starts the program. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** Reads HOST, PORT, HUAGE_DATA, DATABASE_URL. Throws `ConfigError`. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const host = environment.HOST || '127.0.0.1'
  if (!LOOPBACK.has(host)) {
    throw new ConfigError(
      `HOST=${host} is refused: there is no sign-in yet, so Huage listens on this machine only (127.0.0.1). ` +
        `目前没有登录功能，划格只监听本机地址。`,
    )
  }
  const port = Number(environment.PORT || 8080)
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new ConfigError(`PORT=${environment.PORT} is not a port number (0–65535).`)
  }
  const databaseUrl = environment.DATABASE_URL || undefined
  if (databaseUrl && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw new ConfigError('DATABASE_URL must begin with postgres:// or postgresql://.')
  }
  return { host, port, dataFolder: resolve(environment.HUAGE_DATA || './data'), databaseUrl }
}
