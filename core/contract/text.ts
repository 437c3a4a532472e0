// Text as people type it, and numbers as the tables hold them.
import { type TSchema, Type } from 'typebox'

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

/** One line that people wrote, up to 200 characters. */
export const Line = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: '^[^\\p{Cc}\\p{Cs}]*[^\\p{Cc}\\p{Cs}\\p{Z}][^\\p{Cc}\\p{Cs}]*$',
  description: 'up to 200 characters, not only blanks',
})

/** An instant with its offset: 2026-03-01T08:00:00Z. */
export const Instant = Type.String({ format: 'date-time' })
/** A day in local time: 2026-03-01. */
export const Day = Type.String({
  format: 'date',
  pattern: '^(19|20|21)',
  description: 'of the years 1900 to 2199',
})

/** The code of a county, first in every key. */
export const County = Type.String({ pattern: '^[0-9]{6}$', description: 'county, 6 digits' })

export const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const Id = Type.String({ format: 'uuid' })
export const GridLevel = Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3), Type.Literal(4)])
