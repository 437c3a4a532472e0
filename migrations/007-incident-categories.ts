// What incidents are about: a tree for social governance and one for the city (after GB/T 30428), both data.
import { type Kysely, sql } from 'kysely'

/** What it is called, how grave it usually is (1 most, 4 least), and in how many hours it should be solved. */
type Leaf = readonly [category: string, zh: string, en: string, severity: number, hours: number]
interface Branch {
  readonly category: string
  readonly zh: string
  readonly en: string
  readonly branches?: readonly Branch[]
  readonly leaves?: readonly Leaf[]
}

const SOCIAL: readonly Branch[] = [
  {
    category: 'public-order',
    zh: '社会治安',
    en: 'Public order',
    leaves: [
      ['theft', '盗窃', 'Theft', 2, 48],
      ['fight', '打架斗殴', 'Fight', 1, 4],
      ['gambling', '聚众赌博', 'Gambling', 2, 24],
      ['fraud', '电信诈骗线索', 'Fraud', 2, 48],
      ['suspicious-person', '可疑人员', 'Suspicious person', 3, 24],
      ['noise-at-night', '噪声扰民', 'Noise at night', 4, 24],
      ['stray-dog', '犬只扰民', 'Dogs', 3, 48],
    ],
  },
  {
    category: 'disputes',
    zh: '矛盾纠纷',
    en: 'Disputes',
    leaves: [
      ['neighbours', '邻里纠纷', 'Between neighbours', 3, 120],
      ['family', '婚姻家庭纠纷', 'Within a family', 3, 120],
      ['land', '土地承包纠纷', 'About land', 3, 240],
      ['wages', '欠薪纠纷', 'About wages', 2, 120],
      ['property-management', '物业纠纷', 'About property management', 3, 168],
      ['consumer', '消费纠纷', 'About a purchase', 4, 120],
      ['traffic-damage', '交通事故纠纷', 'About a traffic accident', 3, 120],
    ],
  },
  {
    category: 'safety',
    zh: '安全隐患',
    en: 'Safety',
    leaves: [
      ['fire-hazard', '消防隐患', 'Fire hazard', 2, 48],
      ['blocked-escape', '消防通道堵塞', 'Blocked escape route', 2, 24],
      ['e-bike-charging', '电动车违规充电', 'Unsafe charging of e-bikes', 2, 24],
      ['gas', '燃气隐患', 'Gas hazard', 1, 12],
      ['electricity', '用电隐患', 'Electrical hazard', 2, 48],
      ['production-safety', '安全生产隐患', 'Hazard at work', 2, 72],
      ['dangerous-house', '危旧房屋', 'Dangerous house', 2, 72],
      ['flooding', '内涝积水', 'Flooding', 1, 12],
    ],
  },
  {
    category: 'appearance',
    zh: '市容秩序',
    en: 'Order in the streets',
    leaves: [
      ['street-vending', '占道经营', 'Vending on the street', 4, 24],
      ['piled-goods', '乱堆乱放', 'Piled-up goods', 4, 24],
      ['posters', '乱贴小广告', 'Posters', 4, 48],
      ['bad-parking', '机动车乱停放', 'Bad parking', 4, 12],
      ['bicycle-parking', '非机动车乱停放', 'Bicycles in the way', 4, 12],
      ['signboards', '违规店招', 'Signboards', 4, 120],
    ],
  },
  {
    category: 'environment',
    zh: '生态环境',
    en: 'Environment',
    leaves: [
      ['rubbish', '垃圾积存', 'Rubbish', 4, 24],
      ['straw-burning', '秸秆焚烧', 'Straw burning', 2, 4],
      ['sewage', '污水直排', 'Sewage', 2, 72],
      ['river-litter', '河道漂浮物', 'Litter in the river', 3, 48],
      ['dust', '扬尘污染', 'Dust', 3, 24],
      ['cooking-fumes', '油烟扰民', 'Cooking fumes', 4, 120],
      ['factory-fumes', '工业废气', 'Factory fumes', 2, 72],
    ],
  },
  {
    category: 'social-security',
    zh: '社会保障',
    en: 'Social security',
    leaves: [
      ['low-income', '低保救助', 'Subsistence allowance', 3, 240],
      ['medical-insurance', '医保办理', 'Medical insurance', 4, 120],
      ['pension', '养老待遇', 'Pension', 4, 120],
      ['disability-service', '残疾人服务', 'Service for the disabled', 3, 120],
      ['employment', '就业帮扶', 'Help to find work', 4, 240],
    ],
  },
  {
    category: 'livelihood',
    zh: '民生服务',
    en: 'Livelihood service',
    leaves: [
      ['water-cut', '停水报修', 'Water cut', 2, 24],
      ['power-cut', '停电报修', 'Power cut', 2, 12],
      ['heating', '供暖供气', 'Heating', 2, 24],
      ['elderly-alone', '独居老人求助', 'Elderly person alone', 2, 12],
      ['lift', '电梯故障', 'Lift out of order', 2, 24],
      ['bus', '公交出行', 'Buses', 4, 240],
      ['schooling', '入学咨询', 'Schooling', 4, 120],
      ['certificate', '证明办理', 'Certificates', 4, 72],
    ],
  },
  {
    category: 'rented-houses',
    zh: '出租房屋',
    en: 'Rented houses',
    leaves: [
      ['unregistered-tenant', '租户未登记', 'Unregistered tenant', 3, 72],
      ['overcrowding', '群租', 'Overcrowding', 2, 72],
      ['rental-fire-hazard', '出租房消防隐患', 'Fire hazard in a rented house', 2, 48],
      ['rent-dispute', '租赁纠纷', 'About rent', 3, 120],
      ['short-let', '日租房', 'Short let', 3, 120],
    ],
  },
  {
    category: 'unlawful-building',
    zh: '违法建设',
    en: 'Unlawful building',
    leaves: [
      ['new-structure', '在建违建', 'Being built', 2, 48],
      ['roof-structure', '楼顶加盖', 'On a roof', 3, 240],
      ['courtyard-structure', '院内私搭', 'In a courtyard', 3, 240],
      ['farmland', '占用耕地', 'On farmland', 2, 120],
    ],
  },
]

