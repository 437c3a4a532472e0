// Names of roads, lanes, hamlets, estates and institutions, each used once in a site.
import type { Random, Use } from '../place.ts'
import type { Point } from './course.ts'
import type { Way } from './network.ts'

const ROOTS =
  '学院 团结 银杏 毗河 建设 人民 和平 新民 文化 兴盛 望江 锦绣 双创 长安 德政 书院 天府 蜀源 桂花 芙蓉 梧桐 红光 永安 幸福 光明 迎宾 民主 解放 友谊 春晓 清溪 静安 西源 东升 南华 北斗 金牛 玉兰 海棠 紫荆 香樟 翠竹 青松 明珠 星光 科创 创业 富强 康乐 福源 安泰 景明 鹤鸣 松涛 柳荫 杏林 桃源 荷塘 梅园 兰亭 菊香'.split(
    ' ',
  )
const SURNAMES =
  '张 王 李 刘 陈 杨 黄 周 吴 徐 孙 马 朱 胡 郭 何 高 林 罗 郑 梁 谢 宋 唐 许 邓 韩 冯 曹 彭 曾 肖 田 董 潘 袁 蔡 蒋 余 于 杜 叶 程 魏 苏 吕 丁 任 卢 姚 沈 钟 姜 崔 谭 陆 范 汪 廖 石 金 韦 贾 夏 付 方 邹 熊 白 孟 秦 邱 侯 江 尹 薛 闫 段 雷 龙 黎 史 陶 贺 毛 郝 顾 龚 邵 万 覃 武 钱 戴 严 莫 孔 向 常'.split(
    ' ',
  )
const ESTATE_FIRST =
  '学府 锦绣 翰林 金桂 银杏 阳光 水岸 滨河 书香 御景 春天 和谐 幸福 丽景 东方 紫薇 蓝庭 恒馨 万和 龙泽 翠湖 芳草 香榭 橡树 蜀韵 天悦 云上 星河 学苑 观澜'.split(
    ' ',
  )
const ESTATE_LAST = '花园 家园 小区 雅苑 苑 新城 名邸 公馆 佳苑 里'.split(' ')
const WORKS =
  '鹃城 川味 蜀香 宏达 鑫源 天成 华西 恒通 金牛 顺发 永丰 瑞丰 德裕 东泰 新宇 科达 兴旺 联合 博瑞 利民'.split(
    ' ',
  )
const TRADES =
  '食品厂 豆瓣厂 机械厂 家具厂 包装厂 建材厂 印务厂 电器厂 模具厂 服装厂 塑料厂 饲料厂 五金厂 物流园'.split(
    ' ',
  )
/** Words of Sichuan: nowhere else in a name. */
const OF_SICHUAN = /毗河|天府|蜀|鹃城|川味|华西|豆瓣/
const SICHUAN = '51'
const wordsAt = (code: string, words: readonly string[]): readonly string[] =>
  code.startsWith(SICHUAN) ? words : words.filter(word => !OF_SICHUAN.test(word))
const DIGITS = '一二三四五六七八九十'

/** 11 → 十一. */
export function chinese(n: number): string {
  if (n <= 10) return DIGITS[n - 1]!
  const tens = Math.floor(n / 10)
  return `${tens > 1 ? DIGITS[tens - 1] : ''}十${n % 10 ? DIGITS[(n % 10) - 1] : ''}`
}

const shuffled = <T>(list: readonly T[], random: Random): T[] => {
  const left = [...list]
  for (let i = left.length - 1; i > 0; i--) {
    const j = random.whole(0, i)
    const moved = left[i]!
    left[i] = left[j]!
    left[j] = moved
  }
  return left
}

/** 白马 of 白马村, 南华园一区 of 南华园一区社区. */
export const shortOf = (site: string): string => site.replace(/(村|社区)$/, '')

export class Names {
  private readonly used = new Set<string>()
  private readonly roots: string[]
  private readonly surnames: string[]
  private readonly estates: readonly string[]
  private readonly firms: readonly string[]
  private readonly trades: readonly string[]
  private lanes = 0

