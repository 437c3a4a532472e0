// Everything that lives and happens in a generated place.
//
//   const figures = figuresOf(place, scale)                            exact totals of the place (../figures.ts)
//   const quotas = quotasOf(figures, sites, random, specialSites)      what each village must come out with, by site code
//   const bodies = placeBodies(origin, figures, sites, random)         once; insert `bodies.rows` before any village
//   const { people, rows } = settleVillage({ site, figures, quota, grids, blocks, buildings, lines, … })
//
// Village by village, in any order: a village's rows depend on its own input, its code and the seed alone, and nothing is
// kept between villages but a few tables of constants. Insert the village's buildings (with `people`), then `rows` in
// their order: entrances, rooms, households, residents, addresses, organisations, facilities, objects, staff, posts,
// matters, incidents, steps, visits.
export { type Bodies, placeBodies } from './bodies.ts'
export { quotasOf, type VillageQuota } from './quotas.ts'
export { type Settled, settleVillage } from './settle-village.ts'
export type { Village } from './village.ts'
