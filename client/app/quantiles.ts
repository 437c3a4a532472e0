// Classes for a choropleth: about as many grids in each, at breaks that are round numbers.

/** Two digits that count: 1,234 → 1,200; 0.0567 → 0.057. */
export function rounded(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return value
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1)
  const times = Math.round(value / unit)
  return unit < 1 ? times / Math.round(1 / unit) : times * unit
}

/**
 * Where up to `classes` classes of about equal size begin, the first of them left out: ascending, each above the one
 * before and above the least value, so that no class is empty of meaning. Equal values give one class and no break.
 */
export function quantileBreaks(values: readonly number[], classes: number): number[] {
  const sorted = [...values].sort((a, b) => a - b)
  const least = sorted[0]
  const most = sorted.at(-1)
  if (least === undefined || most === undefined) return []
  const breaks: number[] = []
  for (let step = 1; step < classes; step++) {
    const value = rounded(sorted[Math.floor((step * sorted.length) / classes)] ?? most)
    if (value > (breaks.at(-1) ?? least) && value <= most) breaks.push(value)
  }
  return breaks
}
