// From an import of grids to the draft that it made.
import { usePage } from '../app/state.ts'
import { closeImport } from './acts.ts'

export function openPlan(plan: string, area: string): void {
  const { choosePlan, switchTo } = usePage.getState()
  closeImport()
  switchTo('plan')
  choosePlan(plan, area)
}
