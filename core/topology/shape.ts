// soon
import type { Position, Shape } from './model.ts'
import type { Box } from './plans.ts'
export const shapeArea2 = (_shape: Shape): bigint => {
  throw new Error('soon')
}
export const areaSquareMetres = (_shape: Shape): number => {
  throw new Error('soon')
}
export const bounds = (_shape: Shape): Box => {
  throw new Error('soon')
}
export const interiorPoint = (_shape: Shape): Position => {
  throw new Error('soon')
}
