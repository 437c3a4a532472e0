// Text that grows by pieces, as UTF-8: what is written to a database anyway needs to be no string in between.

export class Utf8Text {
  #bytes = Buffer.allocUnsafeSlow(1 << 20)
  #length = 0

  add(text: string): void {
    // A unit of UTF-16 takes three bytes at the most.
    const needed = this.#length + text.length * 3
    if (needed > this.#bytes.length) {
      const more = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2))
      this.#bytes.copy(more, 0, 0, this.#length)
      this.#bytes = more
    }
    this.#length += this.#bytes.write(text, this.#length, 'utf8')
  }

  /** What was added, in a buffer of its own; null: nothing. */
  take(): Uint8Array<ArrayBuffer> | null {
    if (this.#length === 0) return null
    const taken = new Uint8Array(this.#length)
    taken.set(this.#bytes.subarray(0, this.#length))
    this.#length = 0
    return taken
  }
}
