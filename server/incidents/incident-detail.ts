// One incident whole: its steps, and the grids that its place lies in.
import type { IncidentDetail } from '../../core/contract/incidents.ts'
import type { Tx } from '../db/database.ts'
import { ProblemError } from '../errors.ts'
import { gridsAt, planAtPlace } from '../grids/queries.ts'
import { planRow } from '../plans/queries.ts'
import { clockOf } from './clock.ts'
import { countyOfIncident, incidentWithSteps } from './queries.ts'

/** @param plan whose grids are meant; default: the published plan there */
export async function incidentDetail(tx: Tx, id: string, plan: string | undefined): Promise<IncidentDetail> {
  const county = await countyOfIncident(tx, id)
  if (!county) throw new ProblemError('unknown-incident')
  const incident = (await incidentWithSteps(tx, county, id, await clockOf(tx, county)))!
  if (!incident.place) return { ...incident, grids: [] }
  const key = plan ? await planRow(tx, plan, { lock: false }) : await planAtPlace(tx, county, incident.place)
  if (plan && !key) throw new ProblemError('unknown-plan')
  return { ...incident, grids: key ? await gridsAt(tx, key, incident.place) : [] }
}
