// Which encoding a file's text is in: a byte order mark, your choice, then what the file says, then whether it is valid UTF-8, then GB 18030.
import { UnreadableFile } from './unreadable.ts'

export type EncodingSource = 'chosen' | 'format' | 'cpg' | 'dbf' | 'valid' | 'fallback'
export interface Encoding {
  /** A label of the Encoding Standard. */
  readonly used: string
  readonly how: EncodingSource
}

export interface EncodingClues {
  readonly chosen: string | null
  /** What the file itself says: a byte order mark, the name in a `.cpg`, the language byte of a `.dbf`. */
  readonly cpg?: string | null
  readonly languageByte?: number
  /** The beginning of the text. */
  readonly sample: Uint8Array
}

export const ENCODINGS = [
  'utf-8',
  'gb18030',
  'gbk',
  'big5',
  'utf-16le',
  'windows-1252',
  'euc-kr',
  'shift_jis',
]

/** dBASE language drivers that say anything; 0x57 (ANSI) is written whatever the text is. */
const LANGUAGE_BYTES: Record<number, string> = {
  77: 'gb18030',
  122: 'gb18030',
  79: 'big5',
  120: 'big5',
  78: 'euc-kr',
  121: 'euc-kr',
  19: 'shift_jis',
  123: 'shift_jis',
  3: 'windows-1252',
}

/** The label for a name as people, ArcGIS and GDAL write it; undefined for one not known. */
export function encodingLabel(name: string): string | undefined {
  const plain = name
    .trim()
    .toLowerCase()
    .replace(/^ansi[ _-]?/, '')
  const digits = /^(?:cp|ms|windows[-_ ]?)?(\d{3,5})$/.exec(plain)?.[1]
  const known: Record<string, string> = {
    '936': 'gbk',
    '950': 'big5',
    '949': 'euc-kr',
    '932': 'shift_jis',
    '65001': 'utf-8',
    '54936': 'gb18030',
  }
  const label =
    digits === undefined ? plain : (known[digits] ?? (digits.startsWith('125') ? `windows-${digits}` : plain))
  try {
    const { encoding } = new TextDecoder(label)
    // GB 18030 holds GBK and GB 2312 whole.
    return encoding === 'gbk' ? 'gb18030' : encoding
  } catch (cause) {
    if (cause instanceof RangeError) return undefined
    throw cause
  }
}

export function decideEncoding({ chosen, cpg, languageByte, sample }: EncodingClues): Encoding {
  // A byte order mark settles it, even against a choice that was made for another file of the kind.
  const marked = byMark(sample)
  if (marked !== undefined) return { used: marked, how: 'valid' }
  if (chosen !== null) {
    const used = encodingLabel(chosen)
    if (used === undefined)
      throw new UnreadableFile('unknown-encoding', {
        zh: `不认识的编码“${chosen}”。常用:utf-8、gbk、gb18030、big5。`,
        en: `Unknown encoding "${chosen}". Common ones: utf-8, gbk, gb18030, big5.`,
      })
    return { used, how: 'chosen' }
  }
  const said = cpg ? encodingLabel(cpg) : undefined
  if (said !== undefined) return { used: said, how: 'cpg' }
  const driver = languageByte === undefined ? undefined : LANGUAGE_BYTES[languageByte]
  if (driver !== undefined) return { used: driver, how: 'dbf' }
  return isUtf8(sample) ? { used: 'utf-8', how: 'valid' } : { used: 'gb18030', how: 'fallback' }
}

function byMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return undefined
}

/** A character cut off at the end of the sample is no fault. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch (cause) {
    if (cause instanceof TypeError) return false
    throw cause
  }
}
