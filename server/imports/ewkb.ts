// Lattice shapes as hexadecimal EWKB in EPSG:4326: what PostGIS reads fastest, the same on both engines.
import { LATTICE, type Position, type Shape } from '../../core/topology/model.ts'

const WITH_SRID = 0x20000000
const TYPES = { point: 1, line: 2, polygon: 3, multiPoint: 4, multiLine: 5, multiPolygon: 6 }

/** One for all: a shape is written and read before the next. */
let scratch = Buffer.allocUnsafeSlow(1 << 16)
let view = new DataView(scratch.buffer)

class Writer {
  readonly #bytes: Buffer
  readonly #view: DataView
  #at = 0
  constructor(length: number) {
    if (length > scratch.length) {
      scratch = Buffer.allocUnsafeSlow(Math.max(length, scratch.length * 2))
      view = new DataView(scratch.buffer)
    }
    this.#bytes = scratch
    this.#view = view
  }
  head(type: number, srid = false): void {
    this.#bytes[this.#at] = 1
    this.#bytes.writeUInt32LE(srid ? type + WITH_SRID : type, this.#at + 1)
    this.#at += 5
    if (srid) this.count(4326)
  }
  count(value: number): void {
    this.#at = this.#bytes.writeUInt32LE(value, this.#at)
  }
  position(x: number, y: number): void {
    this.#view.setFloat64(this.#at, x / LATTICE, true)
    this.#view.setFloat64(this.#at + 8, y / LATTICE, true)
    this.#at += 16
  }
  hex(): string {
    return this.#bytes.toString('hex', 0, this.#at)
  }
}

export function pointEwkb([x, y]: Position): string {
  const writer = new Writer(25)
  writer.head(TYPES.point, true)
  writer.position(x, y)
  return writer.hex()
}

/** One point stays a point. */
export function multiPointEwkb(points: readonly (readonly number[])[]): string {
  if (points.length === 1) return pointEwkb([points[0]![0]!, points[0]![1]!])
  const writer = new Writer(13 + points.length * 21)
  writer.head(TYPES.multiPoint, true)
  writer.count(points.length)
  for (const [x, y] of points) {
    writer.head(TYPES.point)
    writer.position(x!, y!)
  }
  return writer.hex()
}

export function multiLineEwkb(lines: readonly (readonly number[])[]): string {
  const writer = new Writer(13 + lines.reduce((sum, line) => sum + 9 + line.length * 8, 0))
  writer.head(TYPES.multiLine, true)
  writer.count(lines.length)
  for (const line of lines) {
    writer.head(TYPES.line)
    writer.count(line.length / 2)
    for (let i = 0; i < line.length; i += 2) writer.position(line[i]!, line[i + 1]!)
  }
  return writer.hex()
}

export function multiPolygonEwkb(shape: Shape): string {
  let length = 13
  for (const face of shape) {
    length += 9
    for (const ring of face) length += 4 + (ring.length + 2) * 8
  }
  const writer = new Writer(length)
  writer.head(TYPES.multiPolygon, true)
  writer.count(shape.length)
  for (const face of shape) {
    writer.head(TYPES.polygon)
    writer.count(face.length)
    for (const ring of face) {
      writer.count(ring.length / 2 + 1)
      for (let i = 0; i < ring.length; i += 2) writer.position(ring[i]!, ring[i + 1]!)
      writer.position(ring[0]!, ring[1]!)
    }
  }
  return writer.hex()
}
