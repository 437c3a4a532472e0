// Checks the import rules over all sources; ends with 1 and names each fault when there is any.
import { readdirSync, readFileSync } from 'node:fs'
import { importsIn, violationsIn } from './import-rules.ts'

const files = ['core', 'server', 'client', 'migrations', 'scripts'].flatMap(folder =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.(ts|tsx|mjs)$/.test(name) && !name.endsWith('.d.ts'))
    .map(name => `${folder}/${name.replaceAll('\\', '/')}`),
)
const violations = violationsIn(files.map(path => ({ path, imports: importsIn(readFileSync(path, 'utf8')) })))
for (const { path, imported, rule } of violations) console.error(`${path} imports ${imported}: ${rule}`)
console.log(`${files.length} files, ${violations.length} forbidden imports`)
process.exitCode = violations.length > 0 ? 1 : 0
