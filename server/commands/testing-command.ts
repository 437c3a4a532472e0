// A process of its own for tests: `listen FOLDER` holds a folder and runs commands, `hand FOLDER ARGS…` hands one over.
import { lockFolder } from '../db/folder-lock.ts'
import { handOver, listenForCommands } from './socket.ts'

const [task, folder = '', ...argv] = process.argv.slice(2)
if (task === 'listen') {
  lockFolder(folder)
  const listener = await listenForCommands(folder, async (words, io) => {
    io.out(`${JSON.stringify({ words, cwd: io.cwd })}\n`)
    io.err('划格 says so\n')
    if (words[0] === 'fail') throw new Error('it failed')
    if (words[0] === 'much') for (let n = 0; n < 20_000; n++) io.out(`line ${n} 网格\n`)
    if (words[0] === 'wait') {
      await new Promise(resolve => io.signal.addEventListener('abort', resolve))
      // Whoever went away cannot be told; this process' own output says it too.
      console.log('cancelled')
      io.out('cancelled\n')
      return 130
    }
    return Number(words[1] ?? 0)
  })
  console.log(listener.path)
  process.on('SIGTERM', () => {
    listener.close().then(() => process.exit(0))
  })
  // A server in a real process keeps it alive; so does this.
  setInterval(() => undefined, 60_000)
} else {
  process.exitCode = (await handOver(folder, argv, process.cwd())) ?? 99
}
