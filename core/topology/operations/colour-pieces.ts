// Tells pieces inside a closed course from those outside: crossing it changes the side.
import type { Borders } from '../pieces.ts'

/**
 * Two-colours connected pieces: across a border that `crosses` the colour changes, across others it stays. The first
 * piece of each connected part gets its colour from `start`. Pieces that are not `within` and their borders stay out of
 * it. Null when a border would have to be both.
 */
export const colourPieces = (
  count: number,
  { count: segments, left: lefts, right: rights }: Borders,
  crosses: (border: number) => boolean,
  order: readonly number[],
  start: (piece: number) => boolean,
  within: (piece: number) => boolean = () => true,
): boolean[] | null => {
  /** Twice the piece beyond, one more where the colour changes on the way. */
  const links: number[][] = Array.from({ length: count }, () => [])
  let one = -1
  let other = -1
  let turned = false
  for (let i = 0; i < segments; i++) {
    const left = lefts[i]!
    const right = rights[i]!
    if (left < 0 || right < 0) continue
    const turns = crosses(i)
    // Segments between the same two pieces mostly follow one another; one of them tells it.
    if (left === one && right === other && turns === turned) continue
    one = left
    other = right
    turned = turns
    if (!within(left) || !within(right)) continue
    if (left === right) {
      if (turns) return null
      continue
    }
    links[left]!.push(2 * right + (turns ? 1 : 0))
    links[right]!.push(2 * left + (turns ? 1 : 0))
  }
  const colours: (boolean | undefined)[] = new Array(count)
  for (const first of order) {
    if (colours[first] !== undefined) continue
    colours[first] = start(first)
    const queue = [first]
    for (let piece = queue.pop(); piece !== undefined; piece = queue.pop())
      for (const link of links[piece]!) {
        const other = link >> 1
        const colour = colours[piece] !== ((link & 1) === 1)
        if (colours[other] === undefined) {
          colours[other] = colour
          queue.push(other)
        } else if (colours[other] !== colour) return null
      }
  }
  return colours.map(colour => colour === true)
}
