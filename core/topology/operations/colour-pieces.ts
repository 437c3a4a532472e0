// Tells pieces inside a closed course from those outside: crossing it changes the side.
import type { PieceBorder } from '../pieces.ts'

/**
 * Two-colours connected pieces: across a border that `crosses` the colour changes, across others it stays. The first
 * piece of each connected part gets its colour from `start`. Null when a border would have to be both.
 */
export const colourPieces = (
  count: number,
  borders: readonly PieceBorder[],
  crosses: (border: PieceBorder) => boolean,
  order: readonly number[],
  start: (piece: number) => boolean,
): boolean[] | null => {
  const links: { other: number; turns: boolean }[][] = Array.from({ length: count }, () => [])
  for (const border of borders) {
    const { left, right } = border
    if (left < 0 || right < 0) continue
    const turns = crosses(border)
    if (left === right) {
      if (turns) return null
      continue
    }
    links[left]!.push({ other: right, turns })
    links[right]!.push({ other: left, turns })
  }
  const colours: (boolean | undefined)[] = new Array(count)
  for (const first of order) {
    if (colours[first] !== undefined) continue
    colours[first] = start(first)
    const queue = [first]
    for (let piece = queue.pop(); piece !== undefined; piece = queue.pop())
      for (const { other, turns } of links[piece]!) {
        const colour = colours[piece] !== turns
        if (colours[other] === undefined) {
          colours[other] = colour
          queue.push(other)
        } else if (colours[other] !== colour) return null
      }
  }
  return colours.map(colour => colour === true)
}
