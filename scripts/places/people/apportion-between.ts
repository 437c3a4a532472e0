// Shares a whole number out by weight where every share has a least and a greatest value.

/**
 * Whole shares that sum to `total`, near their weights' proportion, each between `low[i]` and `high[i]`. Weights must be
 * positive where a share may grow.
 * @throws where the bounds leave no such shares
 */
export function apportionBetween(
  total: number,
  weights: readonly number[],
  low: readonly number[],
  high: readonly number[],
): number[] {
  const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0)
  if (sum(low) > total || sum(high) < total)
    throw new RangeError(`${total} cannot be shared between ${sum(low)} and ${sum(high)}.`)
  // One factor for all weights, found by halving: shares grow with it, each held in its bounds.
  const heaviest = Math.max(...weights)
  const sharesAt = (factor: number) =>
    weights.map((weight, i) => Math.min(high[i]!, Math.max(low[i]!, (factor * weight) / heaviest)))
  let least = 0
  let most = 1
  while (sum(sharesAt(most)) < total && most < 1e15) most *= 2
  for (let round = 0; round < 80; round++) {
    const middle = (least + most) / 2
    if (sum(sharesAt(middle)) < total) least = middle
    else most = middle
  }
  const exact = sharesAt(most)
  const shares = exact.map((share, i) => Math.max(low[i]!, Math.floor(share)))
  const order = exact.map((_, i) => i)
  order.sort((a, b) => exact[b]! - shares[b]! - (exact[a]! - shares[a]!) || a - b)
  let left = total - sum(shares)
  while (left !== 0)
    for (const i of order) {
      if (left > 0 && shares[i]! < high[i]!) {
        shares[i]!++
        left--
      } else if (left < 0 && shares[i]! > low[i]!) {
        shares[i]!--
        left++
      }
    }
  return shares
}

/** As `apportionBetween`, from zero up to `high`. */
export const apportionUpTo = (total: number, weights: readonly number[], high: readonly number[]): number[] =>
  apportionBetween(
    total,
    weights.map(weight => Math.max(weight, 1e-9)),
    weights.map(() => 0),
    high,
  )
