// Where the program's own files are: the folder of Huage's package.json, above the sources and above the bundle.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

let found: string | undefined

export function projectFolder(): string {
  found ??= search(dirname(fileURLToPath(import.meta.url)))
  return found
}

export function projectFile(path: string): URL {
  return pathToFileURL(join(projectFolder(), path))
}

function search(folder: string): string {
  const manifest = join(folder, 'package.json')
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === 'huage') return folder
  const above = dirname(folder)
  if (above === folder) throw new Error('Huage does not find its own package.json.')
  return search(above)
}
