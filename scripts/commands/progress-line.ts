// Progress on a terminal: one line that is written over; plain lines where nobody watches.

export interface ProgressLine {
  say(message: string): void
  /** @param done 0 to 1 */
  show(message: string, done: number): void
  end(): void
}

const EVERY_MS = 1000

export function progressLine(stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  let open = false
  let last = { message: '', at: 0 }
  const end = () => {
    if (open) stream.write('\n')
    open = false
  }
  return {
    end,
    say(message) {
      end()
      stream.write(`${message}\n`)
    },
    show(message, done) {
      const text = `${message} ${Math.round(done * 100)} %`
      if (stream.isTTY) {
        stream.write(`\r\x1b[K${text}`)
        open = true
      } else if (message !== last.message || Date.now() - last.at > EVERY_MS) {
        stream.write(`${text}\n`)
        last = { message, at: Date.now() }
      }
    },
  }
}
