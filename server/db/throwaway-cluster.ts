// A PostgreSQL server for one test run: made from the installed binaries, gone with the process that started it.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import pg from 'pg'

export interface Cluster {
  /** The address of one database of this server, as its superuser. */
  address(database: string): string
  /** Ends the server at once, as a crash would, and starts it again on the same port. */
  crashAndRestart(): Promise<void>
  stop(): Promise<void>
}

/** The folder with `initdb` and `postgres`, the newest first; null where PostgreSQL is not installed. */
export function serverBinaries(): string | null {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [
    ...versions.map(version => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ]
  return (
    folders.find(folder => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres'))) ?? null
  )
}

const USER = 'huage_test'

export async function startCluster(binaries: string): Promise<Cluster> {
  const identity = unprivileged()
  const home = mkdtempSync(join(tmpdir(), 'huage-pg-'))
  const password = randomBytes(18).toString('hex')
  const data = join(home, 'data')
  const passwordFile = join(home, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (identity) for (const path of [home, passwordFile]) chownSync(path, identity.uid, identity.gid)
  const port = await freePort()
  const options = { cwd: home, ...identity }
  execFileSync(
    join(binaries, 'initdb'),
    [
      '-D',
      data,
      '-U',
      USER,
      '--pwfile',
      passwordFile,
      '-A',
      'scram-sha-256',
      '-E',
      'UTF8',
      '--locale=C',
      '-N',
    ],
    { ...options, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: home,
    // Safe against the death of the process, which is all that a test brings about.
    fsync: 'off',
    full_page_writes: 'off',
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_wal_size: '512MB',
    max_connections: 200,
    shared_buffers: '256MB',
    log_min_messages: 'fatal',
  }
  const args = [
    '-D',
    data,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
  const address = (database: string) => `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`
  const launch = async () => {
    const [program, ...rest] = [...dyingWithUs(), join(binaries, 'postgres'), ...args]
    const child = spawn(program!, rest, { ...options, stdio: 'ignore' })
    await answering(address('postgres'), child)
    return child
  }
  let server = await launch()
  // Where the system itself does not see to it, at least after an ordinary end.
  const last = () => server.kill('SIGQUIT')
  process.on('exit', last)
  return {
    address,
    async crashAndRestart() {
      await ended(server, 'SIGQUIT')
      server = await launch()
    },
    async stop() {
      await ended(server, 'SIGINT')
      process.off('exit', last)
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** On Linux the system ends the server when this process dies, even by kill -9. */
function dyingWithUs(): readonly string[] {
  return existsSync('/usr/bin/setpriv') ? ['/usr/bin/setpriv', '--pdeathsig', 'QUIT'] : []
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null
  for (const user of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map(flag => idOf(flag, user))
    if (uid !== undefined && gid !== undefined) return { uid, gid }
  }
  throw new Error(
    'Running as root, and there is neither a user "postgres" nor "nobody" to run PostgreSQL as.',
  )
}

function idOf(flag: string, user: string): number | undefined {
  try {
    return Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
  } catch {
    // No such user: the caller tries the next.
    return undefined
  }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>(resolve => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise(resolve => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('No free port on 127.0.0.1.')
  return address.port
}

async function answering(address: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 30_000
  for (;;) {
    if (child.exitCode !== null) throw new Error(`PostgreSQL did not start (exit code ${child.exitCode}).`)
    const client = new pg.Client({ connectionString: address, connectionTimeoutMillis: 2000 })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  }
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = new Promise(resolve => child.once('exit', resolve))
  child.kill(signal)
  await exit
}
