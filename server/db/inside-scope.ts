// Knows whether the code running now was called from within `inScope`, so that a scope in a scope is refused.
import { AsyncLocalStorage } from 'node:async_hooks'

const current = new AsyncLocalStorage<{ open: boolean }>()

/** What `work` started and left running may query again once the scope is over. */
export async function markInside<T>(work: () => Promise<T>): Promise<T> {
  const scope = { open: true }
  try {
    return await current.run(scope, work)
  } finally {
    scope.open = false
  }
}

export function insideScope(): boolean {
  return current.getStore()?.open === true
}
