// HTTP for the report on a plan.
import { Type } from 'typebox'
import { Id } from '../../core/contract/grids.ts'
import { problems } from '../../core/contract/problem.ts'
import { NewException, PlanReport } from '../../core/contract/report.ts'
import { LARGEST_REVISION } from '../../core/contract/text.ts'
import { actorOf, IDEMPOTENCY_HEADER, write } from '../actor.ts'
import type { App, AppOptions } from '../app.ts'
import { languageOf } from '../errors.ts'
import { setException } from './exceptions.ts'
import { PlanReports } from './plan-reports.ts'
import { reportCsv } from './write-csv.ts'
import { writeReport } from './write-report.ts'

export async function checkRoutes(app: App, { database }: AppOptions): Promise<void> {
  const reports = new PlanReports(database)

  app.post(
    '/api/plans/:id/exceptions',
    {
      schema: {
        summary: 'Confirm that a grid may cross a division (R1), or take that back',
        description:
          'Holds until the ground of the grid changes. Every word is kept, with who, when and why.',
        tags: ['plans'],
        headers: IDEMPOTENCY_HEADER,
        params: Type.Object({ id: Id }),
        body: NewException,
        response: { 201: NewException, ...problems },
      },
    },
    (request, reply) =>
      write(database, request, reply, 201, async tx => {
        await setException(tx, actorOf(request).name, request.params.id, request.body)
        return request.body
      }),
  )

  app.get(
    '/api/plans/:id/report',
    {
      schema: {
        summary: 'What the division rules R1–R13 find in a plan',
        description:
          'Every finding with its grids, a sentence in both languages, its place, and what was measured. After an edit only what it touched is judged again. `format=csv` gives the findings as a table.',
        tags: ['plans'],
        params: Type.Object({ id: Id }),
        querystring: Type.Object({
          within: Type.Optional(
            Type.Unsafe<string>({ ...Id, description: 'only findings about this grid and those below it' }),
          ),
          revision: Type.Optional(
            Type.Integer({
              minimum: 0,
              maximum: LARGEST_REVISION,
              description: 'grids as of this revision; default: the present',
            }),
          ),
          format: Type.Optional(Type.Enum(['json', 'csv'])),
        }),
        response: { 200: PlanReport, ...problems },
      },
    },
    async (request, reply) => {
      const { within, revision, format } = request.query
      const judged = await reports.of(actorOf(request), request.params.id, revision)
      const report = writeReport(judged, within)
      if (format !== 'csv') return report
      const csv = reportCsv(report, languageOf(request))
      reply.header('Content-Disposition', 'attachment; filename="huage-report.csv"')
      return reply.type('text/csv; charset=utf-8').send(Buffer.from(csv) as never) as never
    },
  )
}