const CITY: readonly Branch[] = [
  {
    category: 'objects',
    zh: '部件',
    en: 'Objects',
    branches: [
      {
        category: 'utilities',
        zh: '公用设施',
        en: 'Public utilities',
        leaves: [
          ['manhole', '井盖', 'Manhole cover', 2, 24],
          ['street-lamp', '路灯', 'Street lamp', 3, 48],
          ['hydrant', '消火栓', 'Hydrant', 2, 24],
          ['distribution-box', '配电箱', 'Distribution box', 2, 24],
          ['camera', '监控设备', 'Camera', 3, 72],
          ['rain-grate', '雨水箅子', 'Rain grate', 3, 24],
        ],
      },
      {
        category: 'roads',
        zh: '道路交通',
        en: 'Roads and traffic',
        leaves: [
          ['carriageway', '路面破损', 'Carriageway', 3, 120],
          ['pavement', '人行道破损', 'Pavement', 3, 120],
          ['traffic-sign', '交通标志牌', 'Traffic sign', 3, 48],
          ['traffic-light', '交通信号灯', 'Traffic light', 1, 8],
          ['guard-rail', '护栏', 'Guard rail', 3, 72],
          ['bus-shelter', '公交站亭', 'Bus shelter', 4, 120],
        ],
      },
      {
        category: 'sanitation',
        zh: '市容环境设施',
        en: 'Sanitation',
        leaves: [
          ['bin', '果皮箱', 'Bin', 4, 48],
          ['public-toilet', '公共厕所', 'Public toilet', 4, 48],
          ['waste-station', '垃圾收集点', 'Waste station', 4, 24],
          ['billboard', '户外广告牌', 'Billboard', 3, 72],
        ],
      },
      {
        category: 'landscape',
        zh: '园林绿化',
        en: 'Landscape',
        leaves: [
          ['street-tree', '行道树', 'Street tree', 3, 72],
          ['lawn', '绿地', 'Lawn', 4, 120],
          ['bench', '休闲座椅', 'Bench', 4, 120],
          ['flower-bed', '花坛', 'Flower bed', 4, 120],
        ],
      },
      {
        category: 'other-objects',
        zh: '其他部件',
        en: 'Other objects',
        leaves: [
          ['river-rail', '河堤护栏', 'Rail along a river', 2, 72],
          ['notice-board', '公示栏', 'Notice board', 4, 168],
          ['fitness-equipment', '健身器材', 'Fitness equipment', 4, 168],
          ['overhead-wire', '架空线缆', 'Overhead wire', 2, 48],
        ],
      },
    ],
  },
  {
    category: 'events',
    zh: '城市管理事件',
    en: 'Events',
    branches: [
      {
        category: 'city-appearance',
        zh: '市容环境事件',
        en: 'City appearance',
        leaves: [
          ['exposed-rubbish', '暴露垃圾', 'Exposed rubbish', 4, 8],
          ['dirty-road', '道路不洁', 'Dirty road', 4, 8],
          ['building-waste', '积存渣土', 'Building waste', 4, 24],
          ['overflowing-drain', '污水外溢', 'Overflowing drain', 3, 12],
          ['damaged-green', '绿地脏乱', 'Damaged green', 4, 48],
        ],
      },
      {
        category: 'advertising',
        zh: '宣传广告事件',
        en: 'Advertising',
        leaves: [
          ['illegal-advert', '违规户外广告', 'Unlawful advertisement', 4, 72],
          ['hanging-banner', '违规悬挂横幅', 'Banner', 4, 12],
          ['leaflets', '散发传单', 'Leaflets', 4, 8],
          ['graffiti', '乱涂乱画', 'Graffiti', 4, 48],
        ],
      },
      {
        category: 'construction',
        zh: '施工管理事件',
        en: 'Construction',
        leaves: [
          ['site-dust', '工地扬尘', 'Dust from a site', 3, 24],
          ['night-work', '夜间施工噪声', 'Work at night', 3, 12],
          ['road-occupation', '施工占道', 'Site on the road', 3, 24],
          ['spilled-load', '运输遗撒', 'Spilled load', 3, 8],
        ],
      },
      {
        category: 'emergencies',
        zh: '突发事件',
        en: 'Emergencies',
        leaves: [
          ['burst-pipe', '水管爆裂', 'Burst pipe', 1, 12],
          ['fallen-tree', '树木倒伏', 'Fallen tree', 2, 8],
          ['road-collapse', '路面塌陷', 'Road collapse', 1, 12],
          ['fallen-wire', '线缆坠落', 'Fallen wire', 1, 8],
        ],
      },
      {
        category: 'street-order',
        zh: '街面秩序事件',
        en: 'Order on the street',
        leaves: [
          ['shop-spillover', '店外经营', 'Shops beyond their doors', 4, 12],
          ['unlicensed-stall', '无照经营游商', 'Unlicensed stall', 4, 8],
          ['shared-bicycles', '共享单车乱停', 'Shared bicycles', 4, 12],
          ['drying-clothes', '沿街晾挂', 'Clothes hung out on the street', 4, 24],
        ],
      },
    ],
  },
]

