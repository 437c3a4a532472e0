// The demo street as the tests of screens know it: its published plan, the grids in it, and what SQL says of it.
import type { RawBuilder } from 'kysely'
import { beforeAll } from 'vitest'
import type { GridSummary } from '../../core/contract/grids.ts'
import type { GridList, Plan } from '../../core/contract/plans.ts'
import { onServer, Screen, type ScreenOptions } from './screen.ts'

export class DemoStreet {
  readonly screen: Screen
  plan!: Plan
  grids!: GridSummary[]

  constructor(name: string, options: ScreenOptions = {}) {
    this.screen = new Screen(name, options)
    beforeAll(async () => {
      if (!onServer) return
      this.plan = (await this.screen.get<Plan[]>('/api/plans'))[0]!
      this.grids = (await this.screen.get<GridList>(`/api/plans/${this.plan.id}/grids`)).grids
    })
  }

  at(level: number): GridSummary[] {
    return this.grids.filter(grid => grid.level === level)
  }

  /** The first row of an answer. */
  async one<T>(query: RawBuilder<T>): Promise<T> {
    return (await query.execute(this.screen.fresh.database.owner)).rows[0]!
  }
}
