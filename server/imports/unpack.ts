// Brings a file as it came (plain, .gz, .bz2 or .zip) into a folder of our own, unpacked, within limits.
import { createHash } from 'node:crypto'
import {
  closeSync,
  copyFileSync,
  createReadStream,
  existsSync,
  fstatSync,
  linkSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { BrokenBzip2, bunzip } from './bunzip.ts'
import { extensionOf, formatOf, truncated } from './file-format.ts'
import type { Limits } from './limits.ts'
import type { Format } from './source-feature.ts'
import { pieces } from './text-pieces.ts'
import { UnreadableFile } from './unreadable.ts'
import { listZip, unzipEntry, type ZipEntry } from './unzip.ts'

export interface Unpacked {
  readonly path: string
  readonly format: Format
  readonly hash: string
  readonly bytes: number
}

const READABLE = new Set('osm pbf geojson json topojson gpkg shp fgb kml dxf csv tsv xlsx ods'.split(' '))
const SHAPE_PARTS = ['shp', 'dbf', 'shx', 'prj', 'cpg']

function fileSize(path: string): number {
  const name = basename(path)
  if (!existsSync(path))
    throw new UnreadableFile('not-found', {
      zh: `找不到文件“${path}”。请检查路径。`,
      en: `There is no file "${path}". Check the path.`,
    })
  const stat = statSync(path)
  if (!stat.isFile())
    throw new UnreadableFile('not-found', {
      zh: `“${path}”不是文件。请给出一个文件。`,
      en: `"${path}" is not a file. Name a file.`,
    })
  if (stat.size === 0)
    throw new UnreadableFile('empty', {
      zh: `文件“${name}”是空的（0 字节）。请重新获取文件。`,
      en: `The file "${name}" is empty (0 bytes). Fetch it again.`,
    })
  return stat.size
}

/** Watches what comes out of a packed file. */
function gauge(packedBytes: number, limits: Limits): (more: number) => void {
  let total = 0
  return more => {
    total += more
    const bomb = total > limits.ratioFromBytes && total > packedBytes * limits.ratio
    if (total > limits.unpackedBytes || bomb)
      throw new UnreadableFile('too-large', {
        zh: `文件解压后过大(超过 ${Math.floor(total / 1e6)} MB)。请拆分后再导入。`,
        en: `The file is too large when unpacked (more than ${Math.floor(total / 1e6)} MB). Split it before importing.`,
      })
  }
}

async function gunzipTo(path: string, target: number, more: (bytes: number) => void): Promise<void> {
  try {
    for await (const chunk of createReadStream(path).pipe(createGunzip()) as AsyncIterable<Buffer>) {
      more(chunk.length)
      writeSync(target, chunk)
    }
  } catch (cause) {
    if (cause instanceof UnreadableFile) throw cause
    throw brokenPacking('gzip', (cause as Error).message, /unexpected end/.test((cause as Error).message))
  }
}

function bunzipTo(source: number, target: number, more: (bytes: number) => void): void {
  try {
    for (const slice of bunzip(buffer => readSync(source, buffer))) {
      more(slice.length)
      writeSync(target, slice)
    }
  } catch (cause) {
    if (!(cause instanceof BrokenBzip2)) throw cause
    throw brokenPacking('bzip2', cause.message, cause.truncated)
  }
}

async function unzipTo(source: number, entry: ZipEntry, path: string): Promise<void> {
  const target = openSync(path, 'w')
  try {
    await unzipEntry(source, entry, bytes => writeSync(target, bytes))
  } finally {
    closeSync(target)
  }
}

const brokenPacking = (packing: string, message: string, short: boolean) =>
  short
    ? truncated({ zh: `${packing} 数据中断`, en: `its ${packing} data break off` })
    : new UnreadableFile('damaged', {
        zh: `文件已损坏:${packing} 无法解压(${message})。请重新获取文件。`,
        en: `The file is damaged: ${packing} cannot unpack it (${message}). Fetch it again.`,
      })

/** The one thing in a zip that can be imported, with the parts that belong to it. */
function chooseEntries(entries: readonly ZipEntry[], name: string): ZipEntry[] {
  const visible = entries.filter(entry => !/(^|\/)(__MACOSX|\.)/.test(entry.name))
  const known = visible.filter(entry => READABLE.has(extensionOf(entry.name)))
  if (known.length !== 1) {
    const names = (known.length === 0 ? visible : known).map(entry => entry.name)
    const list = names.slice(0, 8).join(', ') + (names.length > 8 ? ' …' : '')
    throw new UnreadableFile('unknown-format', {
      zh: `压缩包“${name}”内应有且只有一个可导入的文件，实际有 ${known.length} 个(${list})。`,
      en: `The archive "${name}" must hold exactly one file to import; it holds ${known.length} (${list}).`,
    })
  }
  const main = known[0]!
  if (extensionOf(main.name) !== 'shp') return [main]
  const stem = main.name.slice(0, -4).toLowerCase()
  return visible.filter(
    entry => entry.name.slice(0, -4).toLowerCase() === stem && SHAPE_PARTS.includes(extensionOf(entry.name)),
  )
}

/** A workbook is a zip archive too. */
const isSheet = (entries: readonly ZipEntry[]): boolean =>
  entries.some(({ name }) => name === 'xl/workbook.xml') ||
  (entries.some(({ name }) => name === 'content.xml') && entries.some(({ name }) => name === 'mimetype'))

function place(from: string, to: string): void {
  try {
    // A link to a name would lead nowhere from here.
    linkSync(realpathSync(from), to)
  } catch (cause) {
    // Another disk, or a folder without hard links: a copy does as well.
    if ((cause as NodeJS.ErrnoException).code === undefined) throw cause
    copyFileSync(from, to)
  }
}

export async function unpack(path: string, folder: string, limits: Limits): Promise<Unpacked> {
  const bytes = fileSize(path)
  const name = basename(path)
  const digest = createHash('sha256')
  for (const piece of pieces(path)) digest.update(piece)
  const hash = digest.digest('hex')

  const source = openSync(path, 'r')
  try {
    const head = Buffer.alloc(4)
    readSync(source, head, 0, 4, 0)
    const more = gauge(bytes, limits)
    const packing =
      head.readUInt16BE(0) === 0x1f8b ? '.gz' : head.toString('latin1', 0, 3) === 'BZh' ? '.bz2' : null
    // The name inside the packing is the name without its extension.
    let inner =
      packing !== null && name.toLowerCase().endsWith(packing) ? basename(name, extname(name)) : name
    let target: string
    if (packing !== null) {
      target = join(folder, `source.${extensionOf(inner) || 'dat'}`)
      const file = openSync(target, 'w')
      try {
        if (packing === '.gz') await gunzipTo(path, file, more)
        else bunzipTo(source, file, more)
      } finally {
        closeSync(file)
      }
    } else if (head.readUInt32BE(0) === 0x504b0304 || head.readUInt32BE(0) === 0x504b0506) {
      const entries = listZip(source, bytes, limits)
      if (isSheet(entries)) {
        // GDAL unpacks it itself and trusts what it is told: so every size is tried here first.
        for (const entry of entries) {
          more(entry.bytes)
          await unzipEntry(source, entry, () => undefined)
        }
        target = join(folder, `source.${extensionOf(name) === 'ods' ? 'ods' : 'xlsx'}`)
        place(path, target)
      } else {
        const chosen = chooseEntries(entries, name)
        for (const entry of chosen) {
          more(entry.bytes)
          await unzipTo(source, entry, join(folder, `source.${extensionOf(entry.name)}`))
        }
        const main = chosen.find(entry => !['dbf', 'shx', 'prj', 'cpg'].includes(extensionOf(entry.name)))!
        inner = basename(main.name)
        target = join(folder, `source.${extensionOf(main.name)}`)
      }
    } else if (['gz', 'bz2', 'zip'].includes(extensionOf(name))) {
      throw new UnreadableFile('not-what-it-says', {
        zh: `“${name}”不是 ${extensionOf(name)} 压缩文件。请检查文件，或改正扩展名。`,
        en: `"${name}" is not packed as ${extensionOf(name)}. Check the file, or correct its extension.`,
      })
    } else {
      more(bytes)
      target = join(folder, `source.${extensionOf(name) || 'dat'}`)
      place(path, target)
      if (extensionOf(name) === 'shp') placeSiblings(path, folder)
    }
    const file = openSync(target, 'r')
    try {
      if (fstatSync(file).size === 0)
        throw new UnreadableFile('empty', {
          zh: `“${name}”解压后是空的。请重新获取文件。`,
          en: `"${name}" is empty when unpacked. Fetch it again.`,
        })
      return { path: target, format: formatOf(file, inner), hash, bytes }
    } finally {
      closeSync(file)
    }
  } finally {
    closeSync(source)
  }
}

function placeSiblings(path: string, folder: string): void {
  const stem = basename(path).slice(0, -4).toLowerCase()
  for (const sibling of readdirSync(dirname(path))) {
    const part = extensionOf(sibling)
    if (part !== 'shp' && SHAPE_PARTS.includes(part) && sibling.slice(0, -4).toLowerCase() === stem)
      place(join(dirname(path), sibling), join(folder, `source.${part}`))
  }
}
