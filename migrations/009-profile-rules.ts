// Level profiles say per level what a grid may be: label, kinds, geometry, the division it stays in, staff, code width.
import { type Kysely, sql } from 'kysely'

type Band = readonly [from: number, to: number]
type Kind = 'basic' | 'special' | 'street' | 'enterprise' | 'development'
type Geometry = 'ground' | 'building' | 'part' | 'households'

type Staff = 'one-worker' | '1+1+x' | 'heads'
interface Level {
  readonly name: { readonly zh: string; readonly en: string }
  readonly label: { readonly zh: string; readonly en: string }
  readonly band: Band | null
  readonly kinds: readonly Kind[]
  readonly geometry: readonly Geometry[]
  readonly within: 'village' | 'town' | 'county' | null
  readonly staff: Staff | null
  /** How many a grid needs at least; `shared`: one person may serve several grids. */
  readonly needs: { readonly heads: number; readonly workers: number; readonly shared: boolean } | null
  readonly codeDigits: number
}

const text = (zh: string, en: string) => ({ zh, en })
const ONE_WORKER = { staff: 'one-worker', needs: { heads: 1, workers: 1, shared: false } } as const
const HEADS = { staff: 'heads', needs: { heads: 1, workers: 0, shared: true } } as const
/** One cadre as head, one hired worker, and others. */
const ONE_ONE_X = { staff: '1+1+x', needs: { heads: 1, workers: 1, shared: false } } as const

const ORDINALS = [
  text('一级网格', 'level 1'),
  text('二级网格', 'level 2'),
  text('三级网格', 'level 3'),
  text('四级网格', 'level 4'),
]

type Given = Pick<Level, 'name'> & Partial<Level>

/** What is not said: the usual label, no band, basic grids on ground inside a village, no staff rule. */
const levels = (...given: readonly Given[]): Level[] =>
  given.map((level, i) => ({
    label: ORDINALS[i]!,
    band: null,
    kinds: ['basic'],
    geometry: ['ground'],
    within: 'village',
    staff: null,
    needs: null,
    // Three digits after the village's twelve, two more for each level below.
    codeDigits: i === 0 ? 3 : 2,
    ...level,
  }))

const profiles: Readonly<Record<string, { name: { zh: string; en: string }; levels: readonly Level[] }>> = {
  town: {
    name: text('城镇', 'Town'),
    levels: levels(
      { name: text('社区', 'community'), kinds: ['basic', 'special'] },
      { name: text('楼院', 'courtyard'), kinds: ['basic', 'special'] },
      { name: text('楼栋', 'building'), geometry: ['building'] },
      { name: text('楼门', 'entrance'), geometry: ['part'] },
    ),
  },
  country: {
    name: text('乡村', 'Country'),
    levels: levels(
      { name: text('村', 'village'), kinds: ['basic', 'special'] },
      { name: text('自然村/片', 'hamlet'), kinds: ['basic', 'special'] },
      { name: text('街巷', 'lane') },
      { name: text('党员中心户', 'Party household'), geometry: ['households'] },
    ),
  },
  // Street corridors and the development zone are level-1 grids beside communities and villages, and cut across them.
  huairou: {
    name: text('怀柔', 'Huairou'),
    levels: levels(
      {
        name: text('社区/村', 'community or village'),
        band: [500, 2000],
        kinds: ['basic', 'special', 'street', 'development'],
        within: 'town',
      },
      {
        name: text('楼院/自然村(片)', 'courtyard or hamlet'),
        band: [150, 600],
        kinds: ['basic', 'special', 'development'],
      },
      { name: text('楼栋/街巷', 'building or lane'), geometry: ['building', 'ground'] },
      { name: text('楼门/党员中心户', 'entrance or Party household'), geometry: ['part', 'households'] },
    ),
  },
  tuanjie: {
    name: text('团结', 'Tuanjie'),
    levels: levels(
      { name: text('村(社区)', 'village') },
      {
        name: text('综合网格', 'comprehensive grid'),
        band: [1000, 2000],
        kinds: ['basic', 'special', 'enterprise'],
        ...ONE_WORKER,
      },
      {
        name: text('村(居)民小组', 'residents’ group'),
        band: [500, 1000],
        kinds: ['basic', 'special', 'enterprise'],
        ...HEADS,
      },
      {
        name: text('小区院落', 'courtyard'),
        band: [50, 200],
        kinds: ['basic', 'enterprise'],
        geometry: ['ground', 'building', 'part', 'households'],
        ...HEADS,
      },
    ),
  },
  // Its district and street are the first and second of "three levels, five tiers".
  shangdi: {
    name: text('上地', 'Shangdi'),
    levels: levels(
      { name: text('社区', 'community'), label: text('三级网格', 'level 3') },
      { name: text('网格单元', 'grid unit'), label: text('四级单元', 'tier 4') },
      {
        name: text('自治小组', 'self-governed group'),
        label: text('五级小组', 'tier 5'),
        geometry: ['ground', 'building'],
      },
    ),
  },
  'area-grid': {
    name: text('片区', 'Area–grid'),
    levels: levels(
      { name: text('片区', 'area'), kinds: ['basic', 'enterprise'], within: 'town' },
      {
        name: text('网格', 'grid'),
        band: [500, 1000],
        kinds: ['basic', 'special', 'enterprise'],
        ...ONE_ONE_X,
      },
      { name: text('子网格', 'sub-grid'), kinds: ['basic', 'enterprise'] },
    ),
  },
}

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [profile, { name, levels }] of Object.entries(profiles))
    await sql`
      insert into level_profile (profile, name, levels)
      values (${profile}, ${JSON.stringify(name)}::jsonb, ${JSON.stringify(levels)}::jsonb)
      on conflict (profile) do update set name = excluded.name, levels = excluded.levels`.execute(db)
  // Profiles that users added have names and bands only.
  await sql`
    update level_profile set levels = (
      select jsonb_agg(
        jsonb_build_object(
          'label', jsonb_build_object(
            'zh', (array['一', '二', '三', '四'])[n] || '级网格', 'en', 'level ' || n),
          'band', null, 'kinds', '["basic", "special", "street", "enterprise", "development"]'::jsonb,
          'geometry', '["ground", "building", "part", "households"]'::jsonb,
          'within', null, 'staff', null, 'needs', null, 'codeDigits', case n when 1 then 3 else 2 end
        ) || level order by n)
      from jsonb_array_elements(levels) with ordinality as each (level, n))
    where not levels->0 ? 'codeDigits'`.execute(db)
}
