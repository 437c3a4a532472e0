// The ground of generated places: sites, their grids, blocks, roads and waters.
export { type Amenity, type LayoutOptions, layOut } from './layout.ts'
export { type Tuanjie, tuanjieOptions, tuanjieSites } from './sites-tuanjie.ts'
