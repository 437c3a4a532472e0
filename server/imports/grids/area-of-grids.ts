// The administrative area that imported grids divide: the one named, or one made of their outline.
import { sql } from 'kysely'
import { isSpanning } from '../../../core/coding/level-one.ts'
import type { MultiPolygon } from '../../../core/contract/geometry.ts'
import {
  covers,
  fromGeoJson,
  type Grid,
  interiorPoint,
  type Shape,
  toGeoJson,
  unionOf,
} from '../../../core/topology/index.ts'
import { nextLocalCode } from '../../areas/next-local-code.ts'
import { countyUnder, findArea, insertArea } from '../../areas/queries.ts'
import { tooWide } from '../../areas/too-wide.ts'
import type { Actor, Tx } from '../../db/database.ts'
import { bumpLayer } from '../../layers/queries.ts'
import { refreshAreas } from '../../search/refresh-search.ts'
import { UnreadableFile } from '../unreadable.ts'

/** Where things go when nobody says in which county they are. */
const PRIVATE_COUNTY = '990000'

export interface AreaOfGrids {
  readonly county: string
  readonly code: string
  readonly name: string
  readonly made: boolean
  /** The village or community that most likely holds a grid: the one its middle lies in. */
  villageOf(grid: Grid): string | null
}

/** The area that is there already: the one named, or the one that all codes of level 1 begin with. */
export async function knownArea(
  tx: Tx,
  named: string | undefined,
  codes: readonly (string | null)[],
): Promise<KnownArea | { readonly code: string | undefined }> {
  const code = named ?? sharedCode(codes)
  const area = code === undefined ? undefined : await findArea(tx, code)
  return area ? { ...area, outline: fromGeoJson(area.geometry) } : { code }
}

export interface KnownArea {
  readonly county: string
  readonly code: string
  readonly name: string
  readonly outline: Shape
}

/** @param known what there is of it before; one that is not there is made of the outline of all grids */
export async function areaOfGrids(
  tx: Tx,
  actor: Actor,
  known: KnownArea | { readonly code: string | undefined },
  grids: readonly Grid[],
  name: string,
): Promise<AreaOfGrids> {
  const top = grids.filter(({ level }) => level === 1)
  if (!('outline' in known)) return makeArea(tx, actor, top, name, known.code)
  const { outline, county, code } = known
  if (!top.some(({ shape }) => covers(outline, interiorPoint(shape)))) throw elsewhere(known)
  const villages = await villagesOf(tx, county, code)
  return {
    county,
    code,
    name: known.name,
    made: false,
    villageOf(grid) {
      const middle = interiorPoint(grid.shape)
      return villages.find(({ shape }) => covers(shape, middle))?.code ?? null
    },
  }
}

/** The longest division that all codes of level 1 begin with. */
function sharedCode(given: readonly (string | null)[]): string | undefined {
  const codes = given.filter(code => code !== null && /^\d{15}$/.test(code)) as string[]
  if (codes.length < given.length || codes.length === 0) return undefined
  // A grid that spans villages has the place of none.
  const digits = codes.some(isSpanning) ? [9, 6] : [12, 9, 6]
  return digits
    .map(count => codes[0]!.slice(0, count))
    .find(start => codes.every(code => code.startsWith(start)))
}

async function makeArea(
  tx: Tx,
  actor: Actor,
  top: readonly Grid[],
  name: string,
  given: string | undefined,
): Promise<AreaOfGrids> {
  const shape = unionOf(top.map(grid => grid.shape))
  if (!shape || tooWide(shape)) throw noArea()
  const geometry: MultiPolygon = toGeoJson(shape) as MultiPolygon
  const county = given?.slice(0, 6) ?? (await countyUnder(tx, geometry)) ?? PRIVATE_COUNTY
  const code = given ?? (await nextLocalCode(tx, county))
  const isNew = await insertArea(tx, {
    code,
    name,
    local: given === undefined,
    source: 'grids',
    actor: actor.name,
    geometry,
  })
  if (!isNew) throw noArea()
  await bumpLayer(tx, county, 'areas')
  await refreshAreas(tx, county)
  return { county, code, name, made: true, villageOf: () => null }
}

async function villagesOf(tx: Tx, county: string, code: string): Promise<{ code: string; shape: Shape }[]> {
  const rows = await tx
    .selectFrom('area')
    .select(['code', sql<string>`st_asgeojson(geom, 7)`.as('geojson')])
    .where('county', '=', county)
    .where(sql<boolean>`length(code) = 12 and starts_with(code, ${code})`)
    .execute()
  return rows.map(row => ({ code: row.code, shape: fromGeoJson(JSON.parse(row.geojson)) }))
}

const elsewhere = ({ code, name }: { code: string; name: string }) =>
  new UnreadableFile('elsewhere', {
    zh: `没有一个网格位于“${name}”(${code})内。请检查 --area、--crs 和 --datum。`,
    en: `None of the grids lies in ${name} (${code}). Check --area, --crs and --datum.`,
  })

const noArea = () =>
  new UnreadableFile('elsewhere', {
    zh: '无法由这些网格得出行政区。请先导入行政区，再用 --area 指明。',
    en: 'No area can be made of these grids. Import the area first and name it with --area.',
  })
