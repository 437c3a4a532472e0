// What the rules are called, how each is checked, and a sentence for every finding, in both languages.
import type { Finding, Limits, Rule, What } from './rule.ts'

interface Both {
  readonly zh: string
  readonly en: string
}
const both = (zh: string, en: string): Both => ({ zh, en })

export const RULE_TITLES: Record<Rule, Both> = {
  R1: both('不打破行政区划', 'Divisions stay whole'),
  R2: both('一村一格', 'One village, one grid'),
  R3: both('以实有人口为基础', 'Based on the people who live there'),
  R4: both('兼顾面积、企业', 'Area and firms considered'),
  R5: both('界线沿道路、河流或村界', 'Borders on roads, rivers or village edges'),
  R6: both('人口在规定范围内', 'People within the band'),
  R7: both('任务均衡', 'Fair shares of work'),
  R8: both('界线清楚、便于管理', 'Clear bounds, easy to manage'),
  R9: both('全覆盖、无缝隙、不重叠', 'No gap, no overlap'),
  R10: both('一格一员', 'One grid, one worker'),
  R11: both('“1+1+X”配备', '1+1+X staff'),
  R12: both('100% 覆盖', '100 % covered'),
  R13: both('企业区域单独成格', 'Enterprise areas in grids of their own'),
}

const percent = (share: number): string => `${Math.round(share * 100)}%`

export const howChecked = (rule: Rule, limits: Limits): Both => {
  switch (rule) {
    case 'R1':
      return both(
        '每个网格须在层级方案为该层级规定的行政区之内；专属、街路、企业、开发区网格可以跨越，经确认的例外也可以，只作提示。',
        'Every grid inside the division that the profile names for its level; grids of special kinds and confirmed exceptions may cross, which is noted.',
      )
    case 'R2':
      return both(
        '一个村（社区）有多个一级网格时提示。',
        'Noted where a village has several grids of level 1.',
      )
    case 'R3':
      return both(
        '人口由总数推算、并非逐户登记时提示。',
        'Noted where people were spread from a total, not counted.',
      )
    case 'R4':
      return both(
        `面积或企业数超过同级中位数 ${limits.times} 倍时提示。`,
        `Noted where area or firms are more than ${limits.times} times the median of the siblings.`,
      )
    case 'R5':
      return both(
        `界线离道路、水域或村界 15 米以内且走向一致的长度，应不少于 ${percent(limits.shareOnLines)}；只检查以地块划分的层级。`,
        `At least ${percent(limits.shareOnLines)} of a border runs along a road, a water or a village edge, within 15 m; judged at levels whose grids are pieces of ground.`,
      )
    case 'R6':
      return both(
        '基础网格的人口应在层级方案规定的范围内。',
        'People of a basic grid within the band of the profile.',
      )
    case 'R7':
      return both(
        `同一上级之下，各网格的工作量（人口＋每家企业折合 ${limits.workOf.firm} 人）与平均值的差，不超过 ${percent(limits.deviation)} 或人口范围的幅度；每个上级列出相差最大的一个。`,
        `Work (people, and ${limits.workOf.firm} for each firm) within ${percent(limits.deviation)} of the mean under one parent, or as far as the band allows; the worst of each parent is listed.`,
      )
    case 'R8':
      return both(
        `网格应连成一片；以地块划分的层级，形状紧凑度不低于 ${limits.compactness}。`,
        `A grid in one piece; at levels of ground, compactness of at least ${limits.compactness}.`,
      )
    case 'R9':
      return both(
        '相邻网格共用同一条界线，逐点核对。',
        'Neighbours share one border; every vertex is checked.',
      )
    case 'R10':
      return both(
        '在层级方案规定的层级，每个网格有网格员、网格长。',
        'A worker and a head for each grid, at the levels that the profile names.',
      )
    case 'R11':
      return both(
        `在层级方案规定的层级，每个网格有网格长、网格员和其他力量；下级网格每满 ${limits.gridsPerWorker} 个增加一名网格员。`,
        `A head, a worker and others at the levels that the profile names; one more worker for every ${limits.gridsPerWorker} grids below.`,
      )
    case 'R12':
      return both('一级网格覆盖全部地面和全部人口。', 'Grids of level 1 cover all ground and all people.')
    case 'R13':
      return both(
        `网格类型须为该层级所允许；基础网格内企业达到 ${limits.firms} 家时，提示单独成格。`,
        `Kinds as the profile allows; noted where a basic grid has ${limits.firms} firms or more.`,
      )
  }
}

const zhNumber = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 2 })
const enNumber = new Intl.NumberFormat('en', { maximumFractionDigits: 2 })

const SENTENCES: Record<
  What,
  (n: (value: number | null, language: 'zh' | 'en') => string, f: Finding) => Both
