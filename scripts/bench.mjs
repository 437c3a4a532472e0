#!/usr/bin/env node
// `npm run bench [name]`: bundles the benchmarks and runs one of them, or all.
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
await build({
  absWorkingDir: root,
  entryPoints: {
    index: 'scripts/bench/index.ts',
    'read-thread': 'server/imports/read-thread.ts',
    'repair-thread': 'server/imports/grids/repair-thread.ts',
  },
  splitting: true,
  outdir: 'dist/bench',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
})
const { main } = await import(pathToFileURL(`${root}dist/bench/index.js`).href)
process.exitCode = await main(process.argv.slice(2))
