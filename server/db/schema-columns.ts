// Kinds of columns that several tables have.
import type { ColumnType } from 'kysely'

/** Written with a SQL expression, read with one; never selected bare. */
export type Geometry = ColumnType<unknown, unknown, unknown>
export type Now = ColumnType<Date, Date | undefined, Date>
/** Written as text. */
export type Json<T> = ColumnType<T, string, string>
