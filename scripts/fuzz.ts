// Runs the kernel's fuzz walks for long: `--operations N --seed S`, prints what was done or the seed that failed. Of what is
// tried two in five are made, the rest refused: the usual run makes 100,000.
import { parseArgs } from 'node:util'
import { type FuzzReport, fuzz } from '../core/topology/fuzzing.ts'

/** Cells of 400 m, of 40 m, and ones so small that every rounding bites. */
const CELLS = [40_000, 4_000, 400, 120, 40_000_000]

export const main = (argv: readonly string[] = process.argv.slice(2)): number => {
  const { values } = parseArgs({
    args: [...argv],
    options: { operations: { type: 'string', default: '250000' }, seed: { type: 'string', default: '1' } },
  })
  const operations = Number(values.operations)
  let seed = Number(values.seed)
  const sums = { done: 0, splits: 0, merges: 0, outerBends: 0, mostDrift: 0 }
  const others: Record<string, number> = {}
  const refusals: Record<string, number> = {}
  const levels = [0, 0, 0, 0]
  const failed: string[] = []
  const started = performance.now()
  while (sums.done < operations) {
    let report: FuzzReport | null = null
    try {
      report = fuzz({
        seed,
        operations: Math.min(250, operations - sums.done),
        cell: CELLS[seed % CELLS.length]!,
        side: 1 + (seed % 4),
        mostLeaves: 40,
        all: seed % 3 > 0,
        pushes: seed % 3 > 0,
      })
    } catch (error) {
      failed.push(error instanceof Error ? error.message : String(error))
      if (failed.length <= 20) console.error(failed.at(-1)!.slice(0, 900))
      sums.done += 1
    }
    seed++
    if (!report) continue
    sums.done += report.done
    sums.splits += report.splits
    sums.merges += report.merges
    sums.outerBends += report.outerBends
    report.levels.forEach((count, i) => {
      levels[i]! += count
    })
    sums.mostDrift = Math.max(sums.mostDrift, report.mostDrift)
    for (const [kind, count] of Object.entries(report.others)) others[kind] = (others[kind] ?? 0) + count
    for (const [code, count] of Object.entries(report.refusals))
      refusals[code] = (refusals[code] ?? 0) + count
  }
  const made = Object.values(others).reduce((sum, count) => sum + count, sums.splits + sums.merges)
  const seconds = Math.round((performance.now() - started) / 100) / 10
  console.log(JSON.stringify({ ...sums, made, levels, others, refusals, failed: failed.length, seconds }))
  return failed.length === 0 ? 0 : 1
}

if (process.argv[1]?.endsWith('fuzz.ts')) process.exitCode = main()
