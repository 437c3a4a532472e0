// Looks at a file as it would be imported: what is in it, how that was found out, and what would become of the first rows.
import type { ImportLayer, ImportSettings, Inspection } from '../../core/contract/imports.ts'
import type { Language } from '../../core/contract/refusals.ts'
import { LATTICE } from '../../core/topology/model.ts'
import { Columns, guessRoles, rolesOf } from './column-roles.ts'
import { readSettings } from './import-file.ts'
import { crsLabel, DATUM_LABELS, ENCODING_LABELS } from './labels.ts'
import { LatticeBox } from './lattice-box.ts'
import { isReason, mapFeature } from './map-features.ts'
import { type OpenFile, openFile } from './read-file.ts'
import { RepairedRows } from './repaired-rows.ts'
import type { Reason, SourceFeature, SourceFile, SourceShape } from './source-feature.ts'
import { suggestLayer } from './suggest-layer.ts'
import type { Sentence } from './unreadable.ts'

const LOOKED_AT = 1000
const FIRST_ROWS = 10
const VALUES = 5
const DRAWN = 500
const DRAWN_POSITIONS = 60_000
const LONGEST_VALUE = 200

type About = Pick<Inspection, 'upload' | 'name' | 'bytes'>
export interface Looked {
  readonly file: SourceFile
  readonly features: readonly SourceFeature[]
  readonly more: boolean
}

/** Reads the first rows with the settings. Throws `UnreadableFile`. */
export async function look(
  path: string,
  settings: ImportSettings,
  near: number | null,
  signal?: AbortSignal,
): Promise<Looked> {
  const source = await openFile(path, {
    settings: readSettings({ ...settings, map: settings.columns, near }),
    most: LOOKED_AT,
    signal,
  })
  try {
    return await lookInto(source)
  } finally {
    await source.close()
  }
}

/** The same into a file that is open. */
export async function lookInto(source: OpenFile): Promise<Looked> {
  const features: SourceFeature[] = []
  for await (const batch of source.features()) {
    features.push(...batch)
    if (features.length >= LOOKED_AT * 3) break
  }
  const counted = source.file.layers.reduce<number | null>(
    (sum, layer) => (sum === null || layer.features === null ? null : sum + layer.features),
    0,
  )
  const more = counted === null ? features.length >= LOOKED_AT : counted > features.length
  return { file: source.file, features, more }
}

/** What is told of a file that was looked at; to which area it belongs the database knows. */
export function tell(
  about: About,
  { file, features, more }: Looked,
  settings: ImportSettings,
  remembered: boolean,
  language: Language,
): Omit<Inspection, 'area'> {
  const say = (sentence: Sentence) => sentence[language]
  const columns = columnsOf(features)
  const geometry = geometryOf(features, file)
  const layer = settings.layer ?? suggestLayer(about.name, file.format, columns, geometry)
  const roles = guessRoles(layer, columns, settings.columns)
  const judged = judge(file, features, layer, settings)
  const bbox = boxOf(features)
  const datum = settings.datum ?? 'wgs84'
  const unknownCrs = file.crsHow === 'unknown'
  const problems: { code: string; message: string }[] = []
  const complain = (code: string, zh: string, en: string) => problems.push({ code, message: say({ zh, en }) })
  if (features.length === 0) complain('no-rows', '文件中没有任何数据行。', 'The file holds no rows.')
  for (const { code, zh, en } of file.lacks) complain(code, zh, en)
  if (unknownCrs)
    complain(
      'unknown-crs',
      '坐标不是经纬度，文件也没有说明坐标系。请选择坐标系，并在地图上核对位置。',
      'The coordinates are no degrees, and the file does not say what they are. Choose the coordinate system and check the place on the map.',
    )
  const asksDatum = settings.datum === undefined && mayBeShifted(file, bbox)
  if (asksDatum)
    complain(
      'which-datum',
      '文件无法说明坐标基准。互联网地图的数据多为 GCJ-02 或 BD-09，会偏移 50–700 米：请对照底图核对。',
      'The file cannot say what its datum is. Data from web maps is mostly GCJ-02 or BD-09 and 50–700 m off: compare it with the map.',
    )
  if (file.swapAxes && settings.swapAxes === undefined)
    complain(
      'swapped',
      '坐标的顺序像是先纬度后经度，已对调。',
      'The coordinates seem to be latitude first; they were swapped.',
    )
  const missing = rolesOf(layer).filter(
    ({ role, required }) => required && ![...roles.values()].includes(role),
  )
  for (const { zh, en } of missing)
    complain(
      'missing-column',
      `缺少“${zh}”列，请指定是哪一列。`,
      `No column for "${en}" was found: say which one it is.`,
    )
  if (features.length > 0 && judged.good === 0 && !unknownCrs && missing.length === 0)
    complain(
      'nothing-usable',
      '按目前的设置没有一行可以导入。',
      'As the settings stand, not one row could be imported.',
    )
  return {
    ...about,
    format: file.format,
    layers: [...file.layers],
    rows: features.length,
    more,
    geometry,
    encoding: {
      ...file.encoding,
      choices: ENCODING_LABELS.map(({ value, label }) => ({ value, label: say(label) })),
    },
    crs: {
      used: file.crs,
      how: file.crsHow,
      choices: file.crsCandidates.map(value => ({ value, label: say(crsLabel(value)) })),
    },
    datum: {
      used: datum,
      ask: asksDatum,
      choices: DATUM_LABELS.map(({ value, label }) => ({ value, label: say(label) })),
    },
    swapAxes: file.swapAxes,
    columns: columns.map(name => ({ name, role: roles.get(name) ?? null, values: valuesOf(features, name) })),
    roles: rolesOf(layer).map(({ role, zh, en, required }) => ({
      role,
      label: say({ zh, en }),
      required: required === true,
    })),
    firstRows: features.slice(0, FIRST_ROWS).map((feature, i) => ({
      number: feature.number,
      values: Object.fromEntries(
        Object.entries(feature.tags).map(([name, value]) => [name, value.slice(0, LONGEST_VALUE)]),
      ),
      problem: judged.verdicts[i] ? say(judged.verdicts[i]) : null,
    })),
    judged: {
      rows: judged.rows,
      good: judged.good,
      repaired: judged.repaired,
      rejected: judged.rejected,
      repairs: judged.repairs.told(language, null),
      reasons: [...judged.reasons].map(([code, { count, reason }]) => ({
        code,
        message: say(reason),
        rows: count,
      })),
    },
    sample: sampleOf(
      features,
      roles,
      judged.verdicts.map(verdict => verdict && say(verdict)),
    ),
    bbox,
    layer,
    settings,
    remembered,
    ready: judged.good > 0 && !unknownCrs && missing.length === 0,
    problems,
  }
}

