// Which area a file belongs to when nobody says: the one county of the database that its places lie in.
import { sql } from 'kysely'
import type { ImportLayer } from '../../core/contract/imports.ts'
import { LATTICE } from '../../core/topology/model.ts'
import type { Tx } from '../db/database.ts'
import type { Looked } from './inspect.ts'

export interface AreaFound {
  /** Code of an area, or of the county as a whole; null: no county, or more than one. */
  readonly used: string | null
  /** `only`: the file has no places, and there is just one county. */
  readonly how: 'place' | 'only' | 'none'
  /** The most suitable first. The county as a whole may be no area of its own and then has no name. */
  readonly choices: readonly { readonly code: string; readonly name: string | null }[]
}

/** What says its own place row by row, or makes it: nothing is put forward for it. */
export const OF_THEIR_OWN: ReadonlySet<ImportLayer> = new Set(['areas', 'grids'])

/** Places that are asked about: enough to tell counties apart. */
const ASKED = 400
const CHOICES = 20
/** An extract goes beyond the border of its county, but at least so much of it lies inside. */
const INSIDE = 0.2
/** Another county with so many as the first makes it unclear. */
const UNCLEAR = 0.1

interface Holding {
  readonly county: string
  readonly code: string
  readonly name: string
  readonly places: readonly number[]
}

export async function areaOfPlaces(tx: Tx, { features, more }: Looked): Promise<AreaFound> {
  const places = placesOf(features)
  if (places.length === 0) return onlyCounty(tx)
  const { rows } = await sql<Holding>`
    select a.county, a.code, a.name, array_agg(p.i order by p.i) as places
    from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as p(i integer, x float8, y float8)
      join area a on st_covers(a.geom, st_setsrid(st_makepoint(p.x, p.y), 4326))
    group by a.county, a.code, a.name`.execute(tx)
  const counties = new Map<string, Set<number>>()
  for (const { county, places: held } of rows)
    counties.set(county, new Set([...(counties.get(county) ?? []), ...held]))
  const [first, second] = [...counties].sort(([a, m], [b, n]) => n.size - m.size || (a < b ? -1 : 1))
  if (first === undefined) return { used: null, how: 'none', choices: [] }
  const [county, held] = first
  const isClear = held.size >= places.length * INSIDE && (second?.[1].size ?? 0) < held.size * UNCLEAR
  const choices = choicesOf(rows, [...counties.keys()], county)
  if (!isClear) return { used: null, how: 'none', choices }
  // Of a file whose every place is known, the smallest area around all of them; else the county, which is always right.
  const around = more ? [] : rows.filter(row => row.county === county && row.places.length === places.length)
  const smallest = around.sort((a, b) => b.code.length - a.code.length || (a.code < b.code ? -1 : 1))[0]
  const used = smallest?.code ?? county
  const chosen = choices.find(({ code }) => code === used)!
  return { used, how: 'place', choices: [chosen, ...choices.filter(one => one !== chosen)].slice(0, CHOICES) }
}

function choicesOf(
  rows: readonly Holding[],
  counties: readonly string[],
  best: string,
): AreaFound['choices'] {
  const named = [...rows].sort(
    (a, b) =>
      Number(b.county === best) - Number(a.county === best) ||
      b.places.length - a.places.length ||
      a.code.length - b.code.length ||
      (a.code < b.code ? -1 : 1),
  )
  const whole = counties.filter(county => !rows.some(({ code }) => code === county))
  return [...named.map(({ code, name }) => ({ code, name })), ...whole.map(code => ({ code, name: null }))]
}

function placesOf(features: Looked['features']): { i: number; x: number; y: number }[] {
  const placed = features.flatMap(({ shape }) => {
    const ring = shape?.parts[0]?.[0]
    return ring === undefined || ring.length < 2 ? [] : [[ring[0]! / LATTICE, ring[1]! / LATTICE] as const]
  })
  const every = Math.max(1, placed.length / ASKED)
  return Array.from({ length: Math.min(placed.length, ASKED) }, (_, i) => {
    const [x, y] = placed[Math.floor(i * every)]!
    return { i, x, y }
  })
}

async function onlyCounty(tx: Tx): Promise<AreaFound> {
  const rows = await tx
    .selectFrom('area')
    .select('county')
    .distinct()
    .orderBy('county')
    .limit(CHOICES)
    .execute()
  const codes = rows.map(row => row.county)
  const areas =
    codes.length === 0
      ? []
      : await tx.selectFrom('area').select(['code', 'name']).where('code', 'in', codes).execute()
  const choices = codes.map(code => ({ code, name: areas.find(area => area.code === code)?.name ?? null }))
  return choices.length === 1
    ? { used: choices[0]!.code, how: 'only', choices }
    : { used: null, how: 'none', choices }
}
