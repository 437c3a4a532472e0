// Invented names of people: a common surname and a given name of the time when they were born.
import type { Random } from '../place.ts'
import { type Picker, pickerOf } from './picker.ts'

const SURNAMES =
  '王7 李7 张7 刘5 陈5 杨3 黄2.5 赵2.2 吴2 周2 徐1.6 孙1.5 马1.3 朱1.2 胡1.2 郭1.1 何1.1 林1 罗1 高1 郑.9 梁.9 谢.8 宋.8 唐.7 许.7 韩.7 冯.6 邓.6 曹.6 彭.6 曾.6 肖.6 田.5 董.5 袁.5 潘.5 于.5 蒋.5 蔡.5 余.4 杜.4 叶.4 程.4 苏.4 魏.4 吕.4 丁.4 任.4 沈.4 姚.3 卢.3 姜.3 崔.3 钟.3 谭.3 陆.3 汪.3 范.3 金.3 石.3 廖.3 贾.3 夏.3 韦.2 付.2 方.2 白.2 邹.2 孟.2 熊.2 秦.2 邱.2 江.2 尹.2 薛.2 闫.2 段.2 雷.2 侯.2 龙.2 史.2 陶.1 黎.1 贺.1 顾.1 毛.1 郝.1 龚.1 邵.1 万.1 钱.1 严.1 覃.1 武.1 戴.1 莫.1 孔.1 向.1 汤.1'

/** Born before each year; the last list is for everybody later. */
const UNTIL = [1950, 1965, 1980, 1995, 2008, Infinity]
const MALE = [
  '德华 福生 永昌 长根 金山 树林 国栋 玉田 万春 兴旺 正清 文斌 世荣 明德 洪发 云山 庆祥 志诚 启明 家富 绍武 传德 宗林 光荣',
  '建国 建华 国强 志强 建军 国庆 卫东 援朝 建平 新民 光明 永红 学军 红卫 宝山 文革 跃进 保国 长江 爱民 志国 和平 春生 胜利',
  '伟 勇 军 强 刚 涛 斌 建 志勇 海军 永强 春雷 晓东 立新 向阳 国华 文彬 小平 志刚 大勇 红兵 建波 少华 俊杰',
  '鹏 磊 杰 超 波 浩 亮 凯 明 佳 俊 晨 志远 文博 晓峰 海涛 建伟 家豪 宇航 思远 嘉伟 鑫 帅 峰',
  '浩 宇轩 浩然 子豪 俊熙 天佑 博文 嘉豪 子轩 文轩 明轩 一鸣 皓轩 泽宇 俊杰 昊天 梓豪 志泽 鹏飞 睿 子涵 铭 家乐 雨泽',
  '沐辰 奕辰 宇泽 浩宇 一诺 子墨 亦航 梓睿 承泽 景行 嘉懿 子恒 煜城 星辰 锦程 书恒 安和 知行 云帆 允谦 昱泽 牧阳 言希 泽楷',
]
const FEMALE = [
  '秀英 桂英 玉兰 素珍 淑珍 桂兰 玉珍 秀兰 凤英 月英 兰英 秀珍 素芳 淑华 玉英 翠英 桂芳 凤兰 惠珍 素清 金花 银秀 润芝 琼华',
  '秀英 桂花 丽华 玉梅 淑芬 桂芳 玉华 秀华 春兰 秋菊 爱华 丽萍 素华 淑兰 国珍 建英 红英 菊英 月琴 惠芳 琼芳 素英 世芬 永芳',
  '丽 敏 静 艳 娟 霞 红 燕 芳 玲 梅 萍 晓燕 春梅 小红 丽娟 海燕 秀梅 红梅 小琼 玉蓉 雪梅 晓蓉 文英',
  '婷 丹 雪 莉 倩 洁 娜 琳 颖 慧 婷婷 晓雪 佳佳 丽君 思雨 文静 雅婷 晶晶 欣 露 璐 蕾 媛媛 梦',
  '欣怡 雨涵 诗涵 佳怡 思琪 梦瑶 雨欣 欣妍 子涵 梓萱 语嫣 心怡 静怡 若曦 紫萱 嘉怡 馨予 可欣 雨桐 婉婷 悦 晨曦 依诺 宇彤',
  '梓涵 一诺 若汐 沐橙 语桐 书瑶 安然 思妍 奕涵 芷晴 清欢 可沁 昕玥 知夏 念慈 穗禾 星眠 佑宁 初夏 锦月 云舒 南乔 洛伊 予安',
]

const words = (text: string) => text.split(' ')
const surnames = pickerOf(words(SURNAMES).map(entry => [entry[0]!, Number(entry.slice(1))] as const))
const male = MALE.map(words)
const female = FEMALE.map(words)
// A syllable put between makes names that nobody in the lists has.
const MIDDLE = words('文 永 志 国 晓 小 子 思 嘉 宇 家 明 海 春 玉 雅 云 一 世 光')

export const surnameOf: Picker<string> = surnames

export function givenNameOf(year: number, isMale: boolean, random: Random): string {
  const list = (isMale ? male : female)[UNTIL.findIndex(until => year < until)]!
  const name = list[Math.floor(random.next() * list.length)]!
  if (name.length > 1 || random.next() < 0.35) return name
  return MIDDLE[Math.floor(random.next() * MIDDLE.length)]! + name
}
