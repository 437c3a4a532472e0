// What people do for a living, by age and place.
import type { Random, Site } from '../place.ts'
import type { Kind } from './households.ts'
import { type Picker, pickerOf } from './picker.ts'

const works = (text: string): Picker<string> =>
  pickerOf(
    text.split(' ').map(entry => {
      const [, name, weight] = /^(\D+)(\d*)$/.exec(entry)!
      return [name!, Number(weight || 1)] as const
    }),
  )
const TOWN = works(
  '企业职工10 个体经营6 公司职员6 教师2 医务人员2 机关事业单位3 司机3 家政服务2 物业保安2 快递员2 待业2 自由职业2',
)
const PLAIN = works('务农8 工厂工人10 个体经营5 建筑工人4 司机3 家政服务2 企业职工4 外出务工3 待业1')
const MOUNTAIN = works('务农14 民俗户经营5 护林员2 外出务工4 建筑工人3 个体经营3 司机2 待业1')
const FLOATING = works('工厂工人16 建筑工人4 个体经营6 餐饮服务4 快递员3 司机2 家政服务2 公司职员3 待业1')
const LOCAL: Record<Site['ground'], Picker<string>> = { town: TOWN, plain: PLAIN, mountain: MOUNTAIN }

/** Null: a small child. */
export function workOf(
  age: number,
  male: boolean,
  kind: Kind,
  ground: Site['ground'],
  random: Random,
): string | null {
  if (age < 3) return null
  if (age < 6.5) return '幼儿'
  if (age < 18) return '学生'
  if (age < 23 && kind !== 'floating' && kind !== 'dormitory')
    return random.next() < 0.55 ? '大学生' : '工厂工人'
  if (age >= (male ? 61 : 56))
    return ground === 'town' ? '退休' : age > 72 ? '养老' : random.next() < 0.6 ? '务农' : '养老'
  if (kind === 'dormitory') return '工厂工人'
  return (kind === 'floating' ? FLOATING : LOCAL[ground])(random)
}
