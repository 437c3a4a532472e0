// Rivers, main roads and streets of Huairou, as one knows them without a survey. WGS84, good to a kilometre.
import type { Degrees } from './huairou-places.ts'

export interface RiverCourse {
  readonly name: string
  readonly halfWidth: number
  /** From the mountains down. */
  readonly course: readonly Degrees[]
}

/** Main rivers before those that flow into them. */
export const RIVERS: readonly RiverCourse[] = [
  {
    name: '白河',
    halfWidth: 40,
    course: [
      [116.49, 40.7],
      [116.55, 40.705],
      [116.6, 40.714],
      [116.64, 40.727],
      [116.67, 40.705],
      [116.686, 40.677],
      [116.71, 40.66],
    ],
  },
  {
    name: '汤河',
    halfWidth: 30,
    course: [
      [116.632, 41.05],
      [116.637, 40.98],
      [116.624, 40.915],
      [116.65, 40.87],
      [116.7, 40.825],
      [116.733, 40.79],
      [116.69, 40.757],
      [116.64, 40.727],
    ],
  },
  {
    name: '怀河',
    halfWidth: 35,
    course: [
      [116.595, 40.31],
      [116.612, 40.298],
      [116.65, 40.299],
      [116.668, 40.284],
      [116.682, 40.268],
      [116.685, 40.24],
    ],
  },
  {
    name: '怀沙河',
    halfWidth: 18,
    course: [
      [116.41, 40.445],
      [116.46, 40.418],
      [116.51, 40.388],
      [116.545, 40.352],
      [116.578, 40.325],
      [116.595, 40.31],
    ],
  },
  {
    name: '雁栖河',
    halfWidth: 20,
    course: [
      [116.56, 40.49],
      [116.61, 40.458],
      [116.64, 40.422],
      [116.66, 40.398],
      [116.666, 40.36],
      [116.668, 40.32],
      [116.668, 40.284],
    ],
  },
]

export interface Trunk {
  readonly name: string
  readonly class: 'primary' | 'secondary'
  /** Towns whose seats it joins, in order; a position: where it leaves the county. */
  readonly over: readonly (string | Degrees)[]
}

export const TRUNKS: readonly Trunk[] = [
  {
    name: '京密路',
    class: 'primary',
    over: [[116.612, 40.25], '庙城地区', '龙山街道', '北房镇', [116.76, 40.33]],
  },
  {
    name: '怀丰路',
    class: 'primary',
    over: [
      '龙山街道',
      '泉河街道',
      '雁栖地区',
      '怀北镇',
      '琉璃庙镇',
      '汤河口镇',
      '长哨营满族乡',
      '喇叭沟门满族乡',
      [116.63, 41.06],
    ],
  },
  { name: '怀黄路', class: 'secondary', over: ['泉河街道', '怀柔地区', '九渡河镇', [116.28, 40.4]] },
  { name: '怀沙路', class: 'secondary', over: ['怀柔地区', '渤海镇'] },
  { name: '安四路', class: 'secondary', over: [[116.5, 40.25], '桥梓镇', '九渡河镇', '渤海镇'] },
  { name: '雁栖路', class: 'secondary', over: ['泉河街道', '怀柔地区', '雁栖地区'] },
  { name: '范崎路', class: 'secondary', over: ['雁栖地区', [116.595, 40.466], '琉璃庙镇'] },
  { name: '滦赤路', class: 'secondary', over: ['汤河口镇', '宝山镇', [116.49, 40.72]] },
  { name: '杨雁路', class: 'secondary', over: ['杨宋镇', '北房镇', '雁栖地区'] },
  { name: '怀杨路', class: 'secondary', over: ['龙山街道', '杨宋镇', [116.72, 40.26]] },
  { name: '庙桥路', class: 'secondary', over: ['庙城地区', '桥梓镇'] },
  { name: '宝喇路', class: 'secondary', over: ['宝山镇', [116.39, 40.9]] },
]

/** Where the development zone lies. */
export const ZONE_AT: Degrees = [116.682, 40.352]
export const ZONE_NAME = '雁栖经济开发区'

export const STREET_NAMES: readonly string[] = [
  '青春路',
  '府前街',
  '商业街',
  '迎宾路',
  '开放路',
  '富乐大街',
  '湖光路',
  '南大街',
  '北大街',
  '后城街',
  '兴怀大街',
  '滨湖路',
  '龙山路',
  '丽湖街',
  '车站路',
  '南华大街',
  '北园路',
  '红螺路',
  '杨家园路',
  '金台街',
  '望怀路',
  '西园路',
  '下元街',
  '于家园路',
  '新贤街',
  '学府路',
  '体育路',
  '文化街',
  '怀安路',
  '永乐路',
]
