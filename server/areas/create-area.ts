// Adding an area that somebody drew or uploaded: its outline is made clean, its code is given or found.
import type { NewArea } from '../../core/contract/areas.ts'
import { cleanOutline, isRefusal, type Refusal, toGeoJson } from '../../core/topology/index.ts'
import type { Tx } from '../db/database.ts'
import { ProblemError } from '../errors.ts'
import { bumpLayer } from '../layers/queries.ts'
import { refreshAreas } from '../search/refresh-search.ts'
import { nextLocalCode } from './next-local-code.ts'
import { countyUnder, insertArea } from './queries.ts'
import { tooWide } from './too-wide.ts'

/** Where areas without a national code go when no known county lies under them. */
const PRIVATE_COUNTY = '990000'

/** @returns the new area's code, or why its outline cannot be used */
export async function createArea(tx: Tx, actor: string, area: NewArea): Promise<string | Refusal> {
  const cleaned = cleanOutline(area.geometry)
  if (isRefusal(cleaned)) return cleaned
  if (tooWide(cleaned.shape)) return { refused: 'bad-geometry', place: null }
  const geometry = toGeoJson(cleaned.shape)
  const county = area.code?.slice(0, 6) ?? (await countyUnder(tx, geometry)) ?? PRIVATE_COUNTY
  const code = area.code ?? (await nextLocalCode(tx, county))
  const inserted = await insertArea(tx, {
    code,
    name: area.name.trim(),
    local: area.code === undefined,
    source: 'drawn',
    actor,
    geometry,
  })
  if (!inserted) throw new ProblemError('area-exists')
  await bumpLayer(tx, county, 'areas')
  await refreshAreas(tx, county)
  return code
}
