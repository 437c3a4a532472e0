// The mark: every reply about a generated place says so, and none about a real one.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LOCAL_ACTOR } from '../db/database.ts'
import { inScope } from '../db/scope.ts'
import { describeOnBothEngines } from '../db/testing.ts'
import { buildSmallTown, type SmallTown } from '../edits/small-town.ts'
import { loadPlace } from './load-place.ts'
import { demoPlaces } from './queries.ts'
import { tinyPlace } from './tiny-place.ts'

describeOnBothEngines('the mark', fresh => {
  const tiny = tinyPlace()
  let town: SmallTown
  beforeAll(async () => {
    await loadPlace(fresh(), LOCAL_ACTOR, { ...tiny, place: 'tuanjie', seed: 1, scale: 1 })
    town = await buildSmallTown(fresh(), '510127')
  })
  afterAll(() => town.app.close())
  const get = async (url: string) => (await town.app.inject({ url })).json()

  test('the catalogue names the demo places', async () => {
    expect((await get('/api/layers')).demo).toEqual([
      { county: '510124', place: 'tuanjie', name: '团结街道' },
    ])
  })
  test('plans, areas, grid lists and coverages', async () => {
    const real = await town.newPlan()
    const plans: { id: string; demo: boolean }[] = await get('/api/plans')
    expect(Object.fromEntries(plans.map(plan => [plan.id, plan.demo]))).toEqual({
      [tiny.plan]: true,
      [real.id]: false,
    })
    const areas: { code: string; demo: boolean }[] = await get('/api/areas')
    expect(areas.filter(area => area.demo).map(area => area.code)).toEqual(['510124', tiny.village])
    expect(await get(`/api/areas/${tiny.village}`)).toMatchObject({ demo: true })
    expect(await get(`/api/areas/${town.area}`)).toMatchObject({ demo: false })
    for (const what of ['', '/grids', '/coverage']) {
      expect(await get(`/api/plans/${tiny.plan}${what}`)).toMatchObject({ demo: true })
      expect(await get(`/api/plans/${real.id}${what}`)).toMatchObject({ demo: false })
    }
  })
  test('only to who may see the county', async () => {
    const scoped = (...scope: string[]) =>
      inScope(fresh(), { name: 'somebody', scope }, demoPlaces).then(places => places.length)
    expect([await scoped(tiny.village), await scoped('510127'), await scoped()]).toEqual([1, 0, 0])
  })
})
