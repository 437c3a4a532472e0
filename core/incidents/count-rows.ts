// One pass over the incidents of a window: how many of each kind, in each hour of the week, at each place of a raster or
// in each grid. Kinds are counted without regard to their own filter, hours to theirs, so that both show what a click adds.
import { FAILS_KIND, FAILS_SLOT, type KindOfEach } from './filter.ts'
import type { Rows } from './rows.ts'

export interface Marked {
  readonly kinds: KindOfEach
  readonly slots: Uint8Array
  /** By what each row fails (filter.ts); 0 passes. */
  readonly fails: Uint8Array
}

export interface Sums {
  readonly kinds: Uint32Array
  readonly slots: Uint32Array
  /** Of what passes every filter, by `where`. */
  readonly places: Uint32Array
}

/** Adds to `sums`. @param where of each row the cell of a raster, or the grid */
export function countRows(marked: Marked, where: Uint32Array, { first, end }: Rows, sums: Sums): void {
  const { kinds, slots, fails } = marked
  const { kinds: ofKind, slots: ofSlot, places } = sums
  // In order of time the same hour comes many times in a row: it is added up once for all of them.
  let slot = 0
  let inSlot = 0
  for (let row = first; row < end; row++) {
    if (slots[row] !== slot) {
      ofSlot[slot]! += inSlot
      slot = slots[row]!
      inSlot = 0
    }
    switch (fails[row]) {
      case 0:
        places[where[row]!]!++
        ofKind[kinds[row]!]!++
        inSlot++
        break
      case FAILS_KIND:
        ofKind[kinds[row]!]!++
        break
      case FAILS_SLOT:
        inSlot++
        break
    }
  }
  ofSlot[slot]! += inSlot
}
