// Rules that look at one grid by itself: divisions, borders, band, shape, staff, kind.
import { placeInside } from '../topology/cuts-building.ts'
import type { Position } from '../topology/model.ts'
import { compactnessOf } from './compactness.ts'
import type { DivisionFacts, Finding, GridFacts, RuleSettings, Severity } from './rule.ts'

/** R1 is judged at 2 cm: about this many steps. */
const SEAM = 2

/** `below`: how many grids are right below it. */
export function* judgeGrid(
  facts: GridFacts,
  below: number,
  divisions: readonly DivisionFacts[],
  { levels, limits, exceptions }: RuleSettings,
): Generator<Finding> {
  const { grid } = facts
  const level = levels[grid.level - 1]
  const ring = grid.shape[0]?.[0]
  const corner: Position | null = ring ? [ring[0]!, ring[1]!] : null
  const found = (
    rule: Finding['rule'],
    severity: Severity,
    numbers: Finding['numbers'],
    place: Position | null = corner,
  ): Finding => ({ rule, severity, grids: [grid.id], place, numbers })
  if (!level) return

  if (level.within) {
    const crossed = divisions.flatMap(({ division, shape }) => {
      if (division !== level.within) return []
      const lines = shape.flat().map(closed)
      const place = placeInside(lines, grid.shape, SEAM)
      return place ? [place] : []
    })
    if (crossed.length > 0)
      yield found(
        'R1',
        exceptions.has(grid.id) ? 'note' : 'warning',
        { borders: crossed.length },
        crossed[0]!,
      )
  }

  if (level.band) {
    const [from, to] = level.band
    if (facts.persons < from || facts.persons > to)
      yield found('R6', 'warning', { persons: facts.persons, from, to })
  }

  if (facts.border && facts.border.metres > 0) {
    const share = facts.border.onLines / facts.border.metres
    if (share < limits.shareOnLines)
      yield found('R5', 'note', { share, least: limits.shareOnLines, metres: facts.border.metres })
  }

  const pieces = grid.shape.length
  if (pieces > 1) {
    const [, second] = grid.shape
    yield found('R8', 'warning', { pieces }, [second![0]![0]!, second![0]![1]!])
  }
  const compactness = compactnessOf(grid.shape)
  if (compactness < limits.compactness) yield found('R8', 'note', { compactness, least: limits.compactness })

  if (!level.kinds.includes(grid.kind)) yield found('R13', 'warning', { level: grid.level })
  else if (grid.leaf && grid.kind === 'basic' && facts.firms >= limits.firms)
    yield found('R13', 'note', { firms: facts.firms, from: limits.firms })

  const { staff } = facts
  if (!level.staff || !level.needs || !staff) return
  const { needs } = level
  if (level.staff === 'one-worker') {
    const own = needs.shared ? staff.workers : staff.workers - staff.sharedWorkers
    if (own < needs.workers) yield found('R10', 'warning', { workers: own, needed: needs.workers })
    if (staff.heads < needs.heads) yield found('R10', 'warning', { heads: staff.heads, needed: needs.heads })
  } else {
    const workers = level.staff === '1+1+x' ? needs.workers + Math.floor(below / limits.gridsPerWorker) : 0
    if (staff.heads < needs.heads) yield found('R11', 'warning', { heads: staff.heads, needed: needs.heads })
    if (staff.workers < workers)
      yield found('R11', 'warning', { workers: staff.workers, needed: workers, below })
  }
}

const closed = (ring: readonly number[]): Position[] => {
  const line: Position[] = []
  for (let i = 0; i < ring.length; i += 2) line.push([ring[i]!, ring[i + 1]!])
  line.push(line[0]!)
  return line
}
