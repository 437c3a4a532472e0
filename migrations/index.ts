// The migrations in order, listed by hand so that a bundle holds them. A landed one never changes.
import type { Migration } from 'kysely'
import * as scope from './001-scope.ts'
import * as areas from './002-areas.ts'
import * as registry from './003-registry.ts'
import * as plans from './004-plans.ts'
import * as onePointOneGrid from './005-one-point-one-grid.ts'
import * as people from './006-people.ts'
import * as incidentCategories from './007-incident-categories.ts'
import * as life from './008-life.ts'
import * as profileRules from './009-profile-rules.ts'
import * as incidentEvents from './010-incident-events.ts'
import * as search from './011-search.ts'
import * as gridTotals from './012-grid-totals.ts'
import * as incidentSteps from './013-incident-steps.ts'
import * as imports from './014-imports.ts'
import * as ruleExceptions from './015-rule-exceptions.ts'
import * as withdrawnDrafts from './016-withdrawn-drafts.ts'

export const migrations: Record<string, Migration> = {
  '001-scope': scope,
  '002-areas': areas,
  '003-registry': registry,
  '004-plans': plans,
  '005-one-point-one-grid': onePointOneGrid,
  '006-people': people,
  '007-incident-categories': incidentCategories,
  '008-life': life,
  '009-profile-rules': profileRules,
  '010-incident-events': incidentEvents,
  '011-search': search,
  '012-grid-totals': gridTotals,
  '013-incident-steps': incidentSteps,
  '014-imports': imports,
  '015-rule-exceptions': ruleExceptions,
  '016-withdrawn-drafts': withdrawnDrafts,
}
