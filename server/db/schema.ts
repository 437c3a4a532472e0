// The tables as Kysely sees them. Geometry never travels as a column: queries say st_asgeojson / st_geomfromgeojson.
import type { Generated, GeneratedAlways } from 'kysely'
import type { LevelProfile } from '../../core/contract/plans.ts'
import type { GridKind, Level } from '../../core/topology/model.ts'
import type { Geometry, Json, Now } from './schema-columns.ts'
import type { AddressParts, DangerGrade, LifeSchema } from './schema-life.ts'

export interface AreaTable {
  county: string
  code: string
  name: string
  parent_code: GeneratedAlways<string | null>
  local: Generated<boolean>
  source: string
  source_key: string | null
  geom: Geometry
  created_by: string
  created_at: Now
  import_id: string | null
}

export interface ImportTable {
  county: string
  import_id: string
  layer: string
  file_name: string
  file_hash: string
  options: Json<Record<string, unknown>>
  read: number
  imported: number
  unchanged: number
  rejected: number
  repaired: Generated<number>
  duplicates: Generated<number>
  actor: string
  started_at: Date
  finished_at: Now
  run_id: string | null
  withdrawn_at: Date | null
  withdrawn_by: string | null
}
export interface ImportBeforeTable {
  county: string
  import_id: string
  table_name: string
  id: string
  row_before: Json<Record<string, unknown>>
}
export interface ImportRejectsTable {
  county: string
  run_id: string
  file_name: string
  media_type: string
  body: Buffer
}
export interface ImportSettingTable {
  actor: string
  kind: string
  settings: Json<Record<string, unknown>>
  at: Now
}
export interface CatalogueLayerTable {
  county: string
  layer_id: string
  name: string
  created_by: string
  created_at: Now
}
export interface CatalogueFeatureTable extends RegistryColumns {
  layer_id: string
  attributes: Json<Record<string, string>>
  geom: Geometry
}

interface RegistryColumns {
  county: string
  id: string
  source_key: string
  import_id: string
  name: string | null
  updated_at: Now
}
export interface BuildingTable extends RegistryColumns {
  kind: string | null
  storeys: number | null
  floor_area_m2: number
  persons: Generated<number>
  households: Generated<number>
  people_source: Generated<'none' | 'column' | 'spread'>
  dangerous: DangerGrade | null
  built: number | null
  geom: Geometry
  point: Geometry
}
export interface AddressTable extends RegistryColumns, AddressParts {
  street: string | null
  house_number: string | null
  postcode: string | null
  place: string | null
  point: Geometry
}
export interface RoadTable extends RegistryColumns {
  class: string
  bridge: Generated<boolean>
  tunnel: Generated<boolean>
  geom: Geometry
}
export interface WaterTable extends RegistryColumns {
  kind: string
  geom: Geometry
}
export interface GreenTable extends RegistryColumns {
  kind: string
  geom: Geometry
}
export interface FacilityTable extends RegistryColumns {
  category: string
  kind: string
  point: Geometry
}
export interface PeopleSpreadTable {
  county: string
  spread_id: string
  area_code: string | null
  persons: number
  households: number
  buildings: number
  actor: string
  at: Now
}
export interface LayerVersionTable {
  county: string
  layer: string
  version: Generated<number>
  changed_at: Now
}

export interface LevelProfileTable {
  profile: string
  name: Json<{ zh: string; en: string }>
  levels: Json<LevelProfile['levels']>
}
export interface PlanTable {
  county: string
  plan_id: string
  area_code: string
  name: string
  profile: string
  state: Generated<'draft' | 'review' | 'published' | 'archived'>
  revision: Generated<number>
  grids: Generated<number>
  created_by: string
  created_at: Now
  changed_at: Now
}
export interface GridVersionTable {
  county: string
  plan_id: string
  grid_id: string
  from_revision: number
  to_revision: number | null
  level: Level
  parent_id: string | null
  leaf: boolean
  code: string
  name: string
  kind: GridKind
  locked: boolean
  geom: Geometry
  area_m2: number
  persons: number
  households: number
  buildings: number
  tallied_at: Now
}
export interface GridTotalsTable {
  county: string
  plan_id: string
  grid_id: string
  from_revision: number
  box: Geometry
  totals: Json<Record<string, number>>
  birthdays: string[]
}
export interface EditTable {
  county: string
  plan_id: string
  revision: number
  kind: string
  params: Json<Record<string, unknown>>
  before: Json<unknown>
  after: Json<unknown>
  actor: string
  at: Now
  note: string | null
  idempotency_key: string | null
  undoes_revision: number | null
}
export interface GridLineageTable {
  county: string
  plan_id: string
  revision: number
  from_grid: string
  to_grid: string
}
export interface GridCodeTable {
  county: string
  plan_id: string
  code: string
  grid_id: string
}
export interface IdempotencyTable {
  actor: string
  key: string
  request_hash: string
  status: number
  reply: Json<unknown>
  at: Now
}

export interface RuleExceptionTable {
  county: string
  exception_id: string
  plan_id: string
  grid_id: string
  rule: string
  confirmed: boolean
  shape_hash: string
  note: string
  actor: string
  at: Now
}

export interface Schema extends LifeSchema {
  area: AreaTable
  import: ImportTable
  import_before: ImportBeforeTable
  import_rejects: ImportRejectsTable
  import_setting: ImportSettingTable
  catalogue_layer: CatalogueLayerTable
  catalogue_feature: CatalogueFeatureTable
  building: BuildingTable
  address: AddressTable
  road: RoadTable
  water: WaterTable
  green: GreenTable
  facility: FacilityTable
  people_spread: PeopleSpreadTable
  layer_version: LayerVersionTable
  level_profile: LevelProfileTable
  plan: PlanTable
  grid_version: GridVersionTable
  grid_totals: GridTotalsTable
  edit: EditTable
  grid_lineage: GridLineageTable
  grid_code: GridCodeTable
  rule_exception: RuleExceptionTable
  idempotency: IdempotencyTable
}