interface Category {
  readonly category: string
  readonly parent: string | null
  readonly tree: 'social' | 'city'
  readonly name: { readonly zh: string; readonly en: string }
  readonly severity: number | null
  readonly hours: number | null
}
const rowsOf = (tree: Category['tree'], parent: string | null, branches: readonly Branch[]): Category[] =>
  branches.flatMap(({ category, zh, en, branches: below = [], leaves = [] }) => [
    { category, parent, tree, name: { zh, en }, severity: null, hours: null },
    ...rowsOf(tree, category, below),
    ...leaves.map(([leaf, zhLeaf, enLeaf, severity, hours]) => ({
      category: leaf,
      parent: category,
      tree,
      name: { zh: zhLeaf, en: enLeaf },
      severity,
      hours,
    })),
  ])

/** Parents before children. */
export const categories: readonly Category[] = [
  ...rowsOf('social', null, SOCIAL),
  ...rowsOf('city', null, CITY),
]

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table incident_category (
      category text primary key,
      parent text references incident_category,
      tree text not null check (tree in ('social', 'city')),
      name jsonb not null,
      -- of what has no children: how grave it usually is, 1 most, and hours to solve it in
      severity smallint check (severity between 1 and 4),
      hours integer check (hours > 0),
      check ((severity is null) = (hours is null))
    )`.execute(db)
  await sql`create index incident_category_parent on incident_category (parent)`.execute(db)
  await sql`grant select on incident_category to huage_app`.execute(db)

  await sql`
    insert into incident_category
    select * from jsonb_populate_recordset(null::incident_category, ${JSON.stringify(categories)}::jsonb)`.execute(
    db,
  )
}
