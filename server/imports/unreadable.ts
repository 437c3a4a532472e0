// A file that cannot be read: what is wrong, where, and what to do, in both languages.

export interface Sentence {
  readonly zh: string
  readonly en: string
}

export const UNREADABLE_CODES = [
  'not-found',
  'not-readable',
  'disk-full',
  'rejects-not-written',
  'empty',
  'not-what-it-says',
  'unknown-format',
  'truncated',
  'damaged',
  'too-large',
  'too-slow',
  'unsafe-archive',
  'unknown-crs',
  'unknown-encoding',
  'unknown-source-layer',
  'nothing-for-layer',
  'unknown-profile',
  'elsewhere',
  'cannot-repair',
  'codes-exhausted',
] as const
export type UnreadableCode = (typeof UNREADABLE_CODES)[number]

/** Thrown before anything is written: the file is refused as a whole and the database stays as it was. */
export class UnreadableFile extends Error {
  readonly code: UnreadableCode
  readonly sentence: Sentence
  constructor(code: UnreadableCode, sentence: Sentence) {
    super(sentence.en)
    this.name = 'UnreadableFile'
    this.code = code
    this.sentence = sentence
  }
}

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])
const SHUT = new Set(['EACCES', 'EPERM', 'EROFS', 'EIO'])

/** What the operating system did not allow while a file was unpacked and read; null: it was something else. */
export function refusedBySystem(cause: unknown, name: string): UnreadableFile | null {
  const code = codeOf(cause)
  if (FULL.has(code))
    return new UnreadableFile('disk-full', {
      zh: `临时文件夹所在的磁盘已满，无法读取“${name}”。请腾出空间后重试。`,
      en: `The disk with the temporary folder is full, so "${name}" cannot be read. Make room and try again.`,
    })
  if (SHUT.has(code))
    return new UnreadableFile('not-readable', {
      zh: `无法读取文件“${name}”（${code}）。请检查文件权限。`,
      en: `The file "${name}" cannot be read (${code}). Check its permissions.`,
    })
  return null
}

/** The same of a file that was to be written into a folder of the user's. */
export function writingRefused(cause: unknown, path: string): UnreadableFile | null {
  const code = codeOf(cause)
  if (!FULL.has(code) && !SHUT.has(code) && !['ENOTDIR', 'EEXIST', 'ENOENT', 'EISDIR'].includes(code))
    return null
  return new UnreadableFile('rejects-not-written', {
    zh: `无法写入“${path}”（${code}），因此没有导入任何数据。请腾出空间，或换到可写的文件夹。`,
    en: `"${path}" cannot be written (${code}), so nothing was imported. Make room, or change to a folder that can be written.`,
  })
}

const codeOf = (cause: unknown): string => {
  const code = cause instanceof Error && 'code' in cause ? cause.code : ''
  return typeof code === 'string' ? code : ''
}
