// One step of whatever mode it is: (mode, input) → mode and intent.
import { stepCut } from './cut.ts'
import { stepDetails } from './details.ts'
import { stepDrawArea } from './draw-area.ts'
import { stepDrawQuery } from './draw-query.ts'
import { stepGive } from './give.ts'
import { stepMerge } from './merge.ts'
import { BROWSE, type Input, type Mode, type Step, stay } from './mode.ts'
import { stepVertex } from './move-vertex.ts'
import { stepPush } from './push.ts'
import { stepRedraw } from './redraw.ts'
import { stepReport } from './report.ts'
import { stepSimplify } from './simplify.ts'

export function step(mode: Mode, input: Input): Step {
  switch (mode.mode) {
    case 'browse':
      if (input.on === 'grid') return { mode, intent: { do: 'select', grid: input.grid } }
      if (input.on === 'escape') return { mode: BROWSE, intent: { do: 'select', grid: null } }
      return stay(mode)
    case 'cut':
      return stepCut(mode, input)
    case 'merge':
      return stepMerge(mode, input)
    case 'reshape':
    case 'transfer':
    case 'carve':
      return stepRedraw(mode, input)
    case 'vertex':
      return stepVertex(mode, input)
    case 'push':
      return stepPush(mode, input)
    case 'simplify':
      return stepSimplify(mode, input)
    case 'give':
      return stepGive(mode, input)
    case 'details':
      return stepDetails(mode, input)
    case 'draw-area':
      return stepDrawArea(mode, input)
    case 'draw-query':
      return stepDrawQuery(mode, input)
    case 'report':
      return stepReport(mode, input)
  }
}
