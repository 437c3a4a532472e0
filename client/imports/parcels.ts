// Files as they were dropped → what is sent together: the parts of a shapefile are one, everything else is one by itself.

export interface Parcel<F extends { readonly name: string } = File> {
  /** What people call it. */
  readonly name: string
  readonly files: readonly F[]
}

const PARTS = ['shp', 'shx', 'dbf', 'prj', 'cpg', 'qix', 'sbn', 'sbx', 'shp.xml'] as const

/** `界.shp.xml` → `界`, `shp.xml`. */
function split(name: string): { stem: string; part: string | null } {
  const lower = name.toLowerCase()
  const part = PARTS.find(one => lower.endsWith(`.${one}`)) ?? null
  return { stem: part ? name.slice(0, -part.length - 1) : name, part }
}

export function parcelsOf<F extends { readonly name: string }>(files: readonly F[]): Parcel<F>[] {
  const shapes = new Set(
    files.map(file => split(file.name)).flatMap(({ stem, part }) => (part === 'shp' ? [stem] : [])),
  )
  const parcels = new Map<string, F[]>()
  for (const file of files) {
    const { stem, part } = split(file.name)
    const name = part && shapes.has(stem) ? `${stem}.shp` : file.name
    parcels.set(name, [...(parcels.get(name) ?? []), file])
  }
  return [...parcels].map(([name, together]) => ({ name, files: together }))
}
