// Hands a command to the Huage that holds the data folder, and runs what is handed over.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { heldLock, holderOf } from '../db/folder-lock.ts'

export interface CommandIo {
  /** The caller's working directory: file names in `argv` are relative to it. */
  readonly cwd: string
  /** Aborted when the caller presses Ctrl-C or goes away, or this process closes. */
  readonly signal: AbortSignal
  out(text: string): void
  err(text: string): void
}
export type RunCommand = (argv: readonly string[], io: CommandIo) => Promise<number>

export interface CommandListener {
  readonly path: string
  /** Cancels what runs, waits for it, and takes no more. */
  close(): Promise<void>
}

interface Request {
  readonly argv: readonly string[]
  readonly cwd: string
}
type ToServer = Request | { readonly cancel: true }
type ToClient = { readonly out: string } | { readonly err: string } | { readonly exit: number }

// The system's limit is 108 bytes with the closing zero, on macOS 104.
const LONGEST_PATH = 100
const LONGEST_LINE = 1 << 20

/** Only the process that holds the folder's lock may listen, so that a socket file found there is surely stale. */
export async function listenForCommands(dataFolder: string, run: RunCommand): Promise<CommandListener> {
  const lock = heldLock(dataFolder)
  if (!lock) throw new Error(`This process does not hold the data folder ${dataFolder}.`)
  const path = socketPath(dataFolder)
  rmSync(path, { force: true })
  const running = new Set<Promise<void>>()
  const closing = new AbortController()
  const server = createServer(socket => {
    const done = serve(socket, run, closing.signal).finally(() => running.delete(done))
    running.add(done)
  })
  await bind(server, path)
  lock.announce({ socket: path })
  return {
    path,
    async close() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      closing.abort()
      await Promise.all(running)
      await closed
      if (path !== join(resolve(dataFolder), SOCKET)) rmSync(dirname(path), { recursive: true, force: true })
    },
  }
}

/**
 * Runs a command in the process that holds the folder: what it prints is printed here, Ctrl-C cancels it. Null when
 * nobody listens.
 */
export async function handOver(
  dataFolder: string,
  argv: readonly string[],
  cwd: string,
): Promise<number | null> {
  const socket = await reach(holderOf(dataFolder)?.socket ?? join(resolve(dataFolder), SOCKET))
  if (!socket) return null
  const send = (message: ToServer) => socket.write(`${JSON.stringify(message)}\n`)
  let interrupted = false
  const interrupt = () => {
    // The second time one means it.
    if (interrupted) process.exit(130)
    interrupted = true
    send({ cancel: true })
  }
  process.on('SIGINT', interrupt)
  try {
    send({ argv, cwd })
    for await (const line of createInterface({ input: socket })) {
      const message = JSON.parse(line) as ToClient
      if ('out' in message) process.stdout.write(message.out)
      else if ('err' in message) process.stderr.write(message.err)
      else return message.exit
    }
    process.stderr.write('The running Huage ended before the command did.\n')
    return 1
  } finally {
    process.off('SIGINT', interrupt)
    socket.destroy()
  }
}

const SOCKET = 'huage.sock'

/** A folder too deep for a socket gets one in the system's temporary folder; the lock file says where. */
function socketPath(dataFolder: string): string {
  const path = join(resolve(dataFolder), SOCKET)
  return Buffer.byteLength(path) <= LONGEST_PATH ? path : join(mkdtempSync(join(tmpdir(), 'huage-')), 's')
}

async function bind(server: Server, path: string): Promise<void> {
  // Closed to others from its first moment on, not only after a chmod.
  const listening = new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.once('listening', resolve)
  })
  const before = process.umask(0o177)
  server.listen(path)
  process.umask(before)
  await listening
  chmodSync(path, 0o600)
}

async function serve(socket: Socket, run: RunCommand, closing: AbortSignal): Promise<void> {
  const gone = new AbortController()
  socket.on('error', () => gone.abort())
  socket.on('close', () => gone.abort())
  const signal = AbortSignal.any([gone.signal, closing])
  const send = (message: ToClient) => {
    if (!socket.destroyed) socket.write(`${JSON.stringify(message)}\n`)
  }
  const request = await firstRequest(socket, () => gone.abort())
  if (!request) return
  const exit = await run(request.argv, {
    cwd: request.cwd,
    signal,
    out: text => send({ out: text }),
    err: text => send({ err: text }),
  }).catch((error: unknown) => {
    send({ err: `${error instanceof Error ? error.message : error}\n` })
    return 1
  })
  send({ exit })
  await new Promise<void>(resolve => socket.end(resolve))
}

/** The first line is the request; any later one means cancel. */
async function firstRequest(socket: Socket, cancel: () => void): Promise<Request | null> {
  return await new Promise(resolve => {
    let text = ''
    let asked = false
    socket.setEncoding('utf8')
    socket.on('close', () => resolve(null))
    socket.on('data', (chunk: string) => {
      text += chunk
      if (text.length > LONGEST_LINE) socket.destroy()
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
        const line = text.slice(0, end)
        text = text.slice(end + 1)
        if (asked) cancel()
        else resolve(requestIn(line, socket))
        asked = true
      }
    })
  })
}

function requestIn(line: string, socket: Socket): Request | null {
  try {
    const { argv, cwd } = JSON.parse(line) as Partial<Request>
    if (Array.isArray(argv) && argv.every(word => typeof word === 'string') && typeof cwd === 'string') {
      return { argv, cwd }
    }
  } catch {
    // Not a line of ours: the same answer as to a wrong one.
  }
  socket.destroy()
  return null
}

async function reach(path: string): Promise<Socket | null> {
  const socket = connect(path)
  return await new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket))
    // Later errors only end the stream of lines, which says the same.
    socket.on('error', error => {
      const code = 'code' in error ? String(error.code) : ''
      if (['ENOENT', 'ENOTDIR', 'EACCES', 'ECONNREFUSED'].includes(code)) resolve(null)
      else reject(error)
    })
  })
}
