// Runs an attempt on the map around some grids, and again on a wider one when a changed border turns out to need it.
import type { Coverage } from '../coverage.ts'
import { isRefusal, type Refusal } from '../model.ts'
import type { Box } from '../plans.ts'
import { leavesUnder, OUTSIDE, type Region, regionAround, segmentBox } from '../region.ts'

/** `attempt` answers with the old segments it changes among what it found, or refuses. */
export const onRegion = <T extends { readonly removed: ReadonlySet<number> }>(
  coverage: Coverage,
  grids: readonly string[],
  attempt: (region: Region) => T | Refusal,
  around: readonly Box[] = [],
): (T & { readonly region: Region }) | Refusal => {
  const further: Box[] = [...around]
  for (;;) {
    const region = regionAround(coverage, grids, further)
    if (region.broken)
      return { refused: 'bad-geometry', place: region.broken, ...(grids[0] ? { grid: grids[0] } : {}) }
    const found = attempt(region)
    if (isRefusal(found)) return found
    const unloaded = notInRegion(coverage, region, found.removed)
    if (!unloaded) return { ...found, region }
    further.push(unloaded)
  }
}

/** The box of a changed segment beyond which the coverage knows a leaf that the region does not. */
const notInRegion = (coverage: Coverage, region: Region, removed: ReadonlySet<number>): Box | null => {
  for (const s of removed) {
    if (region.left[s] !== OUTSIDE && region.right[s] !== OUTSIDE) continue
    const box = segmentBox(region, s)
    if (coverage.leavesNear(box, 1).some(leaf => !region.numberOf.has(leaf.id))) return box
  }
  return null
}

/** One flag per leaf of the region: does it belong to one of these grids? */
export const leavesOf = (coverage: Coverage, region: Region, grids: readonly string[]): Uint8Array => {
  const flags = new Uint8Array(region.leaves.length)
  for (const grid of grids)
    for (const leaf of leavesUnder(coverage, grid)) flags[region.numberOf.get(leaf.id)!] = 1
  return flags
}
