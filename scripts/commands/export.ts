// `huage export`: writes a plan, or a layer of the ground, as a file.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { LOCAL_ACTOR } from '../../server/db/database.ts'
import { exportFile } from '../../server/exports/export-file.ts'
import { EXPORT_FORMATS, type ExportFormat } from '../../server/exports/formats.ts'
import { EXPORT_LAYERS, type ExportLayer, layerToExport } from '../../server/exports/layer-rows.ts'
import { planToExport } from '../../server/exports/plan-rows.ts'
import { AREA_CODE } from './area-code.ts'
import { type Command, OK, UsageError } from './command.ts'
import { progressBar } from './progress-bar.ts'

function parse(argv: readonly string[]) {
  const { plan, layer, area, format, out, encoding } = options(argv)
  if ((plan === undefined) === (layer === undefined))
    throw new UsageError('export takes --plan ID, or --layer LAYER with --area CODE')
  if (layer !== undefined && !isOneOf(EXPORT_LAYERS, layer))
    throw new UsageError(`--layer is one of ${EXPORT_LAYERS.join(', ')}`)
  if (layer !== undefined && !AREA_CODE.test(area ?? ''))
    throw new UsageError('--layer needs --area, a code of 6, 9 or 12 digits')
  if (format === undefined || !isOneOf(EXPORT_FORMATS, format))
    throw new UsageError(`--format is one of ${EXPORT_FORMATS.join(', ')}`)
  if (!out) throw new UsageError('--out is missing: the file to write')
  if (encoding !== undefined && !/^(utf-?8|gbk|gb18030|cp936)$/i.test(encoding))
    throw new UsageError('--encoding is UTF-8 or GBK')
  if (encoding !== undefined && format !== 'shp') throw new UsageError('--encoding is for shapefiles')
  return {
    plan,
    layer,
    area: area ?? '',
    format,
    out,
    gbk: encoding !== undefined && /^(gb|cp)/i.test(encoding),
  }
}

const isOneOf = <T extends string>(known: readonly T[], word: string): word is T =>
  (known as readonly string[]).includes(word)

function options(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        plan: { type: 'string' },
        layer: { type: 'string' },
        area: { type: 'string' },
        format: { type: 'string' },
        out: { type: 'string' },
        encoding: { type: 'string' },
      },
    }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

export const exportCommand: Command = {
  usage: `export (--plan ID | --layer LAYER --area CODE) --format ${EXPORT_FORMATS.join('|')} --out FILE [--encoding GBK]`,
  check: argv => void parse(argv),
  async run(database, argv, io) {
    const { plan, layer, area, format, out, gbk } = parse(argv)
    const exported =
      plan === undefined
        ? await layerToExport(database, LOCAL_ACTOR, layer as ExportLayer, area)
        : await planToExport(database, LOCAL_ACTOR, plan)
    const result = await exportFile(database, exported, {
      format: format as ExportFormat,
      out: resolve(io.cwd, out),
      encoding: gbk ? 'GBK' : 'UTF-8',
      signal: io.signal,
      onProgress: progressBar(io),
    })
    io.out(`${JSON.stringify(result)}\n`)
    return OK
  },
}
