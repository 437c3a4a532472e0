// Why a demo place is not loaded: real data must never be mixed with generated data unasked, and never be deleted.
import type { Tx } from '../db/database.ts'
import type { PlaceTable } from './place-tables.ts'
import { filesIn, type Holding, realElsewhere, rowsIn } from './queries.ts'

export type PlaceRefusal = 'real-data' | 'county-in-use' | 'other-place'

export class PlaceRefused extends Error {
  override readonly name = 'PlaceRefused'
  readonly sentence: { readonly zh: string; readonly en: string }
  constructor(
    readonly code: PlaceRefusal,
    zh: string,
    en: string,
  ) {
    super(en)
    this.sentence = { zh, en }
  }
}

const NAMES: Record<PlaceTable, readonly [zh: string, one: string, many: string]> = {
  visit: ['走访', 'visit', 'visits'],
  incident_step: ['事件步骤', 'step of incidents', 'steps of incidents'],
  incident: ['事件', 'incident', 'incidents'],
  matter: ['事务', 'matter', 'matters'],
  post: ['岗位', 'post', 'posts'],
  staff: ['人员', 'staff', 'staff'],
  body: ['处置部门', 'body', 'bodies'],
  object: ['部件', 'object', 'objects'],
  organisation: ['单位', 'organisation', 'organisations'],
  resident: ['居民', 'resident', 'residents'],
  household: ['住户', 'household', 'households'],
  room: ['房间', 'room', 'rooms'],
  entrance: ['楼门', 'entrance', 'entrances'],
  address: ['地址', 'address', 'addresses'],
  facility: ['设施', 'facility', 'facilities'],
  building: ['建筑', 'building', 'buildings'],
  road: ['道路', 'road', 'roads'],
  water: ['水系', 'water', 'waters'],
  green: ['绿地', 'green', 'greens'],
  grid_lineage: ['网格沿革', 'lineage of grids', 'lineages of grids'],
  edit: ['编辑', 'edit', 'edits'],
  grid_code: ['网格编码', 'grid code', 'grid codes'],
  grid_version: ['网格', 'grid', 'grids'],
  plan: ['划分方案', 'plan', 'plans'],
  area: ['行政区', 'area', 'areas'],
  people_spread: ['人口分摊', 'spread of people', 'spreads of people'],
  import: ['导入', 'import', 'imports'],
}
const MOST_NAMED = 6

function named(holdings: readonly Holding[], language: 'zh' | 'en', withCounty: boolean): string {
  const parts = holdings.slice(0, MOST_NAMED).map(({ county, what, count }) => {
    const [zh, one, many] = NAMES[what]
    return language === 'zh'
      ? `${withCounty ? `${county} 的` : ''}${zh} ${count}`
      : `${count} ${count === 1 ? one : many}${withCounty ? ` of ${county}` : ''}`
  })
  const more = holdings.length > MOST_NAMED ? ' …' : ''
  return parts.join(language === 'zh' ? '、' : ', ') + more
}

/** Throws `PlaceRefused`. @returns whether the county holds this place already, to be replaced */
export async function refuseRealData(
  tx: Tx,
  { county, place, force }: { readonly county: string; readonly place: string; readonly force: boolean },
): Promise<boolean> {
  const there = await tx
    .selectFrom('demo_place')
    .select(['place', 'name'])
    .where('county', '=', county)
    .executeTakeFirst()
  if (there && there.place !== place)
    throw new PlaceRefused(
      'other-place',
      `区县 ${county} 里已有演示地点“${there.name}”（${there.place}），两个地点不能混在一起。请换一个数据库。`,
      `County ${county} already holds the demo place ${there.name} (${there.place}); two places in one county would mix. Use another database.`,
    )
  if (there) await refuseFiles(tx, county)
  else await refuseRows(tx, county)
  const elsewhere = force ? [] : await realElsewhere(tx, county)
  if (elsewhere.length > 0)
    throw new PlaceRefused(
      'real-data',
      `数据库里有真实数据：${named(elsewhere, 'zh', true)}。演示数据没有载入，什么也没有删除。仍要放在一起，请加 --force（同样不删除任何数据）。`,
      `The database holds real data: ${named(elsewhere, 'en', true)}. The demo was not loaded and nothing was deleted. To load it beside them all the same: --force (which deletes nothing either).`,
    )
  return there !== undefined
}

async function refuseRows(tx: Tx, county: string): Promise<void> {
  const rows = await rowsIn(tx, county)
  if (rows.length === 0) return
  throw new PlaceRefused(
    'county-in-use',
    `区县 ${county} 里已有不是演示的数据：${named(rows, 'zh', false)}。演示数据没有载入，什么也没有删除；--force 也不会覆盖它们。请换一个数据库。`,
    `County ${county} already holds data that is no demo: ${named(rows, 'en', false)}. The demo was not loaded and nothing was deleted; --force does not overwrite them either. Use another database.`,
  )
}

async function refuseFiles(tx: Tx, county: string): Promise<void> {
  const files = await filesIn(tx, county)
  if (files.length === 0) return
  const list = files
    .slice(0, MOST_NAMED)
    .map(file => `${file.file_name} (${file.layer}, ${file.imported})`)
    .join(', ')
  const more = files.length > MOST_NAMED ? ' …' : ''
  throw new PlaceRefused(
    'county-in-use',
    `演示区县 ${county} 里有导入的文件：${list}${more}。重新载入会把它们一起删除，所以没有载入；--force 也不行。请换一个数据库。`,
    `The demo county ${county} also holds imported files: ${list}${more}. Loading it again would delete them, so it was not loaded; --force does not change that. Use another database.`,
  )
}
