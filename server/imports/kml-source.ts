// KML with all its attributes: GDAL, as it is built here, reads names and descriptions only.
import { readFileSync } from 'node:fs'
import { kml } from '@tmcw/togeojson'
import { DOMParser, onErrorStopParsing, ParseError } from '@xmldom/xmldom'
import { decideEncoding } from './encodings.ts'
import { featureOf } from './geojson-features.ts'
import type { RawSource, SourceRequest } from './open-source.ts'
import type { SourceFeature } from './source-feature.ts'
import { firstPiece } from './text-pieces.ts'
import type { Unpacked } from './unpack.ts'
import { UnreadableFile } from './unreadable.ts'

/** Such files are drawn by hand; the parser holds them whole. */
const LARGEST = 256 * 1024 ** 2
/** How a shape is drawn is no attribute of it. */
const STYLE =
  /^(styleUrl|styleHash|styleMapHash|icon(-.*)?|label(-.*)?|stroke(-.*)?|fill(-.*)?|@geometry-type|visibility)$/

export function openKml({ path }: Unpacked, request: SourceRequest): RawSource {
  const bytes = readFileSync(path)
  if (bytes.length > LARGEST)
    throw new UnreadableFile('too-large', {
      zh: 'KML 文件超过 256 MB。请拆分，或另存为 GeoPackage。',
      en: 'The KML file is larger than 256 MB. Split it, or save it as a GeoPackage.',
    })
  const said = /^[^>]*encoding=["']([\w-]+)["']/.exec(bytes.toString('latin1', 0, 200))?.[1]
  const encoding = decideEncoding({ chosen: request.encoding, cpg: said, sample: firstPiece(path) })
  const features = kml(parsed(new TextDecoder(encoding.used).decode(bytes))).features
  return {
    layers: [{ name: 'features', features: features.length }],
    encoding: encoding.how === 'cpg' ? { ...encoding, how: 'format' } : encoding,
    declaredCrs: 'EPSG:4326',
    inDegrees: true,
    *features(): Generator<SourceFeature> {
      for (const [i, feature] of features.entries()) {
        if (i === request.most) return
        const own = Object.entries(feature.properties ?? {}).filter(([name]) => !STYLE.test(name))
        // Coordinates that are no numbers come as NaN, which JSON has no word for.
        yield featureOf(JSON.stringify({ ...feature, properties: Object.fromEntries(own) }), i + 1)
      }
    },
  }
}

function parsed(text: string) {
  try {
    return new DOMParser({ onError: onErrorStopParsing }).parseFromString(
      text,
      'text/xml',
    ) as unknown as Parameters<typeof kml>[0]
  } catch (cause) {
    if (!(cause instanceof ParseError)) throw cause
    const message = cause.message.split('\n')[0]!
    throw new UnreadableFile('damaged', {
      zh: `KML 文件已损坏:${message}。请重新导出。`,
      en: `The KML file is damaged: ${message}. Export it again.`,
    })
  }
}
