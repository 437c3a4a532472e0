// Starts the reading thread from the TypeScript sources (tests and development); the build bundles read-thread.ts itself.
import { tsImport } from 'tsx/esm/api'

await tsImport('./read-thread.ts', import.meta.url)
