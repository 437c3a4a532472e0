// What a browser loads before the first map, gzipped, beside what bare MapLibre alone would weigh.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { type Benchmark, rounded } from './benchmark.ts'

const AIM_KB = 900
const root = fileURLToPath(new URL('../..', import.meta.url))
const kilobytes = (path: string) => rounded(gzipSync(readFileSync(path), { level: 6 }).length / 1000, 1)
const sum = (parts: Record<string, number>) =>
  rounded(
    Object.values(parts).reduce((a, b) => a + b, 0),
    1,
  )

export const bundle: Benchmark = async () => {
  const { buildClient } = (await import(join(root, 'scripts/build.mjs'))) as {
    buildClient: () => Promise<string>
  }
  const folder = await buildClient()
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  const named = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path!.slice(1))
  // MapLibre's worker is named by the script; the others load when something is cut or studied.
  const worker = readdirSync(join(folder, 'assets')).find(name => name.startsWith('maplibre-gl-worker'))
  const files = ['index.html', ...named, ...(worker ? [`assets/${worker}`] : [])]
  const ours = Object.fromEntries(files.map(file => [file, kilobytes(join(folder, file))]))
  const library = join(root, 'node_modules/maplibre-gl/dist')
  const theirs = Object.fromEntries(
    ['maplibre-gl.mjs', 'maplibre-gl-shared.mjs', 'maplibre-gl-worker.mjs', 'maplibre-gl.css']
      .filter(file => readdirSync(library).includes(file))
      .map(file => [file, kilobytes(join(library, file))]),
  )
  return {
    ours: { kilobytes: sum(ours), files: ours },
    theirs: { aim: AIM_KB, bareMapLibreKilobytes: sum(theirs), files: theirs },
    ratio: { ofAim: rounded(sum(ours) / AIM_KB), ofBareMapLibre: rounded(sum(ours) / sum(theirs)) },
  }
}
