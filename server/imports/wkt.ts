// Reads WKT, as GDAL writes it, into flat coordinates; heights and measures are left out.
import type { SourceShape } from './source-feature.ts'

const KINDS: Record<string, SourceShape['kind']> = {
  POINT: 'point',
  MULTIPOINT: 'point',
  LINESTRING: 'line',
  MULTILINESTRING: 'line',
  POLYGON: 'polygon',
  MULTIPOLYGON: 'polygon',
}

/** One run of `x y[ z[ m]]` between two parentheses. */
function positions(text: string): number[] {
  const flat: number[] = []
  for (const position of text.split(',')) {
    const numbers = position.trim().split(/\s+/)
    flat.push(Number(numbers[0]), Number(numbers[1]))
  }
  return flat
}

/** Null for an empty or unknown geometry. A collection yields its members of the highest dimension. */
export function fromWkt(wkt: string): SourceShape | null {
  const head = /^\s*(?:SRID=\d+;)?\s*([A-Z]+)(?:\s+(?:ZM|Z|M))?\s*/i.exec(wkt)
  const type = head?.[1]?.toUpperCase() ?? ''
  if (type === 'GEOMETRYCOLLECTION') return fromCollection(wkt.slice(head![0].length))
  const kind = KINDS[type]
  if (kind === undefined) return null
  // How many parentheses stand around one run of positions, less one.
  const deep = type === 'MULTIPOLYGON' ? 2 : type === 'POLYGON' || type === 'MULTILINESTRING' ? 1 : 0
  const parts: number[][][] = []
  let depth = -1
  let at = head![0].length
  while (at < wkt.length) {
    const mark = wkt[at]
    if (mark === '(') {
      depth++
      if (kind === 'polygon' && depth === deep - 1) parts.push([])
      at++
    } else if (mark === ')') {
      depth--
      at++
    } else if (depth >= deep && mark !== ',' && mark !== ' ') {
      let end = at
      while (end < wkt.length && wkt[end] !== ')') end++
      const run = positions(wkt.slice(at, end))
      if (kind === 'polygon') parts.at(-1)!.push(run)
      else if (kind === 'line') parts.push([run])
      else for (let i = 0; i < run.length; i += 2) parts.push([[run[i]!, run[i + 1]!]])
      at = end
    } else at++
  }
  return parts.length === 0 ? null : { kind, parts }
}

const DIMENSION = { point: 0, line: 1, polygon: 2 }

function fromCollection(body: string): SourceShape | null {
  let best: SourceShape | null = null
  let depth = 0
  let from = 1
  for (let at = 0; at < body.length; at++) {
    if (body[at] === '(') depth++
    else if (body[at] === ')') depth--
    if (!((body[at] === ',' && depth === 1) || (body[at] === ')' && depth === 0))) continue
    const member = fromWkt(body.slice(from, at))
    from = at + 1
    if (member === null) continue
    if (best !== null && best.kind === member.kind)
      best = { kind: best.kind, parts: [...best.parts, ...member.parts] }
    else if (best === null || DIMENSION[member.kind] > DIMENSION[best.kind]) best = member
  }
  return best
}
