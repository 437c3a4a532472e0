// How long one transaction lets its statements run: said to PostgreSQL as a setting, read by our own watchdog.

/** Until the end of the transaction. */
export function deadlineStatement(seconds: number): string {
  return `set local statement_timeout = ${Math.round(seconds * 1000)}`
}

const STATEMENT = /^set local statement_timeout = (\d+)$/

/** The milliseconds such a statement sets; undefined for any other statement. */
export function ownDeadline(statement: string): number | undefined {
  const found = STATEMENT.exec(statement)
  return found ? Number(found[1]) : undefined
}
