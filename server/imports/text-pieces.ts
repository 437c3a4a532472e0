// A file as pieces of bytes or text, read synchronously: the reading thread has nothing else to do.
import { closeSync, openSync, readSync } from 'node:fs'

const PIECE = 1 << 20

/** Each is there until the next is asked for: all lie in one buffer, or the collector would be kept busy by them. */
export function* pieces(path: string): Generator<Buffer, void, undefined> {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.allocUnsafeSlow(PIECE)
    for (;;) {
      const length = readSync(file, bytes)
      if (length === 0) return
      yield bytes.subarray(0, length)
    }
  } finally {
    closeSync(file)
  }
}

export function* textPieces(path: string, decoder: TextDecoder): Generator<string, void, undefined> {
  for (const bytes of pieces(path)) yield decoder.decode(bytes, { stream: true })
  const rest = decoder.decode()
  if (rest !== '') yield rest
}

/** The first megabyte. */
export const firstPiece = (path: string): Buffer => {
  for (const piece of pieces(path)) return piece
  return Buffer.alloc(0)
}
