// soon
import type { Position, Shape } from './model.ts'
export const covers = (_shape: Shape, _position: Position): boolean => {
  throw new Error('soon')
}
