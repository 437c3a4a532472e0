// Fades an opacity that may be a number, an expression by state, or one by zoom (which must stay outermost).

const isExpression = (value: unknown): value is unknown[] => Array.isArray(value)

export function fade(opacity: unknown, factor: number): unknown {
  if (opacity === undefined) return factor
  if (factor === 1) return opacity
  if (typeof opacity === 'number') return opacity * factor
  if (!isExpression(opacity)) return opacity
  const outputs = opacity[0] === 'interpolate' ? 4 : opacity[0] === 'step' ? 2 : undefined
  if (outputs === undefined) return ['*', factor, opacity]
  return opacity.map((part, index) =>
    index >= outputs && (index - outputs) % 2 === 0 ? fade(part, factor) : part,
  )
}
