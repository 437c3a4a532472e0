// Says in a sentence why a PostgreSQL server cannot be used, without ever repeating its password.
import { type Kysely, sql } from 'kysely'
import { DatabaseUnusableError } from './failures.ts'
import type { Schema } from './schema.ts'

const POSTGRES_FLOOR = 150_000
const POSTGIS_FLOOR = [3, 3] as const

/** Throws when the server is too old or has no PostGIS to offer. */
export async function checkServer(db: Kysely<Schema>): Promise<void> {
  const { rows } = await sql<{ number: number; version: string; postgis: string | null }>`
    select current_setting('server_version_num')::integer as number,
      current_setting('server_version') as version,
      coalesce(
        (select extversion from pg_extension where extname = 'postgis'),
        (select default_version from pg_available_extensions where name = 'postgis')
      ) as postgis`.execute(db)
  const found = rows[0]!
  const tooOld = oldServer(found.number, found.version) ?? oldPostgis(found.postgis)
  if (tooOld) throw new DatabaseUnusableError(tooOld)
}

export function oldServer(number: number, version: string): string | null {
  if (number >= POSTGRES_FLOOR) return null
  return `Huage needs PostgreSQL 15 or newer; this server has ${version}.`
}

export function oldPostgis(version: string | null): string | null {
  if (version === null) {
    return (
      'The PostgreSQL server has no PostGIS. Install it there (Debian: apt-get install postgresql-15-postgis-3), ' +
      'then start Huage again.'
    )
  }
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [needMajor, needMinor] = POSTGIS_FLOOR
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return null
  return (
    `Huage needs PostGIS ${POSTGIS_FLOOR.join('.')} or newer; this database has ${version}. ` +
    'Update the package on the server, then run "alter extension postgis update" in the database.'
  )
}

/** The error of a first connection as a sentence; what we have no sentence for is passed on as it is. */
export function complaint(error: unknown, databaseUrl: string): unknown {
  const { code, text } = innermost(error)
  const { server, user, database } = namesIn(databaseUrl)
  const sentence = () => {
    switch (code) {
      case '28P01':
        return `The PostgreSQL server at ${server} refuses the password of user "${user}". Check DATABASE_URL.`
      case '28000':
        return `The PostgreSQL server at ${server} does not let user "${user}" in (${text}). Check DATABASE_URL and pg_hba.conf.`
      case '3D000':
        return `The PostgreSQL server at ${server} has no database "${database}". Create it: createdb ${database}`
      case '53300':
        return `The PostgreSQL server at ${server} has no connection left (max_connections).`
      case '57P03':
        return `The PostgreSQL server at ${server} is still starting. Try again in a moment.`
      case 'ECONNREFUSED':
      case 'ENOENT':
      case 'ENOTFOUND':
      case 'EAI_AGAIN':
      case 'EHOSTUNREACH':
      case 'ENETUNREACH':
      case 'ECONNRESET':
      case 'ETIMEDOUT':
        return `No PostgreSQL server answers at ${server} (${code}). Is it running, and is DATABASE_URL right?`
      case 'ERR_INVALID_URL':
        return 'DATABASE_URL is not an address. It looks like postgres://user:password@host:5432/database'
      default:
        return /timeout|terminated/i.test(text)
          ? `No PostgreSQL server answers at ${server} in time. Is it running, and is DATABASE_URL right?`
          : null
    }
  }
  const found = error instanceof DatabaseUnusableError ? null : sentence()
  return found ? new DatabaseUnusableError(found, { cause: error }) : error
}

function innermost(error: unknown): { code: string; text: string } {
  if (error instanceof AggregateError && error.errors.length > 0) return innermost(error.errors[0])
  if (!(error instanceof Error)) return { code: '', text: String(error) }
  if ('code' in error && typeof error.code === 'string' && error.code !== 'engine-lost') {
    return { code: error.code, text: error.message }
  }
  return error.cause === undefined ? { code: '', text: error.message } : innermost(error.cause)
}

function namesIn(databaseUrl: string): { server: string; user: string; database: string } {
  try {
    const url = new URL(databaseUrl)
    const host = url.searchParams.get('host') ?? (url.hostname || 'localhost')
    return {
      server: host.startsWith('/') ? host : `${host}:${url.port || 5432}`,
      user: decodeURIComponent(url.username),
      database: decodeURIComponent(url.pathname.slice(1)),
    }
  } catch {
    return { server: 'the address in DATABASE_URL', user: '', database: '' }
  }
}
