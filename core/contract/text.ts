// Text as people type it, and numbers as the tables hold them.
import { Type } from 'typebox'

/** A name: something to see, no control characters, no halves of characters. */
export const Name = Type.String({
  minLength: 1,
  maxLength: 100,
  pattern: '^[^\\p{Cc}\\p{Cs}]*[^\\p{Cc}\\p{Cs}\\p{Z}][^\\p{Cc}\\p{Cs}]*$',
  description: 'up to 100 characters, not only blanks',
})

/** A note of several lines: everything but zero bytes and halves of characters, which no database stores. */
export const NoteText = Type.String({ maxLength: 1000, pattern: '^[^\\0\\p{Cs}]*$' })

/** The largest `integer` of a table. */
export const LARGEST_REVISION = 2 ** 31 - 1
