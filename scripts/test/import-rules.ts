// Who may import whom, as docs and architecture say it; every rule is one line of the table below.
import { isBuiltin } from 'node:module'
import { posix } from 'node:path'

export interface SourceFile {
  /** From the project's folder, with slashes. */
  readonly path: string
  readonly imports: readonly string[]
}
export interface Violation {
  readonly path: string
  readonly imported: string
  readonly rule: string
}

interface Rule {
  readonly says: string
  readonly applies: (path: string) => boolean
  /** `target` is a path of ours, or the name of a package. */
  readonly forbids: (target: string, from: string) => boolean
}

const FOLDERS = ['core', 'server', 'client', 'migrations', 'scripts'] as const
const inside = (...folders: string[]) => {
  return (path: string) => folders.some(folder => path.startsWith(`${folder}/`))
}
const isTest = (path: string) => /\.test\.tsx?$/.test(path)
const isOurs = inside(...FOLDERS)
const named = (path: string, name: string) => path.startsWith('server/') && path.endsWith(`/${name}.ts`)
const isMapPackage = (target: string) =>
  /^(maplibre-gl|react-map-gl|terra-draw|deck\.gl|@deck\.gl\/|@vis\.gl\/|@luma\.gl\/)/.test(target)
const isPlatformPackage = (target: string) =>
  /^(pg|kysely|fastify|@fastify\/|react|react-dom|@mantine\/|@electric-sql\/|pino|vite)(\/|$)/.test(target)

const RULES: readonly Rule[] = [
  {
    says: 'core imports nothing of ours but core',
    applies: inside('core'),
    forbids: target => isOurs(target) && !target.startsWith('core/'),
  },
  {
    says: 'core knows no Node, database, server or screen',
    applies: path => path.startsWith('core/') && !isTest(path),
    forbids: target => isBuiltin(target) || isPlatformPackage(target),
  },
  {
    says: 'server imports core, server and migrations only',
    applies: inside('server'),
    forbids: inside('client', 'scripts'),
  },
  {
    says: 'client imports core and client only',
    applies: inside('client'),
    forbids: inside('server', 'scripts', 'migrations'),
  },
  {
    says: 'queries.ts knows no Fastify',
    applies: path => named(path, 'queries'),
    forbids: target => /^(fastify|@fastify\/)/.test(target),
  },
  {
    says: "routes.ts never reaches into another subject's routes",
    applies: path => named(path, 'routes'),
    forbids: (target, from) => named(target, 'routes') && posix.dirname(target) !== posix.dirname(from),
  },
  {
    says: 'only client/map imports the map and drawing packages',
    applies: path => !path.startsWith('client/map/'),
    forbids: isMapPackage,
  },
  {
    says: 'client/modes knows no map',
    applies: inside('client/modes'),
    forbids: inside('client/map'),
  },
  {
    says: 'client/workers imports, of ours, core only, and no screen',
    applies: path => path.startsWith('client/workers/') && !isTest(path),
    forbids: target =>
      (isOurs(target) && !inside('core', 'client/workers')(target)) || isPlatformPackage(target),
  },
  {
    says: 'migrations import only kysely',
    applies: path => path.startsWith('migrations/') && !isTest(path),
    forbids: target => target !== 'kysely' && !target.startsWith('migrations/'),
  },
  {
    says: 'nothing imports scripts',
    applies: path => !path.startsWith('scripts/'),
    forbids: inside('scripts'),
  },
]

export function violationsIn(files: readonly SourceFile[]): Violation[] {
  return files.flatMap(({ path, imports }) =>
    imports.flatMap(imported => {
      const target = imported.startsWith('.') ? posix.join(posix.dirname(path), imported) : imported
      return RULES.filter(rule => rule.applies(path) && rule.forbids(target, path)).map(rule => ({
        path,
        imported,
        rule: rule.says,
      }))
    }),
  )
}

const STATEMENT = /(?:^|[;}\n])\s*(?:import|export)\b(?:[^'"`;]*?\bfrom)?\s*(['"])([^'"\n]+)\1/g
const CALL = /\b(?:import|require)\(\s*(['"])([^'"\n]+)\1/g

/** The names that a source imports, also `import type`, `export … from` and `import()`. */
export function importsIn(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
  return [STATEMENT, CALL].flatMap(pattern => [...code.matchAll(pattern)].map(found => found[2]!))
}
