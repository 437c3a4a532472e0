// Builds dist/: the server bundle (esbuild) and the page (Vite), each only when something it is made of has changed.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const root = fileURLToPath(new URL('..', import.meta.url))
const SERVER_SOURCES = ['core', 'server', 'migrations', 'scripts', 'package-lock.json']
const CLIENT_SOURCES = ['core', 'client', 'vite.config.ts', 'package-lock.json']

/** Changes whenever a source file is added, removed, or written. */
function fingerprint(sources) {
  const hash = createHash('sha256')
  const add = path => {
    const stat = statSync(path)
    if (stat.isDirectory()) {
      for (const name of readdirSync(path).sort()) add(join(path, name))
    } else hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`)
  }
  for (const source of sources) if (existsSync(join(root, source))) add(join(root, source))
  return hash.digest('hex')
}

const stampOf = folder => join(root, 'dist', `${folder}.stamp`)
const isFresh = (folder, stamp) =>
  existsSync(join(root, 'dist', folder)) &&
  existsSync(stampOf(folder)) &&
  readFileSync(stampOf(folder), 'utf8') === stamp

/** Written beside and put in place whole: several may build at once, and nobody starts half a program. */
async function makeWhole(folder, stamp, write) {
  const place = join(root, 'dist', folder)
  const [beside, before] = [`${place}.new-${process.pid}`, `${place}.old-${process.pid}`]
  try {
    await write(beside)
    if (existsSync(place)) renameSync(place, before)
    renameSync(beside, place)
    writeFileSync(stampOf(folder), stamp)
  } catch (error) {
    // Somebody else has put the same in place in between.
    if (error?.code !== 'ENOTEMPTY' && error?.code !== 'EEXIST' && error?.code !== 'ENOENT') throw error
    if (!existsSync(place)) throw error
  } finally {
    for (const rest of [beside, before]) rmSync(rest, { recursive: true, force: true })
  }
}

/** @returns the address of the server bundle, built if need be */
export async function buildServer() {
  const stamp = fingerprint(SERVER_SOURCES)
  if (!isFresh('server', stamp)) {
    const { build } = await import('esbuild')
    await makeWhole('server', stamp, outdir =>
      build({
        absWorkingDir: root,
        // The threads that read files, write files and repair grids are started by their file names.
        entryPoints: {
          huage: 'scripts/huage.ts',
          'read-thread': 'server/imports/read-thread.ts',
          'repair-thread': 'server/imports/grids/repair-thread.ts',
          'convert-thread': 'server/exports/convert-thread.ts',
        },
        outdir,
        bundle: true,
        platform: 'node',
        format: 'esm',
        target: 'node20',
        packages: 'external',
        splitting: true,
        sourcemap: true,
        logLevel: 'warning',
      }),
    )
  }
  return pathToFileURL(join(root, 'dist/server/huage.js'))
}

/** Builds the page if need be. @returns its folder */
export async function buildClient() {
  const stamp = fingerprint(CLIENT_SOURCES)
  if (!isFresh('client', stamp)) {
    const { build } = await import('vite')
    await makeWhole('client', stamp, async outDir => {
      await build({
        configFile: join(root, 'vite.config.ts'),
        logLevel: 'warn',
        build: { outDir, emptyOutDir: true },
      })
      packOnce(join(outDir, 'assets'))
    })
  }
  return join(root, 'dist/client')
}

/** Packed beside themselves, so that no visit waits for it. */
function packOnce(folder) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 7 }
  for (const name of readdirSync(folder).filter(name => /\.(js|mjs|css|svg|json)$/.test(name))) {
    const bytes = readFileSync(join(folder, name))
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes, { params }))
    writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes))
  }
}

/** The same in a process of its own. @returns a promise of the folder */
export function buildClientApart() {
  const folder = join(root, 'dist/client')
  if (isFresh('client', fingerprint(CLIENT_SOURCES))) return Promise.resolve(folder)
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), 'client'], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', chunk => {
      said += chunk
    })
    child.on('error', reject)
    child.on('close', code =>
      code === 0 ? resolve(folder) : reject(new Error(`The page could not be built.\n${said}`)),
    )
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wanted = process.argv[2]
  if (wanted !== 'client') await buildServer()
  if (wanted !== 'server') await buildClient()
}
