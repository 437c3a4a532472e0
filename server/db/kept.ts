// Statements whose plan is kept: a request of many small ones would spend more time planning them than running them.
import { sql } from 'kysely'

const MARK = '/* kept */'

/**
 * To stand first in a statement that is sent again and again with the same text: the server engine prepares it once for
 * each connection. Not for statements whose text varies without bound.
 */
export const kept = sql.raw(MARK)

export const isKept = (statement: string): boolean => statement.trimStart().startsWith(MARK)
