// The figures of the generated places: those of the reference deployments where they say one, plausible ones elsewhere.
import type { PlaceName } from './place.ts'

/** Grids of levels 2, 3 and 4. */
export type GridFigures = readonly [two: number, three: number, four: number]

export type StaffForce = 'professional' | 'full-time' | 'assistant' | 'part-time' | 'volunteer' | 'other'

/** What somebody is on a grid. */
export type PostRole =
  | 'head'
  | 'cadre'
  | 'worker'
  | 'enforcement'
  | 'police'
  | 'doctor'
  | 'assistant'
  | 'informant'
  | 'volunteer'

export interface StaffFigure {
  readonly role: PostRole
  readonly force: StaffForce
  readonly forceKind: string
  /** Where all of them do the same; the rest get one by chance. */
  readonly team?: string
  /** Null: one for each grid of the level. */
  readonly count: number | null
  /** For heads: of which level. */
  readonly level?: 1 | 2 | 3 | 4
}

export interface IncidentFigures {
  readonly total: number
  readonly solved: number
  /** Of the solved: the caller was asked by phone and answered. */
  readonly answered: number
  /** Of the answered: content. */
  readonly satisfied: number
  /** Share that comes by telephone. */
  readonly hotline: number
}

export interface Figures {
  readonly place: PlaceName
  readonly city: string
  readonly persons: number
  readonly households: number
  /** Which share of the people in the village of an average place is registered elsewhere. */
  readonly floating: number
  readonly addresses: number
  readonly organisations: number
  /** Of the organisations. */
  readonly factoryPremises: number
  readonly facilities: number
  readonly objects: number
  readonly matters: number
  readonly visits: number
  /** Under communities (居委会) and under villages (村委会); one list for both where `villages` is null. */
  readonly grids: { readonly communities: GridFigures; readonly villages: GridFigures | null }
  /** Whether `grids` are those of each village and not of all together. */
  readonly perVillage: boolean
  /** Whether every level-3 grid is divided, where any is. */
  readonly dividesAll: boolean
  /** People of a level-2 grid, where a rule fixes it. */
  readonly band: readonly [least: number, most: number] | null
  readonly staff: readonly StaffFigure[]
  readonly incidents: IncidentFigures
  /** First and last local day (UTC+8) of the records. */
  readonly from: string
  readonly today: string
}

const TODAY = '2026-10-31'

/**
 * Huairou's requests: the source gives 98,115 received, 96,237 solved, phone feedback 84.67 %, satisfied 52.80 %. We read
 * feedback as answered ÷ solved and satisfied as satisfied ÷ answered, each rounded to the nearest whole request:
 * 81,484 ÷ 96,237 = 84.670 %, 43,024 ÷ 81,484 = 52.800 %.
 */
const HUAIROU_INCIDENTS: IncidentFigures = {
  total: 98_115,
  solved: 96_237,
  answered: 81_484,
  satisfied: 43_024,
  hotline: 0.66,
}

const head = (level: 1 | 2 | 3 | 4, force: StaffForce, forceKind: string): StaffFigure => ({
  role: 'head',
  level,
  count: null,
  force,
  forceKind,
})

