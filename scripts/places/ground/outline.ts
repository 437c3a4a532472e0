// Shapes out of faces: shared edges cancel, what remains is traced to the kernel's canonical form.
import { Chain } from '../../../core/topology/chains.ts'
import type { Shape } from '../../../core/topology/index.ts'
import { startAtLeast } from '../../../core/topology/shape.ts'
import type { Face } from '../place.ts'

/** The ground of several faces that share edges exactly, or of one. */
export function shapeOf(faces: readonly Face[]): Shape {
  if (faces.length === 1) return [[startAtLeast(faces[0]!.ring.flat())]]
  const chain = new Chain()
  for (const { ring } of faces)
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++)
      chain.add(ring[j]![0], ring[j]![1], ring[i]![0], ring[i]![1], 1)
  const shape = chain.toShape()
  if (!shape) throw new Error('Faces that overlap have no outline.')
  return shape
}

/** The ground of several shapes that share edges exactly. */
export function union(shapes: readonly Shape[]): Shape {
  if (shapes.length === 1) return shapes[0]!
  const chain = new Chain()
  for (const shape of shapes) chain.addShape(shape, 1)
  const sum = chain.toShape()
  if (!sum) throw new Error('Shapes that overlap have no outline.')
  return sum
}
