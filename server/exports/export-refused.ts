// Why something cannot be exported: a code and a sentence in both languages.
import type { Sentence } from '../imports/unreadable.ts'

export class ExportRefused extends Error {
  readonly code: 'unknown-plan' | 'unknown-layer' | 'nothing-to-export' | 'no-place' | 'cannot-write'
  readonly sentence: Sentence
  constructor(code: ExportRefused['code'], sentence: Sentence) {
    super(sentence.en)
    this.name = 'ExportRefused'
    this.code = code
    this.sentence = sentence
  }
}
