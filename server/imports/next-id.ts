// Ids for rows by the hundred thousand: UUIDs of version 7, with random numbers fetched a few thousand at a time.
import { V7Generator } from 'uuidv7'

const numbers = new Uint32Array(4096)
let used = numbers.length
const generator = new V7Generator({
  nextUint32() {
    if (used === numbers.length) {
      crypto.getRandomValues(numbers)
      used = 0
    }
    return numbers[used++]!
  },
})

export const nextId = (): string => generator.generate().toString()
