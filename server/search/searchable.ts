// Text as it is compared when somebody searches: plain characters, first letters of pinyin, pairs of characters.
import { pinyin } from 'pinyin-pro'

/** Small letters, full-width ones made narrow, nothing but letters and digits of any script. */
export const plainOf = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

const CHINESE = /\p{Script=Han}/u
const letterOf = new Map<string, string>()

/** The usual first letter of one character; '' for what has none. */
function firstLetter(character: string): string {
  let letter = letterOf.get(character)
  if (letter === undefined) {
    const [read = ''] = CHINESE.test(character)
      ? pinyin(character, { pattern: 'first', toneType: 'none', type: 'array' })
      : [character]
    letter = /^[a-z0-9]$/.test(read) ? read : ''
    letterOf.set(character, letter)
  }
  return letter
}

/**
 * First letters: 花园路12号 → hyl12h.
 * @param reading `character`: each one's usual reading, thirty times as quick; `words` and `person` know that 重庆 is not
 * zhongqing and 单雄信 is a Shan
 */
export function initialsOf(plain: string, reading: 'character' | 'words' | 'person'): string {
  if (reading === 'character') return Array.from(plain, firstLetter).join('')
  return pinyin(plain, {
    pattern: 'first',
    toneType: 'none',
    type: 'array',
    ...(reading === 'person' && { surname: 'head' }),
  })
    .map(read => (/^[a-z0-9]+$/.test(read) ? read : ''))
    .join('')
}

/** A number for each pair of neighbours; two pairs may share one, so whoever finds by them looks again. */
export function pairsOf(plain: string): number[] {
  const pairs = new Set<number>()
  for (let i = 1; i < plain.length; i++) {
    pairs.add((Math.imul(plain.charCodeAt(i - 1), 65_599) + plain.charCodeAt(i)) | 0)
  }
  return [...pairs]
}
