// Rivers run along borders, from the mountains down to the plain, as near to their real courses as the borders are.
import type { Frame, Line, Random } from '../place.ts'
import { extend } from './face.ts'
import { cheapest } from './grow-paths.ts'
import { cellAt, cellsAlong, distances, type Metres, OUTSIDE } from './grow-raster.ts'
import { type Border, byNode } from './huairou-borders.ts'
import { RIVERS } from './huairou-courses.ts'
import type { GrownCounty } from './huairou-growth.ts'

/** Metres from its real course at which a river would cost as much again as on it. */
const ASIDE = 60

export function layRivers(
  county: GrownCounty,
  borders: readonly Border[],
  frame: Frame,
  random: Random,
): Line[] {
  const { raster } = county.terrain
  const at = byNode(borders)
  const nodes = new Map<number, Metres>()
  for (const { from, to, course } of borders) {
    nodes.set(from, course[0]!)
    nodes.set(to, course.at(-1)!)
  }
  const rivers: Line[] = []
  RIVERS.forEach(({ name, halfWidth }, i) => {
    const course = county.rivers[i]!
    const away = distances(cellsAlong(course, raster), raster)
    // A node on the course counts more than one beside it.
    const nearest = ([x, y]: Metres, allowed: (node: number) => boolean) => {
      let best: number | undefined
      let least = Infinity
      for (const [node, [px, py]] of nodes) {
        const cell = cellAt(raster, [px, py])
        const cost = Math.hypot(px - x, py - y) + 4 * (cell === OUTSIDE ? 0 : away[cell]!)
        if (cost >= least || !allowed(node)) continue
        least = cost
        best = node
      }
      return best
    }
    const mouth = course.at(-1)!
    const joined = rivers.find(river => river.path.some(p => distance(frame.metres(p), mouth) < 1500))
    const banks = new Set(borders.flatMap(border => (border.line === joined ? [border.from, border.to] : [])))
    const source = nearest(course[0]!, node => !at.get(node)!.some(border => border.line))
    const end = joined ? nearest(mouth, node => banks.has(node)) : nearest(mouth, () => true)
    if (source === undefined || end === undefined) return
    // The nearest node of the other river may open to its far bank only; one somewhat farther will do.
    const near = distance(nodes.get(end)!, mouth) + 1500
    const arrived = (node: number) =>
      joined ? banks.has(node) && distance(nodes.get(node)!, mouth) < near : node === end
    const wayOf = (border: Border) => {
      let cost = 0
      for (let k = 0; k + 1 < border.course.length; k++) {
        const cell = cellAt(raster, border.course[k]!)
        const metres = cell === OUTSIDE ? 1e4 : away[cell]!
        cost +=
          distance(border.course[k]!, border.course[k + 1]!) * (1 + Math.max(0, metres - raster.cell) / ASIDE)
      }
      return border.left === OUTSIDE || border.right === OUTSIDE ? cost * 20 : cost
    }
    const way = cheapest(source, arrived, node =>
      at
        .get(node)!
        .filter(border => !border.line)
        .map(border => ({
          to: border.from === node ? border.to : border.from,
          cost: wayOf(border),
          over: border,
        })),
    )
    if (!way || way.length === 0) return
    const river: Line = { id: random.id(), kind: 'water', class: 'river', name, path: [], halfWidth }
    let here = source
    for (const border of way) {
      border.line = river
      extend(river, border.from === here ? border.path : border.path.toReversed())
      here = border.from === here ? border.to : border.from
    }
    rivers.push(river)
  })
  return rivers
}

const distance = ([ax, ay]: Metres, [bx, by]: Metres) => Math.hypot(ax - bx, ay - by)