export const columnsOf = (features: readonly SourceFeature[]): string[] => {
  const names = new Set<string>()
  for (const { tags } of features) for (const name in tags) names.add(name)
  return [...names].slice(0, 500)
}

function geometryOf(features: readonly SourceFeature[], file: SourceFile): Inspection['geometry'] {
  const kinds = new Set(features.flatMap(({ shape }) => (shape === null ? [] : [shape.kind])))
  // Shapes whose coordinates cannot be placed yet are shapes all the same.
  if (kinds.size === 0) for (const kind of file.kinds) kinds.add(kind)
  const [only] = kinds
  return only === undefined ? 'none' : kinds.size > 1 ? 'mixed' : only
}

interface Judged {
  rows: number
  good: number
  repaired: number
  rejected: number
  readonly reasons: Map<string, { count: number; reason: Reason }>
  readonly verdicts: (Reason | null)[]
  readonly repairs: RepairedRows
}

function judge(
  file: SourceFile,
  features: readonly SourceFeature[],
  layer: ImportLayer,
  settings: ImportSettings,
): Judged {
  const columns = new Columns(layer, settings.columns)
  const every = !file.format.startsWith('osm')
  const judged: Judged = {
    ...{ rows: 0, good: 0, repaired: 0, rejected: 0 },
    ...{ repairs: new RepairedRows(), reasons: new Map(), verdicts: [] },
  }
  for (const feature of features) {
    const mapped = feature.problem ?? mapFeature(layer, feature, every, columns)
    judged.verdicts.push(mapped !== null && isReason(mapped) ? mapped : null)
    if (mapped === null) continue
    judged.rows++
    if (isReason(mapped)) {
      judged.rejected++
      const entry = judged.reasons.get(mapped.code)
      if (entry) entry.count++
      else judged.reasons.set(mapped.code, { count: 1, reason: mapped })
    } else {
      judged.good++
      if (mapped.repairs.length > 0) judged.repaired++
      if (mapped.sizes) judged.repairs.add(feature, mapped.row.name, mapped.repairs, mapped.sizes)
    }
  }
  return judged
}

function valuesOf(features: readonly SourceFeature[], column: string): string[] {
  const values = new Set<string>()
  for (const { tags } of features) {
    const value = tags[column]
    if (value) values.add(value.slice(0, LONGEST_VALUE))
    if (values.size === VALUES) break
  }
  return [...values]
}

function boxOf(features: readonly SourceFeature[]): Inspection['bbox'] {
  const box = new LatticeBox()
  for (const { shape } of features) if (shape !== null) box.add(shape)
  return box.degrees
}

/** Degrees in China that name no Chinese system: they may come from a web map. */
const mayBeShifted = (file: SourceFile, bbox: Inspection['bbox']): boolean =>
  bbox !== null &&
  (file.crs === null || /:(4326|3857)$/.test(file.crs)) &&
  !file.format.startsWith('osm') &&
  bbox[0] > 73 &&
  bbox[2] < 136 &&
  bbox[1] > 3 &&
  bbox[3] < 54

function sampleOf(
  features: readonly SourceFeature[],
  roles: ReadonlyMap<string, string>,
  problems: readonly (string | null)[],
): GeoJSON.FeatureCollection {
  const name = [...roles].find(([, role]) => role === 'name')?.[0]
  const drawn: GeoJSON.Feature[] = []
  let positions = 0
  for (const [i, { number, shape, tags }] of features.entries()) {
    if (shape === null) continue
    positions += shape.parts.reduce(
      (sum, rings) => sum + rings.reduce((n, ring) => n + ring.length / 2, 0),
      0,
    )
    if (positions > DRAWN_POSITIONS && drawn.length > 0) break
    const label = name === undefined ? undefined : tags[name]
    drawn.push({
      type: 'Feature',
      properties: { row: number, name: label ?? null, problem: problems[i] ?? null },
      geometry: geoJson(shape),
    })
    if (drawn.length === DRAWN) break
  }
  return { type: 'FeatureCollection', features: drawn }
}

function geoJson(shape: SourceShape): GeoJSON.Geometry {
  const positions = (flat: readonly number[]) => {
    const list: [number, number][] = []
    for (let i = 0; i < flat.length; i += 2) list.push([flat[i]! / LATTICE, flat[i + 1]! / LATTICE])
    return list
  }
  if (shape.kind === 'polygon')
    return { type: 'MultiPolygon', coordinates: shape.parts.map(rings => rings.map(positions)) }
  if (shape.kind === 'line')
    return { type: 'MultiLineString', coordinates: shape.parts.map(part => positions(part[0]!)) }
  return { type: 'MultiPoint', coordinates: shape.parts.map(part => positions(part[0]!)[0]!) }
}
