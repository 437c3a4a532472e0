// The coverage kernel's public door: everything that server and client may use of it.

export { unionOf } from './chains.ts'
export { changedBox } from './changed-box.ts'
export { applyChange, type Coverage, coverageOf, invert } from './coverage.ts'
export { covers } from './covers.ts'
export { cutsBuilding, type Footprint } from './cuts-building.ts'
export { fromGeoJson, toGeoJson } from './geojson.ts'
export { LiveTally, type SidesTally } from './live-tally.ts'
export * from './model.ts'
export { applyParts } from './operations/apply-parts.ts'
export { carve } from './operations/carve.ts'
export { commitGround } from './operations/ground-plan.ts'
export { commitMerge, merge } from './operations/merge.ts'
export { deleteVertex, insertVertex, moveVertex } from './operations/move-vertex.ts'
export { type Push, pushBorder } from './operations/push-border.ts'
export { type Label, relabel } from './operations/relabel.ts'
export { reparent } from './operations/reparent.ts'
export { reshape } from './operations/reshape.ts'
export { simplify } from './operations/simplify.ts'
export { commitSplit, split } from './operations/split.ts'
export { transferArea, transferGrids } from './operations/transfer.ts'
export { type CleanOutline, cleanOutline, type OutlineChange } from './outline.ts'
export * from './plans.ts'
export {
  type GivenGrid,
  type RejectedGrid,
  type RepairChange,
  type Repaired,
  repairGrids,
} from './repair/repair-grids.ts'
export { areaSquareMetres, bounds, canonicalRing, interiorPoint, shapeArea2 } from './shape.ts'
export { tally, tallySplit, type Weights, weightsOf } from './tally.ts'
export { fromTopology, toTopology } from './topology-json.ts'
export { validate } from './validate.ts'
