// Files on their way in: kept in a folder of this process until they are imported, forgotten after an hour or a restart.
import { createWriteStream, mkdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { uuidv7 } from 'uuidv7'
import { extensionOf } from './file-format.ts'
import { makeOwnFolder, removeLeftBehind } from './left-behind.ts'
import { LIMITS } from './limits.ts'
import { UnreadableFile } from './unreadable.ts'

const KEEP_MS = 60 * 60_000
const MOST = 30
const CLEAN_MS = 5 * 60_000

export interface Upload {
  readonly id: string
  readonly actor: string
  readonly folder: string
  /** The file that is read; parts of a shapefile lie beside it. */
  readonly path: string
  readonly bytes: number
  usedAt: number
  /** Imports that read it now: it may not be forgotten meanwhile. */
  readers: number
}

export class Uploads {
  readonly #folder: string
  readonly #uploads = new Map<string, Upload>()
  readonly #keys = new Map<string, string>()
  readonly #clean: NodeJS.Timeout

  /** @param parent one folder for all processes; what dead ones left there is removed */
  constructor(parent: string) {
    mkdirSync(parent, { recursive: true })
    removeLeftBehind(parent)
    this.#folder = makeOwnFolder(parent)
    // Also where nobody uploads anything more.
    this.#clean = setInterval(() => this.#forget(MOST), CLEAN_MS).unref()
  }

  find(id: string, actor: string): Upload | undefined {
    const upload = this.#uploads.get(id)
    if (upload?.actor !== actor) return undefined
    upload.usedAt = Date.now()
    return upload
  }

  byKey(actor: string, key: string | undefined): Upload | undefined {
    const id = key === undefined ? undefined : this.#keys.get(`${actor} ${key}`)
    return id === undefined ? undefined : this.find(id, actor)
  }

  /** Streams the parts to disk. @throws UnreadableFile when they are too many or belong to nothing that can be read */
  async receive(
    actor: string,
    key: string | undefined,
    parts: AsyncIterable<{ readonly name: string; readonly stream: Readable & { truncated?: boolean } }>,
  ): Promise<Upload> {
    this.#forget(MOST - 1)
    const id = uuidv7()
    const folder = join(this.#folder, id)
    mkdirSync(folder)
    try {
      const names: string[] = []
      let bytes = 0
      for await (const { name, stream } of parts) {
        const plain = plainFileName(name)
        if (names.includes(plain))
          throw new UnreadableFile('unknown-format', {
            zh: `有两个文件都叫“${plain}”。`,
            en: `There are two files called "${plain}".`,
          })
        const file = createWriteStream(join(folder, plain))
        await pipeline(stream, file)
        bytes += file.bytesWritten
        if (stream.truncated || bytes > LIMITS.unpackedBytes) throw tooLarge()
        names.push(plain)
      }
      const path = join(folder, mainOf(names))
      const upload: Upload = { id, actor, folder, path, bytes, usedAt: Date.now(), readers: 0 }
      this.#uploads.set(id, upload)
      if (key !== undefined) this.#keys.set(`${actor} ${key}`, id)
      return upload
    } catch (cause) {
      rmSync(folder, { recursive: true, force: true })
      throw cause
    }
  }

  drop(upload: Upload): void {
    this.#uploads.delete(upload.id)
    for (const [key, id] of this.#keys) if (id === upload.id) this.#keys.delete(key)
    rmSync(upload.folder, { recursive: true, force: true })
  }

  close(): void {
    clearInterval(this.#clean)
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #forget(most: number): void {
    const idle = [...this.#uploads.values()].filter(upload => upload.readers === 0)
    idle.sort((a, b) => a.usedAt - b.usedAt)
    for (const upload of idle)
      if (Date.now() - upload.usedAt > KEEP_MS || this.#uploads.size > most) this.drop(upload)
  }
}

const tooLarge = () =>
  new UnreadableFile('too-large', {
    zh: `文件超过 ${LIMITS.unpackedBytes / 1024 ** 3} GB。请拆分后再导入，或在服务器上用命令行导入。`,
    en: `The file is larger than ${LIMITS.unpackedBytes / 1024 ** 3} GB. Split it, or import it on the server's command line.`,
  })

/** The last part of the name, of a length that every file system takes. */
function plainFileName(name: string): string {
  const plain = basename(name.replaceAll('\\', '/')).replace(/[\p{Cc}\p{Cs}<>:"|?*]/gu, '_')
  const extension = extensionOf(plain)
  const stem = extension ? plain.slice(0, -extension.length - 1) : plain
  return `${[...stem].slice(0, 60).join('') || 'file'}${extension && `.${extension.slice(0, 20)}`}`
}

/** Of the parts of a shapefile the `.shp`; else there may be one file only. */
function mainOf(names: readonly string[]): string {
  const shapes = names.filter(name => extensionOf(name) === 'shp')
  const [only] = names
  if (names.length === 1) return only!
  if (shapes.length === 1) return shapes[0]!
  if (names.length === 0)
    throw new UnreadableFile('empty', { zh: '没有收到文件。', en: 'No file has arrived.' })
  throw new UnreadableFile('unknown-format', {
    zh: `请一次上传一个文件（Shapefile 的 .shp、.dbf、.shx、.prj、.cpg 可以一起选），收到:${names.join('、')}。`,
    en: `Upload one file at a time (the .shp, .dbf, .shx, .prj and .cpg of a shapefile together). Received: ${names.join(', ')}.`,
  })
}
