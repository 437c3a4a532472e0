// GeoJSON as Well-Known Text, digit for digit.

export const wktOf = (geometry: string): string => {
  const { type, coordinates } = JSON.parse(geometry) as { type: string; coordinates: unknown }
  const body = written(coordinates)
  return `${type.toUpperCase()} ${type === 'Point' ? `(${body})` : body}`
}

/** A position is `x y`, a list of anything stands in brackets. */
function written(coordinates: unknown): string {
  const list = coordinates as unknown[]
  if (typeof list[0] === 'number') return list.join(' ')
  return `(${list.map(written).join(', ')})`
}
