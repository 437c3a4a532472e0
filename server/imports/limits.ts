// How much a file may cost before it is refused.

export interface Limits {
  /** Bytes after unpacking. */
  readonly unpackedBytes: number
  /** Unpacked size ÷ packed size, judged only beyond `ratioFromBytes`: small files may be very regular. */
  readonly ratio: number
  readonly ratioFromBytes: number
  readonly zipEntries: number
  /** Milliseconds for unpacking and reading, from the first byte to the last feature. */
  readonly milliseconds: number
  /** JavaScript heap of the reading worker; the WebAssembly memory beside it is bounded by its own build at 4 GB. */
  readonly heapMegabytes: number
}

export const LIMITS: Limits = {
  unpackedBytes: 2 * 1024 ** 3,
  ratio: 250,
  ratioFromBytes: 64 * 1024 ** 2,
  zipEntries: 10_000,
  milliseconds: 30 * 60_000,
  heapMegabytes: 1024,
}
