// Shares a whole number out by weight: largest remainders, exact, and the same for the same input.

/** Whole shares that sum to `total`; equal remainders go to the one that comes first. All zero when nothing weighs. */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  const shares = new Array<number>(weights.length).fill(0)
  if (!(sum > 0)) return shares
  let given = 0
  const remainders: number[] = []
  for (let i = 0; i < weights.length; i++) {
    const quota = (total * weights[i]!) / sum
    shares[i] = Math.floor(quota)
    given += shares[i]!
    remainders.push(quota - shares[i]!)
  }
  const order = remainders.map((_, i) => i).filter(i => weights[i]! > 0)
  order.sort((a, b) => remainders[b]! - remainders[a]! || a - b)
  for (let left = total - given, i = 0; left > 0; left--, i = (i + 1) % order.length) shares[order[i]!]!++
  return shares
}

/**
 * Households for people already shared out: exact, at least one wherever somebody lives when there are enough, and never
 * more than people.
 */
export function apportionHouseholds(total: number, persons: readonly number[]): number[] {
  const inhabited = persons.filter(count => count > 0).length
  if (total < inhabited) return apportion(total, persons)
  const further = apportion(
    total - inhabited,
    persons.map(count => Math.max(0, count - 1)),
  )
  return further.map((count, i) => (persons[i]! > 0 ? count + 1 : 0))
}
