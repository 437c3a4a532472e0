// The tables of people and of what goes on, as Kysely sees them: homes, organisations, staff, incidents, demo places.
import type { Generated, GeneratedAlways } from 'kysely'
import type { Geometry, Json, Now } from './schema-columns.ts'

interface Imported {
  county: string
  id: string
  source_key: string
  import_id: string
  updated_at: Now
}

export type DangerGrade = 'A' | 'B' | 'C' | 'D'
export type Circulation = 'micro' | 'small' | 'large'
export type Sex = 'f' | 'm'

/** The parts of an address in the standard order, and all of them in one text. */
export interface AddressParts {
  town: string | null
  village: string | null
  building: string | null
  entrance: string | null
  floor: number | null
  room: string | null
  building_id: string | null
  written: GeneratedAlways<string>
}
export interface EntranceTable {
  county: string
  id: string
  building_id: string
  number: number
  point: Geometry
}
export interface RoomTable {
  county: string
  id: string
  building_id: string
  entrance: number | null
  floor: number
  number: string
  use: Generated<'home' | 'rented' | 'empty' | 'shop' | 'office' | 'other'>
}
export interface HouseholdTable extends Imported {
  number: string | null
  building_id: string | null
  room_id: string | null
  tenure: 'owned' | 'rented' | 'collective' | null
  low_income: Generated<boolean>
  persons: number | null
  point: Geometry
}
export interface ResidentTable extends Imported {
  household_id: string
  name: string
  sex: Sex
  born: string
  id_number: string | null
  phone: string | null
  relation: 'head' | 'spouse' | 'child' | 'parent' | 'grandchild' | 'other' | 'lodger'
  registration: 'registered' | 'floating'
  pregnant: Generated<boolean>
  disabled: Generated<boolean>
  chronically_ill: Generated<boolean>
  lives_alone: Generated<boolean>
  party_member: Generated<boolean>
  work: string | null
}
export interface OrganisationTable extends Imported {
  name: string
  kind: string
  industry: string | null
  credit_code: string | null
  employees: Generated<number>
  special_equipment: Generated<number>
  key_place: string | null
  factory_premises: Generated<boolean>
  floor_area_m2: number | null
  contact: string | null
  phone: string | null
  building_id: string | null
  point: Geometry
}
export interface ObjectTable extends Imported {
  kind: string
  category: string
  number: string
  state: Generated<'good' | 'damaged' | 'missing'>
  point: Geometry
}
export interface BodyTable {
  county: string
  id: string
  name: string
  kind: 'office' | 'station' | 'team' | 'company' | 'work-group'
  circulation: Circulation
  area_code: string
  phone: string | null
}
export interface StaffTable extends Imported {
  name: string
  sex: Sex | null
  phone: string | null
  force: 'professional' | 'full-time' | 'assistant' | 'part-time' | 'volunteer' | 'other'
  force_kind: string | null
  team: string | null
  body_id: string | null
  party_member: Generated<boolean>
}
export interface PostTable {
  county: string
  id: string
  staff_id: string
  role: string
  grid_id: string | null
  area_code: string | null
  road_id: string | null
  water_id: string | null
  from_date: string
  to_date: string | null
}
export interface MatterTable extends Imported {
  kind: string
  title: string
  at: Date
  staff_id: string | null
  point: Geometry
}
export interface IncidentCategoryTable {
  category: string
  parent: string | null
  tree: 'social' | 'city'
  name: Json<{ zh: string; en: string }>
  severity: number | null
  hours: number | null
}
export interface IncidentTable extends Imported {
  number: string
  source: 'hotline' | 'grid' | 'public' | 'camera' | 'assigned' | 'other'
  category: string
  severity: number
  title: string
  description: string | null
  address: string | null
  /** Null where only an address is known. */
  point: Geometry
  reported_at: Date
  reporter_name: string | null
  reporter_phone: string | null
  circulation: Generated<Circulation>
  step: Generated<number>
  body_id: string | null
  staff_id: string | null
  pass_on_due: Date | null
  due: Date | null
  passed_on_at: Date | null
  solved_at: Date | null
  closed_at: Date | null
  feedback_at: Date | null
  satisfied: boolean | null
}
export interface IncidentStepTable {
  county: string
  incident_id: string
  number: number
  step: number
  circulation: Circulation
  at: Date
  staff_id: string | null
  body_id: string | null
  note: string | null
}
export interface VisitTable {
  county: string
  id: string
  staff_id: string
  kind: 'patrol' | 'household' | 'organisation'
  started_at: Date
  ended_at: Date | null
  household_id: string | null
  organisation_id: string | null
  note: string | null
  point: Geometry
}
export interface DemoPlaceTable {
  county: string
  place: string
  name: string
  seed: number
  scale: number
  counts: Json<Record<string, number>>
  actor: string
  loaded_at: Now
}

export interface LifeSchema {
  entrance: EntranceTable
  room: RoomTable
  household: HouseholdTable
  resident: ResidentTable
  organisation: OrganisationTable
  object: ObjectTable
  body: BodyTable
  staff: StaffTable
  post: PostTable
  matter: MatterTable
  incident_category: IncidentCategoryTable
  incident: IncidentTable
  incident_step: IncidentStepTable
  visit: VisitTable
  demo_place: DemoPlaceTable
}
