// Lists and unpacks a zip with Node's own zlib: bounded sizes, no path out of the folder, Chinese names in GBK too.
import { readSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createInflateRaw } from 'node:zlib'
import type { Limits } from './limits.ts'
import { UnreadableFile } from './unreadable.ts'

export interface ZipEntry {
  readonly name: string
  readonly bytes: number
  readonly packedBytes: number
  readonly method: number
  readonly crc: number
  readonly offset: number
}

const END_RECORD = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50

const damaged = (en: string, zh: string) =>
  new UnreadableFile('damaged', {
    zh: `压缩包已损坏:${zh}。请重新获取文件。`,
    en: `The zip archive is damaged: ${en}. Fetch the file again.`,
  })

function readAt(file: number, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  let done = 0
  while (done < length) {
    const got = readSync(file, bytes, done, length - done, offset + done)
    if (got === 0) throw damaged('it ends too early', '文件不完整')
    done += got
  }
  return bytes
}

/** Names are UTF-8 when the flag says so or when they happen to be; otherwise GBK, as Chinese Windows writes them. */
function nameOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    return new TextDecoder('gbk').decode(bytes)
  }
}

const escapes = (name: string) =>
  name.includes('\0') || /^([a-z]:|[\\/])/i.test(name) || name.split(/[\\/]/).includes('..')

export function listZip(file: number, size: number, limits: Limits): ZipEntry[] {
  const tailLength = Math.min(size, 22 + 0xffff)
  const tail = readAt(file, size - tailLength, tailLength)
  let end = -1
  for (let at = tail.length - 22; at >= 0 && end < 0; at--) if (tail.readUInt32LE(at) === END_RECORD) end = at
  if (end < 0)
    throw new UnreadableFile('truncated', {
      zh: '压缩包不完整：缺少结尾目录。请重新下载或重新压缩。',
      en: 'The zip archive is incomplete: its directory at the end is missing. Download or pack it again.',
    })
  const count = tail.readUInt16LE(end + 10)
  const start = tail.readUInt32LE(end + 16)
  if (count > limits.zipEntries || start === 0xffffffff)
    throw new UnreadableFile('too-large', {
      zh: `压缩包内文件过多(上限 ${limits.zipEntries} 个)。请只压缩需要的图层。`,
      en: `The zip archive holds too many files (at most ${limits.zipEntries}). Pack only the layer you need.`,
    })
  const directory = readAt(file, start, tail.readUInt32LE(end + 12))
  const entries: ZipEntry[] = []
  for (let at = 0, i = 0; i < count; i++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== ENTRY)
      throw damaged('its directory is broken', '目录已损坏')
    const nameLength = directory.readUInt16LE(at + 28)
    const name = nameOf(directory.subarray(at + 46, at + 46 + nameLength))
    if (escapes(name))
      throw new UnreadableFile('unsafe-archive', {
        zh: `压缩包内的文件名“${name}”指向文件夹之外，已拒绝。`,
        en: `The zip archive holds the name "${name}", which points outside of its folder; refused.`,
      })
    if (directory.readUInt16LE(at + 8) & 1)
      throw new UnreadableFile('unknown-format', {
        zh: '压缩包有密码。请解压后再导入。',
        en: 'The zip archive has a password. Unpack it before importing.',
      })
    entries.push({
      name,
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      packedBytes: directory.readUInt32LE(at + 20),
      bytes: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries.filter(entry => !/[\\/]$/.test(entry.name))
}

const PIECE = 1 << 20

/** One entry, piece by piece. The size in the directory may lie, so the output is bounded as well. */
export async function unzipEntry(
  file: number,
  entry: ZipEntry,
  take: (bytes: Uint8Array) => void,
): Promise<void> {
  const local = readAt(file, entry.offset, 30)
  if (local.readUInt32LE(0) !== LOCAL)
    throw damaged(`"${entry.name}" is not where it should be`, `找不到“${entry.name}”`)
  if (entry.method !== 0 && entry.method !== 8)
    throw new UnreadableFile('unknown-format', {
      zh: `“${entry.name}”使用了不支持的压缩方式。请用普通 zip 压缩。`,
      en: `"${entry.name}" is packed by a method that is not supported. Use an ordinary zip.`,
    })
  const wrong = () => damaged(`the checksum of "${entry.name}" does not match`, `“${entry.name}”的校验和不符`)
  const start = entry.offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28)
  function* packed() {
    for (let at = 0; at < entry.packedBytes; at += PIECE)
      yield readAt(file, start + at, Math.min(PIECE, entry.packedBytes - at))
  }
  let length = 0
  let crc = 0
  const pass = (bytes: Uint8Array) => {
    length += bytes.length
    if (length > entry.bytes) throw wrong()
    crc = crc32(bytes, crc)
    take(bytes)
  }
  if (entry.method === 0) for (const bytes of packed()) pass(bytes)
  else
    await pipeline(Readable.from(packed()), createInflateRaw(), async pieces => {
      for await (const bytes of pieces) pass(bytes as Uint8Array)
    }).catch((cause: unknown) => {
      if (cause instanceof Error && 'code' in cause && String(cause.code).startsWith('Z_'))
        throw damaged(`"${entry.name}" cannot be unpacked (${cause.message})`, `“${entry.name}”无法解压`)
      throw cause
    })
  if (length !== entry.bytes || crc !== entry.crc) throw wrong()
}