> = {
  'crosses-division': (n, f) =>
    both(`跨越 ${n(f.value, 'zh')} 个行政区的界线。`, `Crosses the border of ${n(f.value, 'en')} divisions.`),
  'village-divided': (n, f) =>
    both(
      `这个村（社区）分成了 ${n(f.value, 'zh')} 个一级网格。`,
      `This village is divided into ${n(f.value, 'en')} grids of level 1.`,
    ),
  'people-spread': () =>
    both(
      '人口由总数按建筑面积推算，并非逐户登记。',
      'People were spread over the buildings from a total; nobody counted them.',
    ),
  large: (n, f) =>
    both(
      `面积 ${n(km2(f.value), 'zh')} 平方公里，明显大于同级网格（以 ${n(km2(f.to), 'zh')} 平方公里为限）。`,
      `${n(km2(f.value), 'en')} km², much more than its siblings (limit ${n(km2(f.to), 'en')} km²).`,
    ),
  'many-firms': (n, f) =>
    both(
      `企业 ${n(f.value, 'zh')} 家，明显多于同级网格（以 ${n(f.to, 'zh')} 家为限）。`,
      `${n(f.value, 'en')} firms, many more than its siblings (limit ${n(f.to, 'en')}).`,
    ),
  'off-lines': (_, f) =>
    both(
      `只有 ${percent(f.value ?? 0)} 的界线沿道路、水域或村界。`,
      `Only ${percent(f.value ?? 0)} of its border runs along roads, waters or village edges.`,
    ),
  'few-people': (n, f) =>
    both(
      `${n(f.value, 'zh')} 人，少于 ${n(f.from, 'zh')}–${n(f.to, 'zh')} 人的范围。`,
      `${n(f.value, 'en')} people, below the band of ${n(f.from, 'en')}–${n(f.to, 'en')}.`,
    ),
  'many-people': (n, f) =>
    both(
      `${n(f.value, 'zh')} 人，多于 ${n(f.from, 'zh')}–${n(f.to, 'zh')} 人的范围。`,
      `${n(f.value, 'en')} people, above the band of ${n(f.from, 'en')}–${n(f.to, 'en')}.`,
    ),
  'unequal-work': (_, f) =>
    both(
      `工作量比同一上级之下的平均值${(f.value ?? 0) < 0 ? '少' : '多'} ${percent(Math.abs(f.value ?? 0))}，为其中相差最大的一个。`,
      `Its work is ${percent(Math.abs(f.value ?? 0))} ${(f.value ?? 0) < 0 ? 'below' : 'above'} the mean of its siblings, the furthest of them.`,
    ),
  'in-pieces': (n, f) =>
    both(
      `由 ${n(f.value, 'zh')} 块不相连的地面组成。`,
      `Consists of ${n(f.value, 'en')} pieces that are not connected.`,
    ),
  'not-compact': (n, f) =>
    both(
      `形状狭长或曲折：紧凑度 ${n(f.value, 'zh')}（圆为 1）。`,
      `Long or crooked: compactness ${n(f.value, 'en')} (a circle has 1).`,
    ),
  unsound: () =>
    both(
      '此处的网格有缝隙、重叠或界线不一致。请运行 huage verify 查看详情。',
      'Grids leave a gap, overlap, or disagree about their border here. Run huage verify for details.',
    ),
  'no-staff-known': () =>
    both(
      '还没有任何网格的人员数据，无法检查人员配备。请先导入人员。',
      'No posts on any grid are known, so staff cannot be checked. Import staff first.',
    ),
  'few-heads': (n, f) =>
    both(
      `网格长 ${n(f.value, 'zh')} 名，应有 ${n(f.from, 'zh')} 名。`,
      `${n(f.value, 'en')} heads, ${n(f.from, 'en')} needed.`,
    ),
  'few-workers': (n, f) =>
    both(
      `网格员 ${n(f.value, 'zh')} 名，应有 ${n(f.from, 'zh')} 名。`,
      `${n(f.value, 'en')} workers, ${n(f.from, 'en')} needed.`,
    ),
  'no-others': () => both('没有“X”：其他力量一名也没有。', 'No X: nobody besides head and worker.'),
  'shared-worker': () =>
    both(
      '网格员同时负责其他网格，应为本网格专有。',
      'Its worker also serves another grid; it should have one of its own.',
    ),
  'ground-left-out': (n, f) =>
    both(
      `有 ${n(km2(f.value), 'zh')} 平方公里地面不属于任何网格。`,
      `${n(km2(f.value), 'en')} km² of ground belong to no grid.`,
    ),
  'people-left-out': (n, f) =>
    both(`有 ${n(f.value, 'zh')} 人的住处不在任何网格内。`, `${n(f.value, 'en')} people live in no grid.`),
  'kind-not-allowed': () =>
    both('该层级不允许这种网格类型。', 'The profile does not allow this kind of grid at its level.'),
  'enterprise-area': (n, f) =>
    both(
      `有 ${n(f.value, 'zh')} 家企业，可考虑划为企业网格。`,
      `${n(f.value, 'en')} firms; consider an enterprise grid.`,
    ),
}

const km2 = (squareMetres: number | null): number => (squareMetres ?? 0) / 1e6

export const sentenceOf = (finding: Finding): Both =>
  SENTENCES[finding.what](
    (value, language) => (language === 'zh' ? zhNumber : enNumber).format(value ?? 0),
    finding,
  )
