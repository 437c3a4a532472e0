// The converting thread: GeoJSON to one of the formats that GDAL writes.
import { parentPort, workerData } from 'node:worker_threads'
import { convertWithGdal, GdalFailure } from '../imports/gdal.ts'

export interface ConvertRequest {
  /** Where GDAL may write. */
  readonly folder: string
  readonly source: string
  readonly driver: string
  readonly options: readonly string[]
  /** Of the new file, without its ending. */
  readonly name: string
}
export type ConvertReply = { readonly files: readonly string[] } | { readonly failed: string }

const { folder, source, driver, options, name } = workerData as ConvertRequest
convertWithGdal(folder, source, driver, options, name).then(
  files => parentPort!.postMessage({ files } satisfies ConvertReply),
  (cause: unknown) => {
    if (!(cause instanceof GdalFailure)) throw cause
    parentPort!.postMessage({ failed: cause.message } satisfies ConvertReply)
  },
)
