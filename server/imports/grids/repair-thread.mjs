// Starts the repairing thread from the TypeScript sources (tests and development); the build bundles repair-thread.ts itself.
import { tsImport } from 'tsx/esm/api'

await tsImport('./repair-thread.ts', import.meta.url)
