// Runs benchmarks by name; each prints one JSON object as its last line, both sides measured in the same run.
import type { Benchmark } from './benchmark.ts'
import { bundle } from './bundle.ts'
import { card } from './card.ts'
import { demo } from './demo.ts'
import { edit } from './edit.ts'
import { heat } from './heat.ts'
import { importBenchmark } from './import.ts'
import { kernel } from './kernel.ts'
import { query } from './query.ts'
import { start } from './start.ts'
import { tiles } from './tiles.ts'

const BENCHMARKS: Record<string, Benchmark> = {
  start,
  bundle,
  tiles,
  edit,
  kernel,
  demo,
  card,
  query,
  heat,
  import: importBenchmark,
}

export async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter(name => !(name in BENCHMARKS))
  if (unknown.length > 0) {
    console.error(
      `No such benchmark: ${unknown.join(', ')}. There are: ${Object.keys(BENCHMARKS).join(', ')}`,
    )
    return 2
  }
  for (const name of names.length > 0 ? names : Object.keys(BENCHMARKS)) {
    const result = await BENCHMARKS[name]!()
    console.log(JSON.stringify({ name, ...result }))
  }
  return 0
}
