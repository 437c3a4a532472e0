// Names made from a place's own.
import { expect, it } from 'vitest'
import { randomOf } from '../random.ts'
import { Names, shortOf } from './names.ts'
import { road } from './network.ts'

it.each([
  ['白马村', '白马'],
  ['学府社区', '学府'],
  ['南华园一区社区', '南华园一区'],
  ['龙各庄', '龙各庄'],
])('%s is %s for short', (name, short) => {
  expect(shortOf(name)).toBe(short)
})

const namesAt = (code: string) => {
  const names = new Names({ code, name: '东关村' }, randomOf('names'))
  return Array.from({ length: 80 }, () => [
    names.estate(),
    names.works(),
    names.street(road('residential'), [1, 0]),
  ]).flat()
}

it('words of Sichuan are in names there and nowhere else', () => {
  const sichuanese = /[蜀川]|毗河|天府|豆瓣/
  expect(namesAt('510124101001').some(name => sichuanese.test(name))).toBe(true)
  expect(namesAt('110116003201').filter(name => sichuanese.test(name))).toEqual([])
})
