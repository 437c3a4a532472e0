// `npm test`: types, lint and import rules, then every test; the last line is `N passed, N failed`.
// Arguments go to Vitest: `npm test -- server/db` runs a part.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const results = join(root, '.cache', 'test-results.json')
const program = path => join(root, 'node_modules', path)

const STEPS = [
  { name: 'types', run: [program('typescript/bin/tsc'), '--noEmit'] },
  { name: 'lint', run: [program('@biomejs/biome/bin/biome'), 'check', '.'] },
  // Once, before several tests of screens would.
  { name: 'build', run: ['scripts/build.mjs'] },
  { name: 'import rules', run: ['--import', 'tsx', 'scripts/test/check-imports.ts'] },
]

const seconds = since => `${((Date.now() - since) / 1000).toFixed(1)} s`

/** Runs Node with these arguments. @returns whether it ended with 0 */
async function succeeds(args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' })
  return await new Promise(resolve => {
    child.once('error', () => resolve(false))
    child.once('exit', code => resolve(code === 0))
  })
}

/** A file that could not be loaded and an error outside every test are failures too. */
function countTests(ended) {
  if (!existsSync(results)) return { passed: 0, failed: 1 }
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(results, 'utf8'))
  const brokenFiles = testResults.filter(
    file => file.status === 'failed' && !file.assertionResults.some(test => test.status === 'failed'),
  ).length
  const failed = numFailedTests + brokenFiles
  return { passed: numPassedTests, failed: failed === 0 && !ended ? 1 : failed }
}

const start = Date.now()
let passed = 0
let failed = 0
const times = []
for (const { name, run } of STEPS) {
  console.log(`\n— ${name}`)
  const since = Date.now()
  const ok = await succeeds(run)
  if (ok) passed++
  else failed++
  times.push(`${name} ${ok ? '' : 'FAILED '}${seconds(since)}`)
}

console.log('\n— tests')
const since = Date.now()
mkdirSync(join(root, '.cache'), { recursive: true })
rmSync(results, { force: true })
const ended = await succeeds([
  program('vitest/vitest.mjs'),
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${results}`,
  ...process.argv.slice(2),
])
const tests = countTests(ended)
passed += tests.passed
failed += tests.failed
times.push(`tests ${tests.failed > 0 ? 'FAILED ' : ''}${seconds(since)}`)

console.log(`\n${times.join(', ')}; ${seconds(start)} in all`)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
