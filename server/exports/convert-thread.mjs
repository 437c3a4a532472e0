// Starts the converting thread from the TypeScript sources (tests and development); the build bundles convert-thread.ts itself.
import { tsImport } from 'tsx/esm/api'

await tsImport('./convert-thread.ts', import.meta.url)
