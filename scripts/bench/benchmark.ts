// What a benchmark returns, and the few statistics they share.

export interface Result {
  readonly ours: Record<string, unknown>
  readonly theirs: Record<string, unknown>
  readonly ratio: Record<string, unknown>
}
export type Benchmark = () => Promise<Result>

/** The value below which a share of the sample lies (nearest rank). */
export function percentile(sample: readonly number[], share: number): number {
  const sorted = [...sample].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits))

/** Milliseconds of one call. */
export async function timed<T>(work: () => Promise<T>): Promise<[milliseconds: number, result: T]> {
  const from = performance.now()
  const result = await work()
  return [performance.now() - from, result]
}
