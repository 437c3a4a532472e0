// Every request, reply and refusal. One schema is validation, type and OpenAPI.
export * from './areas.ts'
export * from './edits.ts'
export * from './geometry.ts'
export * from './grids.ts'
export * from './layers.ts'
export * from './plans.ts'
export * from './problem.ts'
export * from './refusals.ts'
