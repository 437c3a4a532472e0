// Whole numbers from 0 by whole numbers, in two flat arrays: a map of a million entries takes 32 MB, and no collector looks
// through it.

const EMPTY = -1

export class NumberMap {
  #keys = new Float64Array(1 << 12).fill(EMPTY)
  #values = new Float64Array(1 << 12)
  #size = 0

  get(key: number): number | undefined {
    const at = this.#find(key)
    return this.#keys[at] === EMPTY ? undefined : this.#values[at]
  }

  set(key: number, value: number): void {
    if (this.#size * 2 >= this.#keys.length) this.#grow()
    const at = this.#find(key)
    if (this.#keys[at] === EMPTY) this.#size++
    this.#keys[at] = key
    this.#values[at] = value
  }

  /** Where the key is, or would be. */
  #find(key: number): number {
    const last = this.#keys.length - 1
    let at = (key ^ (key / 2 ** 32)) & last
    while (this.#keys[at] !== EMPTY && this.#keys[at] !== key) at = (at + 1) & last
    return at
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values]
    this.#keys = new Float64Array(keys.length * 2).fill(EMPTY)
    this.#values = new Float64Array(keys.length * 2)
    for (const [i, key] of keys.entries()) {
      if (key === EMPTY) continue
      const at = this.#find(key)
      this.#keys[at] = key
      this.#values[at] = values[i]!
    }
  }
}
