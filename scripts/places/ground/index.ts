// The ground of generated places: sites, their grids, blocks, roads and waters.
export { type Amenity, type LayoutOptions, layOut } from './layout.ts'
export { areaGrid } from './sites-area-grid.ts'
export { chuzhou } from './sites-chuzhou.ts'
export { shangdi } from './sites-shangdi.ts'
export { tuanjie } from './sites-tuanjie.ts'
export { areasOf, type Job, layOutPlace, type SmallPlace } from './small-place.ts'
export { layOutSpecial, type SpecialLayout } from './special.ts'
export type { Named, Naming } from './tree.ts'
