// A file as pieces of bytes or text, read synchronously: the reading thread has nothing else to do.
import { closeSync, openSync, readSync } from 'node:fs'

const PIECE = 1 << 20

export function* pieces(path: string): Generator<Buffer, void, undefined> {
  const file = openSync(path, 'r')
  try {
    for (;;) {
      const bytes = Buffer.allocUnsafe(PIECE)
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
