// Reads GeoJSON feature by feature in bounded memory, so that one bad feature is one rejected row with its place.
import { truncated } from './file-format.ts'
import { isReasonColumn } from './rejected-rows.ts'
import type { Reason, SourceFeature, SourceShape } from './source-feature.ts'
import { UnreadableFile } from './unreadable.ts'

const LARGEST = 64 * 1024 ** 2
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const QUOTE = 0x22
const BACKSLASH = 0x5c

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

export interface GeoJsonText {
  /** One feature (or bare geometry) as text. */
  readonly feature?: string
  /** What surrounds the features; parsed for `type` and `crs`. */
  readonly frame?: string
}

const damaged = (en: string, zh: string) =>
  new UnreadableFile('damaged', {
    zh: `不是有效的 GeoJSON:${zh}。请重新导出文件。`,
    en: `This is no valid GeoJSON: ${en}. Export the file again.`,
  })

/** Cuts the bytes into features by brackets and quotes alone; what a feature holds is judged later, one by one. */
export function* cutFeatures(
  pieces: Iterable<Buffer>,
  decode: (bytes: Buffer) => string,
): Generator<GeoJsonText> {
  let room = Buffer.allocUnsafeSlow(2 << 20)
  let held = room.subarray(0, 0)
  let dropped = 0
  let at = 0
  let start = -1
  let depth = 0
  let quoted = false
  let collection = 0
  let frame = ''
  let frameFrom = 0
  let count = 0
  for (const piece of pieces) {
    const keep = Math.min(held.length, start >= 0 ? start : Math.min(at, frameFrom))
    const rest = held.subarray(keep)
    const length = rest.length + piece.length
    const next = length > room.length ? Buffer.allocUnsafeSlow(length * 2) : room
    next.set(rest)
    next.set(piece, rest.length)
    room = next
    held = room.subarray(0, length)
    dropped += keep
    at -= keep
    if (start >= 0) start = 0
    frameFrom = Math.max(0, frameFrom - keep)
    if (held.length > LARGEST + piece.length)
      throw new UnreadableFile('too-large', {
        zh: `第 ${count + 1} 个要素超过 64 MB,无法导入。请拆分或简化。`,
        en: `Feature ${count + 1} is larger than 64 MB. Split or simplify it.`,
      })
    for (; at < held.length; at++) {
      const byte = held[at]!
      if (quoted) {
        if (byte === BACKSLASH) at++
        else if (byte === QUOTE) quoted = false
      } else if (byte === QUOTE) quoted = true
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        if (collection === 0 && depth === 1 && byte === OPEN_BRACKET) {
          const before = decode(held.subarray(frameFrom, at))
          if (/"features"\s*:\s*$/.test(before)) {
            collection = 2
            frame = before
          }
        }
        // In a collection features open at depth 2; without one, every root object is a feature of its own.
        if (collection === 2 && depth === 2 && byte === OPEN_BRACE) start = at
        depth++
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        depth--
        if (start >= 0 && depth === 2) {
          count++
          yield { feature: decode(held.subarray(start, at + 1)) }
          start = -1
          frameFrom = at + 1
        } else if (collection === 2 && depth === 1) frameFrom = at
        else if (depth === 0) {
          const text = decode(held.subarray(frameFrom, at + 1))
          if (collection === 2) yield { frame: `${frame}[${text}` }
          else {
            count++
            yield { feature: text }
          }
          collection = 0
          frameFrom = at + 1
        } else if (depth < 0) {
          throw damaged(`a bracket too many at byte ${dropped + at}`, `第 ${dropped + at} 字节处括号多余`)
        }
      }
    }
  }
  if (depth > 0 || quoted)
    throw truncated({
      zh: `在第 ${count + 1} 个要素处(第 ${dropped + at} 字节)中断`,
      en: `it breaks off in feature ${count + 1} (byte ${dropped + at})`,
    })
}

/** The name in a `crs` member of the kind that GeoJSON had before 2016. */
export function crsOfFrame(frame: string): string | null {
  let parsed: Json
  try {
    parsed = JSON.parse(frame.trim()) as Json
  } catch (cause) {
    throw damaged((cause as Error).message, '要素之外的部分有语法错误')
  }
  const crs = (parsed as { crs?: { properties?: { name?: unknown } } }).crs
  return typeof crs?.properties?.name === 'string' ? crs.properties.name : null
}

const reason = (code: string, en: string, zh: string): Reason => ({ code, zh, en })
const KINDS: Record<string, { kind: SourceShape['kind']; depth: number }> = {
  Point: { kind: 'point', depth: 0 },
  MultiPoint: { kind: 'point', depth: 1 },
  LineString: { kind: 'line', depth: 1 },
  MultiLineString: { kind: 'line', depth: 2 },
  Polygon: { kind: 'polygon', depth: 2 },
  MultiPolygon: { kind: 'polygon', depth: 3 },
}