const FIGURES: Record<PlaceName, Figures> = {
  tuanjie: {
    place: 'tuanjie',
    city: '成都',
    persons: 66_473,
    households: 26_180,
    floating: 0.42,
    addresses: 31_460,
    organisations: 3_916,
    factoryPremises: 2_088,
    facilities: 2_240,
    objects: 9_870,
    matters: 21_540,
    visits: 9_200,
    grids: { communities: [46, 86, 634], villages: null },
    perVillage: false,
    dividesAll: true,
    band: null,
    staff: [
      head(2, 'full-time', '综合网格长'),
      head(3, 'part-time', '村(居)民小组长'),
      head(4, 'part-time', '小区院落长'),
      { role: 'cadre', force: 'professional', forceKind: '机关及村(社区)干部', count: 97 },
      { role: 'worker', force: 'full-time', forceKind: '专职网格员', team: '巡查', count: 46 },
      { role: 'enforcement', force: 'professional', forceKind: '综合执法队员', team: '监督', count: 46 },
      { role: 'police', force: 'professional', forceKind: '社区民警', team: '指导', count: 12 },
      { role: 'doctor', force: 'professional', forceKind: '家庭医生', team: '服务', count: 18 },
    ],
    incidents: { total: 1_214, solved: 1_152, answered: 938, satisfied: 851, hotline: 0.24 },
    from: '2025-11-01',
    today: TODAY,
  },
  huairou: {
    place: 'huairou',
    city: '北京',
    persons: 368_500,
    households: 142_860,
    floating: 0.17,
    addresses: 116_471,
    organisations: 19_840,
    factoryPremises: 1_410,
    facilities: 51_243,
    objects: 119_617,
    matters: 242_120,
    visits: 48_600,
    // 340 / 1,221 / 4,571 / 1,452 with 21 street corridors and a zone of 4 level-2 grids beside these 318.
    grids: { communities: [102, 420, 412], villages: [1_115, 4_151, 1_040] },
    perVillage: false,
    dividesAll: false,
    band: null,
    // 26,341 in all; the full-time ones head the 21 corridors, professionals the zone and its four.
    staff: [
      head(1, 'professional', '村(社区)书记'),
      { role: 'worker', force: 'professional', forceKind: '专业网格员', count: 848 },
      { role: 'worker', force: 'full-time', forceKind: '街路专职网格员', team: '巡查', count: 21 },
      { role: 'assistant', force: 'assistant', forceKind: '', count: 3_575 },
      head(2, 'part-time', '村(居)干部'),
      head(3, 'part-time', '楼栋(街巷)长'),
      head(4, 'part-time', '楼门长、党员中心户'),
      { role: 'informant', force: 'part-time', forceKind: '信息员', team: '信息', count: 7_563 },
      { role: 'volunteer', force: 'volunteer', forceKind: '平安志愿者', team: '志愿', count: 6_776 },
    ],
    incidents: HUAIROU_INCIDENTS,
    from: '2025-12-01',
    today: TODAY,
  },
  shangdi: {
    place: 'shangdi',
    city: '北京',
    persons: 96_280,
    households: 37_940,
    floating: 0.38,
    addresses: 39_420,
    organisations: 2_860,
    factoryPremises: 64,
    facilities: 1_640,
    objects: 6_720,
    matters: 9_860,
    visits: 6_400,
    grids: { communities: [56, 142, 0], villages: null },
    perVillage: false,
    dividesAll: false,
    band: null,
    staff: [
      head(1, 'professional', '社区书记'),
      head(2, 'full-time', '社区工作者'),
      head(3, 'part-time', '自治小组长'),
      { role: 'cadre', force: 'professional', forceKind: '街道干部', team: '督导', count: 36 },
      { role: 'worker', force: 'full-time', forceKind: '专职网格员', team: '巡查', count: 56 },
      { role: 'enforcement', force: 'professional', forceKind: '综合执法队员', team: '监督', count: 24 },
      { role: 'police', force: 'professional', forceKind: '社区民警', team: '指导', count: 12 },
      { role: 'doctor', force: 'professional', forceKind: '家庭医生', team: '服务', count: 12 },
      { role: 'volunteer', force: 'volunteer', forceKind: '社区志愿者', team: '志愿', count: 284 },
    ],
    incidents: { total: 2_436, solved: 2_371, answered: 2_016, satisfied: 1_834, hotline: 0.5 },
    from: '2025-11-01',
    today: TODAY,
  },
  chuzhou: {
    place: 'chuzhou',
    city: '邹平',
    persons: 25_410,
    households: 9_060,
    floating: 0.14,
    addresses: 10_240,
    organisations: 1_120,
    factoryPremises: 210,
    facilities: 980,
    objects: 4_260,
    matters: 5_180,
    visits: 4_300,
    // 5 of the seat, 29 rural: the rule asks for 500 to 1,000 people in each.
    grids: { communities: [5, 0, 0], villages: [29, 0, 0] },
    perVillage: false,
    dividesAll: false,
    band: [500, 1000],
    // One head for two grids where they are neighbours: 22 heads for 34 grids.
    staff: [
      { role: 'head', level: 2, force: 'full-time', forceKind: '网格长', count: 22 },
      { role: 'cadre', force: 'professional', forceKind: '街道干部', team: '督导', count: 16 },
      { role: 'worker', force: 'full-time', forceKind: '专职网格员', team: '巡查', count: 34 },
      { role: 'police', force: 'professional', forceKind: '社区民警', team: '指导', count: 8 },
      { role: 'doctor', force: 'professional', forceKind: '家庭医生', team: '服务', count: 10 },
      { role: 'volunteer', force: 'volunteer', forceKind: '志愿者', team: '志愿', count: 96 },
    ],
    incidents: { total: 864, solved: 838, answered: 702, satisfied: 640, hotline: 0.3 },
    from: '2025-11-01',
    today: TODAY,
  },
  'area-grid': {
    place: 'area-grid',
    city: '成都',
    persons: 28_640,
    households: 10_870,
    floating: 0.3,
    addresses: 12_360,
    organisations: 1_680,
    factoryPremises: 520,
    facilities: 1_060,
    objects: 4_480,
    matters: 6_220,
    visits: 4_800,
    // 一村一网格: a grid for each village, sub-grids by road or natural village.
    grids: { communities: [1, 4, 0], villages: null },
    perVillage: true,
    dividesAll: false,
    band: null,
    staff: [
      head(2, 'full-time', '网格长'),
      head(3, 'part-time', '子网格长'),
      { role: 'cadre', force: 'professional', forceKind: '包村干部', team: '督导', count: 18 },
      { role: 'worker', force: 'full-time', forceKind: '专职网格员', team: '巡查', count: 26 },
      { role: 'enforcement', force: 'professional', forceKind: '综合执法队员', team: '监督', count: 12 },
      { role: 'police', force: 'professional', forceKind: '社区民警', team: '指导', count: 8 },
      { role: 'volunteer', force: 'volunteer', forceKind: '志愿者', team: '志愿', count: 80 },
    ],
    incidents: { total: 936, solved: 894, answered: 742, satisfied: 668, hotline: 0.3 },
    from: '2025-11-01',
    today: TODAY,
  },
}

