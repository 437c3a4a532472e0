// How far a command that works through rows has come: one line that is written over, with rows per second.
import type { CommandIo } from '../../server/commands/socket.ts'
import type { Progress } from '../../server/imports/import-file.ts'

const BAR = 20
const EVERY_MS = 500

export function progressBar(io: Pick<CommandIo, 'err'>): Progress {
  const began = performance.now()
  let shown = 0
  let width = 0
  return (message, done, rows) => {
    if (Date.now() - shown < EVERY_MS && done < 1) return
    shown = Date.now()
    const full = Math.round(done * BAR)
    const perSecond = rows === undefined ? undefined : (rows / (performance.now() - began)) * 1000
    const speed = perSecond === undefined ? '' : ` ${Math.round(perSecond).toLocaleString('en')}/s`
    const line = `[${'█'.repeat(full)}${'·'.repeat(BAR - full)}] ${Math.round(done * 100)} % ${message.zh} · ${message.en}${speed}`
    io.err(`\r${line.padEnd(width)}${done < 1 ? '' : '\n'}`)
    width = line.length
  }
}
