// Opens an unpacked file: which layers it holds, how its text and its numbers are to be read, and its features one by one.
import type { Datum } from '../../core/contract/imports.ts'
import { definitionOf, metresWithoutCrs, onLattice, type ToDegrees, toDegrees } from './coordinates.ts'
import { openWithGdal } from './gdal-source.ts'
import { guessCrs } from './guess-crs.ts'
import type { Limits } from './limits.ts'
import type { SourceFeature, SourceFile, SourceShape } from './source-feature.ts'
import { openCsv, openGeoJson } from './text-source.ts'
import type { Unpacked } from './unpack.ts'

/** How a file is to be read; null: find out. */
export interface ReadSettings {
  readonly crs: string | null
  readonly datum: Datum
  readonly encoding: string | null
  readonly swapAxes: boolean | null
  /** One layer of those in the file; null: all. */
  readonly sourceLayer: string | null
  /** Column → role, as somebody has said: which ones hold the place. */
  readonly columns: Readonly<Record<string, string>>
  /** A longitude where the data is likely to lie. */
  readonly near: number | null
}
export interface SourceRequest extends ReadSettings {
  readonly folder: string
  readonly limits: Limits
  /** To look at a file, so many features of each layer are enough; null: all. */
  readonly most: number | null
}

/** A file whose coordinates are still its own. */
export interface RawSource {
  readonly layers: SourceFile['layers']
  readonly encoding: SourceFile['encoding']
  /** What the file says its coordinates are in; null: it does not say. */
  readonly declaredCrs: string | null
  /** Set when the format or the reader has made them degrees already. */
  readonly inDegrees: boolean
  /** Of CSV. */
  readonly delimiter?: string
  /** What the file lacks, though it can be read. */
  readonly lacks?: SourceFile['lacks']
  /** @param whole a sheet's own column of places too, as one of its columns */
  features(whole?: boolean): Generator<SourceFeature>
}

export interface OpenSource {
  readonly file: Omit<SourceFile, 'name' | 'format' | 'hash' | 'bytes'> & { readonly delimiter?: string }
  readonly inDegrees: boolean
  /** On the lattice. */
  features(): Generator<SourceFeature>
  /** As the file has them. */
  rawFeatures(): Generator<SourceFeature>
}

const SAMPLE = 1000

export async function openSource(unpacked: Unpacked, request: SourceRequest): Promise<OpenSource> {
  const raw =
    unpacked.format === 'geojson'
      ? openGeoJson(unpacked, request)
      : unpacked.format === 'csv'
        ? openCsv(unpacked, request)
        : unpacked.format === 'kml'
          ? (await import('./kml-source.ts')).openKml(unpacked, request)
          : await openWithGdal(unpacked, request)
  const kinds = new Set<SourceShape['kind']>()
  const { crs, crsHow, candidates, swapAxes } = decideCrs(raw, request, kinds)
  if (crsHow === 'unknown' && request.most === null) throw metresWithoutCrs(candidates)
  const known = raw.inDegrees || crs === null || definitionOf(crs) === null
  const plain = known && !swapAxes && (request.datum === 'wgs84' || request.datum === 'cgcs2000')
  const convert = plain ? null : await toDegrees(known ? null : crs, request.datum, swapAxes)
  const { layers, encoding } = raw
  return {
    file: {
      layers,
      encoding,
      crs,
      crsHow,
      crsCandidates: candidates,
      swapAxes,
      kinds: [...kinds],
      lacks: raw.lacks ?? [],
      delimiter: raw.delimiter,
    },
    inDegrees: raw.inDegrees,
    rawFeatures: () => raw.features(true),
    *features() {
      for (const feature of raw.features()) yield placed(feature, convert)
    },
  }
}

interface CrsDecision {
  readonly crs: string | null
  readonly crsHow: SourceFile['crsHow']
  readonly candidates: readonly string[]
  readonly swapAxes: boolean
}

function decideCrs(
  raw: RawSource,
  { crs: chosen, swapAxes, near }: SourceRequest,
  kinds: Set<SourceShape['kind']>,
): CrsDecision {
  const swapped = swapAxes ?? false
  if (raw.inDegrees)
    return {
      crs: chosen ?? raw.declaredCrs ?? 'EPSG:4326',
      crsHow: chosen !== null ? 'chosen' : raw.declaredCrs === null ? 'format' : 'declared',
      candidates: [],
      swapAxes: swapped,
    }
  const guess = guessCrs(firstPositions(raw, kinds), near)
  const sure = chosen ?? raw.declaredCrs
  if (sure !== null) {
    // Degrees with the axes swapped are seen even where the file names its system: many do, and are wrong.
    const inDegrees = definitionOf(sure) === null
    return {
      crs: sure,
      crsHow: chosen === null ? 'declared' : 'chosen',
      candidates: guess.candidates,
      swapAxes: swapAxes ?? (guess.swapAxes && (!inDegrees || guess.crs === null)),
    }
  }
  const { crs, candidates } = guess
  if (crs === undefined) return { crs: null, crsHow: 'unknown', candidates, swapAxes: swapped }
  return {
    crs: crs ?? (guess.empty ? null : 'EPSG:4326'),
    crsHow: guess.empty ? 'none' : 'guessed',
    candidates,
    swapAxes: swapAxes ?? guess.swapAxes,
  }
}

/** One position of each of the first features is enough to tell degrees from metres. */
function* firstPositions(raw: RawSource, kinds: Set<SourceShape['kind']>): Generator<[number, number]> {
  let seen = 0
  for (const { shape } of raw.features()) {
    if (shape) kinds.add(shape.kind)
    const flat = shape?.parts[0]?.[0]
    if (flat && flat.length >= 2) yield [flat[0]!, flat[1]!]
    if (++seen >= SAMPLE) return
  }
}

function placed(feature: SourceFeature, convert: ToDegrees | null): SourceFeature {
  if (feature.shape === null) return feature
  const shape = onLattice(feature.shape, convert)
  return 'kind' in shape ? { ...feature, shape } : { ...feature, shape: null, problem: shape }
}