class BadPosition extends Error {}

function flat(positions: Json): number[] {
  if (!Array.isArray(positions)) throw new BadPosition(JSON.stringify(positions))
  const numbers: number[] = []
  for (let i = 0; i < positions.length; i++) {
    const position = positions[i]!
    const x = Array.isArray(position) ? position[0] : null
    const y = Array.isArray(position) ? position[1] : null
    if (typeof x !== 'number' || typeof y !== 'number')
      throw new BadPosition(JSON.stringify(position)?.slice(0, 60))
    numbers.push(x, y)
  }
  return numbers
}
const list = (value: Json): Json[] => {
  if (!Array.isArray(value)) throw new BadPosition(JSON.stringify(value)?.slice(0, 60))
  return value
}

function shapeOf(geometry: Json): SourceShape | null {
  if (geometry === null || typeof geometry !== 'object' || Array.isArray(geometry)) return null
  if (geometry.type === 'GeometryCollection') {
    const members = list(geometry.geometries ?? [])
      .map(shapeOf)
      .filter(shape => shape !== null)
    const kind = (['polygon', 'line', 'point'] as const).find(wanted =>
      members.some(shape => shape.kind === wanted),
    )
    if (kind === undefined) return null
    return { kind, parts: members.filter(shape => shape.kind === kind).flatMap(shape => shape.parts) }
  }
  const known = KINDS[String(geometry.type)]
  if (known === undefined) return null
  const coordinates = geometry.coordinates ?? null
  const { kind, depth } = known
  if (kind === 'point') {
    const points = flat(depth === 0 ? [coordinates] : coordinates)
    const parts = []
    for (let i = 0; i < points.length; i += 2) parts.push([[points[i]!, points[i + 1]!]])
    return { kind, parts }
  }
  if (kind === 'line') {
    const lines = depth === 1 ? [coordinates] : list(coordinates)
    return { kind, parts: lines.map(line => [flat(line)]) }
  }
  const polygons = depth === 2 ? [coordinates] : list(coordinates)
  return { kind, parts: polygons.map(rings => list(rings).map(flat)) }
}

const TOO_DEEP = reason('too-deep', 'has an attribute nested too deep', '属性嵌套过深')

/** Null when it is nested deeper than the stack: the parser has no such bound, the writer does. */
function textOf(value: object): string | null {
  try {
    return JSON.stringify(value)
  } catch (cause) {
    if (cause instanceof RangeError) return null
    throw cause
  }
}

/** One feature's text as a feature; whatever is wrong with it is said in `problem`. */
export function featureOf(text: string, number: number): SourceFeature {
  const empty = { number, layer: 'features', key: null, shape: null, tags: {} }
  let parsed: Json
  try {
    parsed = JSON.parse(text) as Json
  } catch (cause) {
    const message = (cause as Error).message
    return {
      ...empty,
      problem: reason('not-json', `cannot be read as JSON: ${message}`, `无法按 JSON 读取:${message}`),
    }
  }
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed))
    return { ...empty, problem: reason('not-a-feature', 'is no GeoJSON feature', '不是 GeoJSON 要素') }
  const isFeature = parsed.type === 'Feature'
  const tags: Record<string, string> = {}
  const properties = isFeature ? parsed.properties : null
  if (properties !== null && typeof properties === 'object' && !Array.isArray(properties))
    for (const [key, value] of Object.entries(properties)) {
      if (value === null || value === undefined || isReasonColumn(key)) continue
      const text = typeof value === 'object' ? textOf(value) : String(value)
      if (text === null) return { ...empty, problem: TOO_DEEP }
      tags[key] = text
    }
  const id = parsed.id
  const key = typeof id === 'string' || typeof id === 'number' ? String(id) : null
  try {
    const geometry = (isFeature ? parsed.geometry : parsed) ?? null
    const shape = shapeOf(geometry)
    // Without a place it may still be a row: of a table of people.
    const problem =
      shape === null && !(isFeature && geometry === null)
        ? reason('no-geometry', 'has no geometry', '没有几何图形')
        : null
    return { ...empty, key, shape, tags, problem }
  } catch (cause) {
    if (!(cause instanceof BadPosition)) throw cause
    const problem = reason(
      'bad-position',
      `has a position that is no pair of numbers: ${cause.message}`,
      `坐标不是一对数字:${cause.message}`,
    )
    return { ...empty, key, tags, problem }
  }
}
