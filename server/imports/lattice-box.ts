// The box of everything that passed, in lattice steps.
import type { Box } from '../../core/contract/geometry.ts'
import { LATTICE } from '../../core/topology/model.ts'
import type { SourceShape } from './source-feature.ts'

export class LatticeBox {
  #west = Infinity
  #south = Infinity
  #east = -Infinity
  #north = -Infinity

  /** Outer rings are enough. */
  add({ parts }: SourceShape): void {
    for (const part of parts) {
      const ring = part[0] ?? []
      for (let i = 0; i < ring.length; i += 2) {
        const [x, y] = [ring[i]!, ring[i + 1]!]
        if (x < this.#west) this.#west = x
        if (x > this.#east) this.#east = x
        if (y < this.#south) this.#south = y
        if (y > this.#north) this.#north = y
      }
    }
  }

  get degrees(): Box | null {
    return this.#west > this.#east
      ? null
      : [this.#west / LATTICE, this.#south / LATTICE, this.#east / LATTICE, this.#north / LATTICE]
  }
}
