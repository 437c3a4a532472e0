import { feature } from 'topojson-client'
import { describe, expect, it } from 'vitest'
import { fuzzedPlan } from './fuzzing.ts'
import { toGeoJson } from './geojson.ts'
import { fromTopology, toTopology } from './topology-json.ts'

describe('TopoJSON', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('gives the same grids back, plan %d', seed => {
    const grids = [...fuzzedPlan({ seed, operations: 120, cell: 4_000, side: 3, mostLeaves: 40 }).grids()]
    const topology = JSON.parse(JSON.stringify(toTopology(grids)))
    expect(fromTopology(topology)).toEqual(grids)
    const starts = new Set<string>()
    for (const arc of toTopology(grids).arcs) {
      const key = JSON.stringify(arc)
      expect(starts.has(key)).toBe(false)
      starts.add(key)
    }
  })

  it('is read by other programs', () => {
    const grids = [...fuzzedPlan({ seed: 3, operations: 60, cell: 40_000, side: 2, mostLeaves: 20 }).grids()]
    const topology = toTopology(grids)
    const collection = feature(topology, topology.objects.grids)
    collection.features.forEach((read, i) => {
      expect(read.id).toBe(grids[i]!.id)
      const ours = toGeoJson(grids[i]!.shape).coordinates.flat(3)
      expect(read.geometry.type).toBe('MultiPolygon')
      const theirs = (read.geometry as GeoJSON.MultiPolygon).coordinates.flat(3)
      expect(theirs.reduce((sum, v) => sum + v, 0)).toBeCloseTo(
        ours.reduce((sum, v) => sum + v, 0),
        1,
      )
    })
  })
})
