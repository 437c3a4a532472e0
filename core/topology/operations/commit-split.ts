// Turns a split plan into a change: who keeps the identity, which grids are created, who moves to a new parent.
import type { Coverage } from '../coverage.ts'
import type { Change, Grid } from '../model.ts'
import type { CreatedPart, Identity, Side, SplitPlan } from '../plans.ts'

/**
 * The change that a split plan describes. The `keep` side keeps the identity (id, code, name, parent) of the target and
 * of every descendant that is divided; for each part on the other side `created` is asked, parents before children, for
 * the id, code and name of the new grid. A descendant that falls whole to the other side keeps its identity and code and
 * moves under the new parent. The coverage must be the one the plan was made on.
 */
export const commitSplit = (
  coverage: Coverage,
  plan: SplitPlan,
  choice: { keep: Side; created: (part: CreatedPart) => Identity },
): Change => {
  const { keep } = choice
  const away: Side = keep === 'left' ? 'right' : 'left'
  const before: Grid[] = []
  const after: Grid[] = []
  const twin = new Map<string, string>()
  for (const part of plan.parts) {
    const grid = coverage.grid(part.grid)
    if (!grid) throw new Error(`the plan names a grid that is not in the coverage: ${part.grid}`)
    const kept = part[keep]
    const parted = part[away]
    const awayParent = grid.parent === null ? null : (twin.get(grid.parent) ?? grid.parent)
    if (kept && parted) {
      before.push(grid)
      after.push({ ...grid, shape: kept })
      const identity = choice.created({
        from: grid.id,
        level: grid.level,
        parent: awayParent,
        side: away,
        shape: parted,
      })
      twin.set(grid.id, identity.id)
      after.push({
        ...grid,
        id: identity.id,
        code: identity.code,
        name: identity.name,
        parent: awayParent,
        shape: parted,
      })
      continue
    }
    const shape = kept ?? parted ?? grid.shape
    const parent = kept ? grid.parent : awayParent
    if (shape === grid.shape && parent === grid.parent) continue
    before.push(grid)
    after.push({ ...grid, parent, shape })
  }
  for (const { grid: id, after: shape } of plan.bent) {
    const grid = coverage.grid(id)
    if (!grid) throw new Error(`the plan names a grid that is not in the coverage: ${id}`)
    before.push(grid)
    after.push({ ...grid, shape })
  }
  return { before, after }
}
