// A file as pieces of bytes or text, read synchronously: the reading thread has nothing else to do.
import { closeSync, openSync, readSync } from 'node:fs'
import { UnreadableFile } from './unreadable.ts'

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

/** The encoding asked for; else UTF-8 when the first megabyte is, else GB 18030, which GBK and GB 2312 are part of. */
export function decoderFor(path: string, encoding: string | null): TextDecoder {
  if (encoding !== null) {
    try {
      return new TextDecoder(encoding)
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause
      throw new UnreadableFile('unknown-format', {
        zh: `不认识的编码“${encoding}”。常用:utf-8、gbk、gb18030、big5。`,
        en: `Unknown encoding "${encoding}". Common ones: utf-8, gbk, gb18030, big5.`,
      })
    }
  }
  const [first] = pieces(path)
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(first, { stream: true })
    return new TextDecoder()
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    return new TextDecoder('gb18030')
  }
}
