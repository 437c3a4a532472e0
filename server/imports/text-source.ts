// GeoJSON and CSV, which we read ourselves: row by row in bounded memory, each bad row with its place.
import { csvRows, delimiterOf, UnclosedQuote } from './csv-rows.ts'
import { decideEncoding } from './encodings.ts'
import { truncated } from './file-format.ts'
import { crsOfFrame, cutFeatures, featureOf } from './geojson-features.ts'
import type { RawSource, SourceRequest } from './open-source.ts'
import type { SourceFeature } from './source-feature.ts'
import { tableReader } from './table-features.ts'
import { firstPiece, pieces, textPieces } from './text-pieces.ts'
import type { Unpacked } from './unpack.ts'

export function openGeoJson({ path }: Unpacked, request: SourceRequest): RawSource {
  const head = firstPiece(path)
  const encoding = decideEncoding({ chosen: request.encoding, sample: head })
  return {
    layers: [{ name: 'features', features: null }],
    encoding,
    declaredCrs: crsBefore(head),
    inDegrees: false,
    *features(): Generator<SourceFeature> {
      const decoder = new TextDecoder(encoding.used)
      let count = 0
      for (const { feature, frame } of cutFeatures(pieces(path), bytes => decoder.decode(bytes))) {
        if (feature !== undefined) yield featureOf(feature, ++count)
        else if (frame !== undefined) crsOfFrame(frame)
        if (count === request.most) return
      }
    },
  }
}

/** The `crs` member, looked for in the first megabyte: every writer puts it before the features. */
function crsBefore(head: Buffer): string | null {
  const text = head.toString('utf8')
  const before = /"features"\s*:\s*\[/.exec(text)
  return before === null
    ? null
    : crsOfFrame(`${text.slice(0, before.index)}"features":[]}`.replace(/^\ufeff/, ''))
}

export function openCsv({ path }: Unpacked, request: SourceRequest): RawSource {
  const encoding = decideEncoding({ chosen: request.encoding, sample: firstPiece(path) })
  const text = () => textPieces(path, new TextDecoder(encoding.used))
  const [first] = text()
  const delimiter = delimiterOf(first?.split(/\r?\n/)[0] ?? '')
  return {
    layers: [{ name: 'rows', features: null }],
    encoding,
    delimiter,
    declaredCrs: null,
    inDegrees: false,
    *features(): Generator<SourceFeature> {
      let read: ReturnType<typeof tableReader> | null = null
      let count = 0
      try {
        for (const row of csvRows(text(), delimiter)) {
          if (read === null) read = tableReader(namesOf(row), 'rows', request.columns)
          else yield read(row, ++count)
          if (count === request.most) return
        }
      } catch (cause) {
        if (cause instanceof UnclosedQuote)
          throw truncated({ zh: `第 ${cause.row} 行的引号没有结束`, en: cause.message })
        throw cause
      }
    },
  }
}

/** Columns without a name get a number; a name that stands twice gets one too, so that none hides another. */
export function namesOf(header: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return header.map((given, i) => {
    const name = given.trim() || `column ${i + 1}`
    const before = seen.get(name) ?? 0
    seen.set(name, before + 1)
    return before === 0 ? name : `${name} ${before + 1}`
  })
}
