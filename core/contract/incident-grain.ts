// How roughly the columns of incidents tell times and places; whoever meets both columns and lists compares like this.

/** Times are full minutes, in seconds. */
export const MINUTE = 60
/** Places are the middles of cells, so many lattice steps wide: about 2.8 m. */
export const CELL = 256

/** Where in lattice steps the columns have what lies here. */
export const columnPlace = (steps: number): number => Math.floor(steps / CELL) * CELL + CELL / 2
/** When in epoch seconds. */
export const columnTime = (seconds: number): number => Math.floor(seconds / MINUTE) * MINUTE
