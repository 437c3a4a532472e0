// Level profiles: every level of every profile says what its grids may be, also of profiles that users had added.
import type { Kysely } from 'kysely'
import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { LevelProfile } from '../../core/contract/plans.ts'
import { up } from '../../migrations/009-profile-rules.ts'
import { createApp } from '../app.ts'
import { describeOnBothEngines } from '../db/testing.ts'

describeOnBothEngines('level profiles', fresh => {
  const profiles = async (): Promise<Map<string, LevelProfile>> => {
    const app = await createApp({ database: fresh(), version: 'test' })
    const list: LevelProfile[] = (await app.inject({ url: '/api/profiles' })).json()
    await app.close()
    return new Map(list.map(profile => [profile.profile, profile]))
  }
  const names = (profile: LevelProfile | undefined) => profile?.levels.map(level => level.name.zh)

  test('are whole, and named as the places name them', async () => {
    const all = await profiles()
    for (const profile of all.values()) expect([...Value.Errors(LevelProfile, profile)]).toEqual([])
    expect(names(all.get('town'))).toEqual(['社区', '楼院', '楼栋', '楼门'])
    expect(names(all.get('country'))).toEqual(['村', '自然村/片', '街巷', '党员中心户'])
    expect(names(all.get('tuanjie'))).toEqual(['村(社区)', '综合网格', '村(居)民小组', '小区院落'])
    expect(names(all.get('huairou'))).toEqual(['社区/村', '楼院/自然村(片)', '楼栋/街巷', '楼门/党员中心户'])
    expect(names(all.get('area-grid'))).toEqual(['片区', '网格', '子网格'])
    const shangdi = all.get('shangdi')
    expect(names(shangdi)).toEqual(['社区', '网格单元', '自治小组'])
    expect(shangdi?.levels[0]?.label.zh).toBe('三级网格')
  })

  test('hold the rules of the places', async () => {
    const all = await profiles()
    const huairou = all.get('huairou')!.levels
    expect(huairou[0]?.kinds).toEqual(expect.arrayContaining(['basic', 'street', 'development']))
    expect(huairou[1]?.kinds).toContain('development')
    expect(huairou.map(level => level.geometry)).toEqual([
      ['ground'],
      ['ground'],
      ['building', 'ground'],
      ['part', 'households'],
    ])
    const tuanjie = all.get('tuanjie')!.levels
    expect(tuanjie.map(level => level.staff)).toEqual([null, 'one-worker', 'heads', 'heads'])
    expect(tuanjie[1]).toMatchObject({ band: [1000, 2000], needs: { heads: 1, workers: 1 } })
    expect(all.get('area-grid')?.levels[1]).toMatchObject({ band: [500, 1000], staff: '1+1+x' })
    expect(all.get('area-grid')?.levels[0]).toMatchObject({ within: 'town' })
    for (const { levels } of all.values())
      expect(levels.map(level => level.codeDigits)).toEqual([3, 2, 2, 2].slice(0, levels.length))
  })

  test('a profile from before keeps its names and bands and allows everything', async () => {
    const levels = [
      { name: { zh: '大格', en: 'large' }, band: [1, 9] },
      { name: { zh: '小格', en: 'small' }, band: null },
    ]
    await fresh()
      .owner.insertInto('level_profile')
      .values({ profile: 'own', name: '{"zh":"自定","en":"Own"}', levels: JSON.stringify(levels) })
      .execute()
    await up(fresh().owner as Kysely<unknown>)
    const own = (await profiles()).get('own')!
    expect([...Value.Errors(LevelProfile, own)]).toEqual([])
    expect(own.levels).toMatchObject([
      { ...levels[0], label: { zh: '一级网格' }, within: null, staff: null, codeDigits: 3 },
      { ...levels[1], label: { zh: '二级网格' }, codeDigits: 2 },
    ])
    expect(own.levels[0]?.kinds).toHaveLength(5)
  })
})
