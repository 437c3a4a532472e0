// What can go wrong between a query and its answer, by name, so that callers can tell a full queue from a lost statement.

/** The engine ended a statement without an answer and without an error: a swallowed GEOS or PROJ exception. */
export class StatementLostError extends Error {
  override readonly name = 'StatementLostError'
  readonly code = 'statement-lost'
  constructor(readonly statement: string) {
    super(
      `The database engine broke off a statement without saying why (an error inside GEOS or PROJ). ` +
        `Its transaction is rolled back. Statement: ${shortened(statement)}`,
    )
  }
}

/** A statement ran longer than it may; its transaction is rolled back. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError'
  readonly code = 'statement-deadline'
  constructor(statement: string, milliseconds: number) {
    super(`A statement took longer than ${milliseconds / 1000} s and was ended: ${shortened(statement)}`)
  }
}

/** The engine or the connection went away; whether a commit under way took effect is unknown. */
export class EngineLostError extends Error {
  override readonly name = 'EngineLostError'
  readonly code = 'engine-lost'
}

/** COMMIT was answered with ROLLBACK, because an error inside the transaction had been caught and passed over. */
export class TransactionLostError extends Error {
  override readonly name = 'TransactionLostError'
  readonly code = 'transaction-lost'
  constructor() {
    super(
      'The transaction was rolled back at its commit: a statement in it had failed and the error was passed over.',
    )
  }
}

/** The queue for the database is full, or waiting in it took too long: 503 and try again. */
export class DatabaseBusyError extends Error {
  override readonly name = 'DatabaseBusyError'
  readonly code = 'database-busy'
}

/** A scope inside a scope would wait for itself for ever on the embedded engine, so both engines refuse it. */
export class NestedScopeError extends Error {
  override readonly name = 'NestedScopeError'
  readonly code = 'nested-scope'
  constructor() {
    super('inScope inside inScope, or a query of `owner` inside inScope: pass the `tx` on instead.')
  }
}

/** The database cannot be opened or brought up to date; the message is a sentence for whoever runs Huage. */
export class DatabaseUnusableError extends Error {
  override readonly name = 'DatabaseUnusableError'
  readonly code = 'database-unusable'
}

function shortened(statement: string): string {
  const line = statement.replace(/\s+/g, ' ').trim()
  return line.length > 300 ? `${line.slice(0, 300)}…` : line
}