/**
 * @param scale multiplies every count; rates stay as near as whole numbers allow
 * @throws for a scale that is no positive number
 */
export function figuresOf(place: PlaceName, scale = 1): Figures {
  if (!(scale > 0) || !Number.isFinite(scale)) throw new RangeError(`No place has the scale ${scale}.`)
  const figures = FIGURES[place]
  if (scale === 1) return figures
  const times = (count: number, least = 1) => (count === 0 ? 0 : Math.max(least, Math.round(count * scale)))
  const grids = (of: GridFigures): GridFigures => [times(of[0]), times(of[1]), times(of[2], 2)]
  const total = times(figures.incidents.total)
  const share = (part: number, whole: number, of: number) => Math.round((part / whole) * of)
  const { incidents } = figures
  const solved = share(incidents.solved, incidents.total, total)
  const answered = share(incidents.answered, incidents.solved, solved)
  return {
    ...figures,
    persons: times(figures.persons),
    households: times(figures.households),
    addresses: times(figures.addresses),
    organisations: times(figures.organisations),
    factoryPremises: times(figures.factoryPremises),
    facilities: times(figures.facilities),
    objects: times(figures.objects),
    matters: times(figures.matters),
    visits: times(figures.visits),
    grids: figures.perVillage
      ? figures.grids
      : {
          communities: grids(figures.grids.communities),
          villages: figures.grids.villages && grids(figures.grids.villages),
        },
    staff: figures.staff.map(of => ({ ...of, count: of.count === null ? null : times(of.count) })),
    incidents: {
      total,
      solved,
      answered,
      satisfied: share(incidents.satisfied, incidents.answered, answered),
      hotline: incidents.hotline,
    },
  }
}
