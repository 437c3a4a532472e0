// From the source's coordinates to the lattice: coordinate system, then datum, then one rounding, once.
import type { Datum } from '../../core/contract/imports.ts'
import { LATTICE } from '../../core/topology/model.ts'
import type { Reason, SourceShape } from './source-feature.ts'
import { UnreadableFile } from './unreadable.ts'

export type { Datum }

/** Writes degrees over flat source coordinates. */
export type ToDegrees = (flat: number[]) => void

const gaussKrueger = (centralMeridian: number, falseEasting: number) =>
  `+proj=tmerc +lat_0=0 +lon_0=${centralMeridian} +k=1 +x_0=${falseEasting} +y_0=0 +ellps=GRS80 +units=m +no_defs`

/** A PROJ definition of the systems that files here come in; null for degrees; undefined for one not known. */
export function definitionOf(crs: string): string | null | undefined {
  if (/CRS:?84|WGS ?84$/i.test(crs)) return null
  const code = Number(/^(?:EPSG|urn:ogc:def:crs:EPSG):(?:[\d.]*:)?(\d+)$/i.exec(crs.trim())?.[1])
  // Degrees on ellipsoids that agree with ours to a metre or two: ETRS89, NAD83, GDA94, JGD2000 … as surveyors take them.
  if ([4326, 4490, 4258, 4979, 4269, 4283, 4612, 6668].includes(code)) return null
  if (code === 3857 || code === 900913) return 'EPSG:3857'
  // CGCS2000 Gauss–Krüger: 6° and 3° zones, each with the zone number before the easting and without.
  if (code >= 4491 && code <= 4501)
    return gaussKrueger(75 + (code - 4491) * 6, (code - 4491 + 13) * 1e6 + 5e5)
  if (code >= 4502 && code <= 4512) return gaussKrueger(75 + (code - 4502) * 6, 5e5)
  if (code >= 4513 && code <= 4533)
    return gaussKrueger(75 + (code - 4513) * 3, (code - 4513 + 25) * 1e6 + 5e5)
  if (code >= 4534 && code <= 4554) return gaussKrueger(75 + (code - 4534) * 3, 5e5)
  if (code > 32600 && code <= 32660) return `+proj=utm +zone=${code - 32600} +datum=WGS84 +units=m +no_defs`
  if (code > 32700 && code <= 32760)
    return `+proj=utm +zone=${code - 32700} +south +datum=WGS84 +units=m +no_defs`
  return undefined
}

export const unknownCrs = (crs: string) =>
  new UnreadableFile('unknown-crs', {
    zh: `不认识的坐标系“${crs}”。请用 --crs EPSG:代码 指明（CGCS2000:EPSG:4490,高斯-克吕格:EPSG:4491–4554）。`,
    en: `Unknown coordinate system "${crs}". Name it with --crs EPSG:n (CGCS2000: EPSG:4490, Gauss–Krüger: EPSG:4491–4554).`,
  })

export const metresWithoutCrs = (candidates: readonly string[] = []) => {
  const likely = candidates.slice(0, 3).join(', ')
  return new UnreadableFile('unknown-crs', {
    zh: `坐标不是经纬度，文件也没有说明坐标系。请用 --crs EPSG:代码 指明${likely && `（可能是 ${likely}）`}。`,
    en: `The coordinates are no degrees, and the file does not name their system. Name it with --crs EPSG:n${likely && ` (perhaps ${likely})`}.`,
  })
}

/**
 * Loads what it needs: most files need none of it.
 * @param swapAxes the source gives latitude or northing first
 */
export async function toDegrees(crs: string | null, datum: Datum, swapAxes = false): Promise<ToDegrees> {
  const definition = crs === null ? null : definitionOf(crs)
  if (definition === undefined) throw unknownCrs(crs!)
  const projection = definition === null ? null : (await import('proj4')).default(definition, 'EPSG:4326')
  const { default: gcoord } = await import('gcoord')
  const from = { gcj02: gcoord.GCJ02, bd09: gcoord.BD09, wgs84: null, cgcs2000: null }[datum]
  return flat => {
    for (let i = 0; i < flat.length; i += 2) {
      let position: [number, number] = swapAxes ? [flat[i + 1]!, flat[i]!] : [flat[i]!, flat[i + 1]!]
      if (projection !== null) position = projection.forward(position) as [number, number]
      // gcoord may write into what it is given: this pair is ours.
      if (from !== null) position = gcoord.transform([position[0], position[1]], from, gcoord.WGS84)
      flat[i] = position[0]
      flat[i + 1] = position[1]
    }
  }
}

const reason = (code: string, en: string, zh: string): Reason => ({ code, zh, en })

/** The shape in whole lattice steps, or why it has no place on earth. */
export function onLattice(shape: SourceShape, convert: ToDegrees | null): SourceShape | Reason {
  const parts: number[][][] = []
  for (const part of shape.parts) {
    const rings: number[][] = []
    for (const ring of part) {
      const flat = ring.slice()
      for (let i = 0; i < flat.length; i++)
        if (!Number.isFinite(flat[i]))
          return reason('bad-position', `has the coordinate ${flat[i]}`, `坐标值为 ${flat[i]}`)
      convert?.(flat)
      for (let i = 0; i < flat.length; i += 2) {
        const x = flat[i]!
        const y = flat[i + 1]!
        if (!(Math.abs(x) <= 180 && Math.abs(y) <= 90))
          return reason(
            'outside-world',
            `lies at ${ring[i]}, ${ring[i + 1]}, which is no longitude and latitude`,
            `位置 ${ring[i]}, ${ring[i + 1]} 不是经纬度`,
          )
        // Adding zero turns -0 into 0.
        flat[i] = Math.round(x * LATTICE) + 0
        flat[i + 1] = Math.round(y * LATTICE) + 0
      }
      rings.push(flat)
    }
    parts.push(rings)
  }
  return { kind: shape.kind, parts }
}