  constructor(
    private readonly place: { readonly code: string; readonly name: string },
    private readonly random: Random,
    /** Roots that this site's streets may use; others of the place use others. */
    roots: readonly string[] = wordsAt(place.code, ROOTS),
    private readonly hamlets: readonly string[] = [
      '家林盘',
      '家院子',
      '家大院',
      '家碾',
      '家沟',
      '家桥',
      '家坝',
      '家埝',
    ],
  ) {
    this.roots = shuffled(roots, random)
    this.surnames = shuffled(SURNAMES, random)
    this.estates = wordsAt(place.code, ESTATE_FIRST)
    this.firms = wordsAt(place.code, WORKS)
    this.trades = wordsAt(place.code, TRADES)
  }

  private once(make: (round: number) => string): string {
    for (let round = 0; ; round++) {
      const name = make(round)
      if (this.used.has(name)) continue
      this.used.add(name)
      return name
    }
  }

  /** 银杏路, 银杏东路, 银杏二街 … */
  street = (way: Way, [dx, dy]: Point): string => {
    const along = Math.abs(dx) > Math.abs(dy) ? ['东', '西'] : ['南', '北']
    const last = way.class === 'primary' || way.class === 'secondary' ? ['大道', '路'] : ['路', '街']
    const end = last[this.random.whole(0, 1)]!
    const i = this.used.size
    return this.once(round => {
      const root = this.roots[(i + round) % this.roots.length]!
      const lap = Math.floor(round / this.roots.length)
      if (lap === 0 && way.class !== 'residential') return `${root}${end}`
      if (lap <= 2) return `${root}${along[(lap + i) % 2]}${end === '大道' ? '路' : end}`
      return `${root}${chinese(lap - 2)}${end === '大道' ? '路' : end}`
    })
  }

  /** 白马路, 白马二路 … */
  village = (): string => {
    const short = shortOf(this.place.name)
    return this.once(round => `${short}${round === 0 ? '' : chinese(round + 1)}路`)
  }

  lane = (): string => this.once(() => `${chinese(++this.lanes)}巷`)

  hamlet = (): string => {
    const i = this.random.whole(0, this.surnames.length - 1)
    return this.once(round => {
      const surname = this.surnames[(i + round) % this.surnames.length]!
      const lap = Math.floor(round / this.surnames.length)
      const ends = this.hamlets
      if (lap < ends.length) return `${surname}${ends[(i + round + lap) % ends.length]}`
      return `${surname}家${chinese(lap)}组院子`
    })
  }

  estate = (): string => {
    const i = this.random.whole(0, this.estates.length - 1)
    const j = this.random.whole(0, ESTATE_LAST.length - 1)
    return this.once(round => {
      const first = this.estates[(i + round) % this.estates.length]!
      const last = ESTATE_LAST[(j + Math.floor(round / this.estates.length)) % ESTATE_LAST.length]!
      const phase = Math.floor(round / this.estates.length / ESTATE_LAST.length)
      return `${first}${last}${phase === 0 ? '' : `${chinese(phase + 1)}期`}`
    })
  }

  works = (): string =>
    this.once(round => {
      const name = this.random.pick(this.firms) + this.random.pick(this.trades)
      return round < 40 ? name : `${name}${chinese(round - 39)}分厂`
    })

  /** A name for something there may be several of: 团结小学, 团结第二小学. */
  several = (first: string, last: string): string =>
    this.once(round => (round === 0 ? `${first}${last}` : `${first}第${chinese(round + 1)}${last}`))

  named(use: Use): string | null {
    const short = shortOf(this.place.name)
    switch (use) {
      case 'estate':
        return this.estate()
      case 'hamlet':
        return this.hamlet()
      case 'factory':
        return this.works()
      case 'school':
        return this.several(short, '小学')
      case 'hospital':
        return this.several(short, '卫生院')
      case 'office':
        return this.several(short, '办公楼')
      case 'shops':
        return this.several(short, '市场')
      case 'park':
        return this.several(short, '公园')
      case 'square':
        return this.several(short, '广场')
      case 'yard':
        return this.several(short, '客运站')
      default:
        return null
    }
  }
}
