// Everything that lives and happens in a generated place.
//
//   const figures = figuresOf(place, scale)                            exact totals of the place (../figures.ts)
//   const quotas = quotasOf(figures, sites, random, specialSites)      what each village must come out with, by site code
//   const bodies = placeBodies(origin, figures, sites, random)         once; insert `bodies.rows` before any village
//   const { people, rows } = settleVillage({ site, figures, quota, grids, blocks, buildings, lines, … })
//
// Village by village: a village's rows depend on its own input, its code and the seed alone. Nothing is kept between
// villages but a few tables of constants and which ID numbers were given out, so that none is given twice. Insert the village's buildings (with `people`), then `rows` in
// their order: entrances, rooms, households, residents, addresses, organisations, facilities, objects, staff, posts,
// matters, incidents, steps, visits.
export { type Bodies, placeBodies } from './bodies.ts'
export { IdNumbers } from './identities.ts'
export { quotasOf, type VillageQuota } from './quotas.ts'
export { type Settled, settleVillage } from './settle-village.ts'
export type { Village } from './village.ts'
