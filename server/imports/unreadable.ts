// A file that cannot be read: what is wrong, where, and what to do, in both languages.

export interface Sentence {
  readonly zh: string
  readonly en: string
}

export const UNREADABLE_CODES = [
  'not-found',
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
