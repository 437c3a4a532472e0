// Which points of a list are near: cells of a fixed size, hashed.
import type { Position } from '../../../core/topology/index.ts'
import type { Frame } from '../place.ts'

export class Near {
  readonly #cells = new Map<number, number[]>()
  readonly #metres: (readonly [number, number])[]
  constructor(
    private readonly frame: Frame,
    points: readonly Position[],
    private readonly radius: number,
  ) {
    this.#metres = points.map(point => frame.metres(point))
    this.#metres.forEach(([x, y], i) => {
      const key = this.#key(Math.floor(x / radius), Math.floor(y / radius))
      const cell = this.#cells.get(key)
      if (cell) cell.push(i)
      else this.#cells.set(key, [i])
    })
  }

  #key = (column: number, row: number): number => column * 1_000_003 + row

  /** Indices of the points within the radius. */
  within(point: Position): number[] {
    const [x, y] = this.frame.metres(point)
    const column = Math.floor(x / this.radius)
    const row = Math.floor(y / this.radius)
    const found: number[] = []
    for (let c = column - 1; c <= column + 1; c++)
      for (let r = row - 1; r <= row + 1; r++)
        for (const i of this.#cells.get(this.#key(c, r)) ?? []) {
          const [px, py] = this.#metres[i]!
          if ((px - x) ** 2 + (py - y) ** 2 <= this.radius ** 2) found.push(i)
        }
    return found
  }
}
