// `huage serve`: opens the database, loads the demo when it is empty, serves until it is told to stop.
import { join } from 'node:path'
import closeWithGrace from 'close-with-grace'
import manifest from '../../package.json' with { type: 'json' }
import { listenForCommands } from '../../server/commands/socket.ts'
import type { Config } from '../../server/config.ts'
import type { Database } from '../../server/db/database.ts'
import { FSYNC_NOTICE } from '../../server/db/embedded-engine.ts'
import { heldLock } from '../../server/db/folder-lock.ts'
import { openDatabase } from '../../server/db/open.ts'
import { holdsAnything } from '../../server/demo/queries.ts'
import { checkPort, startServer } from '../../server/main.ts'
import { openPlace } from '../places/generate.ts'
import { OK } from './command.ts'
import { runCommand } from './index.ts'
import { FIRST_PLACE, loadGenerated } from './load-generated.ts'
import { type ProgressLine, progressLine } from './progress-line.ts'

const GRACE_MS = 10_000
const SIGNALS = ['SIGINT', 'SIGTERM'] as const

export async function serve(config: Config, page: Promise<string> | undefined): Promise<number> {
  // Looked at below; a failure meanwhile must not end the process without a word.
  page?.catch(() => undefined)
  await checkPort(config)
  const progress = progressLine()
  progress.say(config.databaseUrl ? 'Opening the PostgreSQL server …' : `Opening ${config.dataFolder} …`)
  const database = await openDatabase({ ...config, onProgress: message => progress.say(message) })
  try {
    const applied = await database.migrate()
    if (applied.length > 0) progress.say(`Applied ${applied.length} migrations.`)
    if (!(await holdsAnything(database)) && !(await loadUnlessStopped(database, progress))) {
      progress.end()
      await database.close()
      console.log('  Stopped; the next start loads the demo. 已停止，下次启动时载入演示数据。')
      return OK
    }
    if (page) progress.say('Building the page …')
    const clientFolder = await page
    const { address, close } = await startServer(config, {
      database,
      version: manifest.version,
      clientFolder,
      uploadFolder: join(config.dataFolder, 'temp', 'uploads'),
      log: true,
    })
    progress.end()
    const commands = config.databaseUrl
      ? undefined
      : await listenForCommands(config.dataFolder, (argv, io) => runCommand(database, argv, io))
    heldLock(config.dataFolder)?.announce({ address })
    console.log(`\n  Huage 划格 ${manifest.version}   ${address}\n`)
    console.log('  No sign-in yet: only this machine can reach it. 目前没有登录，仅本机可访问。')
    if (database.engine === 'embedded') console.log(`  ${FSYNC_NOTICE.zh}\n  ${FSYNC_NOTICE.en}`)
    console.log('  Ctrl-C stops it. 按 Ctrl-C 停止。')

    await new Promise<void>(stopped => {
      closeWithGrace({ delay: GRACE_MS, logger: false }, async ({ err }) => {
        if (err) console.error(err)
        await close()
        await commands?.close()
        await database.close()
        console.log('  Stopped. 已停止。')
        stopped()
      })
    })
    return OK
  } catch (error) {
    progress.end()
    await database.close()
    throw error
  }
}

/** @returns false when Ctrl-C broke it off; then nothing of it is in the database. A second Ctrl-C ends the process. */
async function loadUnlessStopped(database: Database, progress: ProgressLine): Promise<boolean> {
  const stop = new AbortController()
  const abort = () => stop.abort()
  for (const signal of SIGNALS) process.once(signal, abort)
  try {
    await loadGenerated(database, openPlace, FIRST_PLACE, {
      signal: stop.signal,
      onProgress: ({ zh, en }, done) => progress.show(`Demo place · 演示地点: ${en} · ${zh}`, done),
    })
    return true
  } catch (error) {
    if (stop.signal.aborted) return false
    throw error
  } finally {
    for (const signal of SIGNALS) process.off(signal, abort)
  }
}
