// One edit on its way: the same request sent again is the same edit; warnings are asked about before anything is written.
import type { EditReply, EditRequest, EditWarning } from '../../core/contract/edits.ts'
import { Failure } from '../api/call.ts'
import { previewEdit, sendEdit } from '../api/edits.ts'

/** The last request that may not have reached the server, with its key. */
let attempt: { body: string; key: string } | null = null

export const asFailure = (error: unknown): Failure =>
  error instanceof Failure ? error : new Failure(null, 500, String(error))

/** Somebody was faster: what the edit was about has to be loaded again. */
export const isOvertaken = (failure: Failure): boolean =>
  failure.status === 409 || failure.problem?.code === 'unknown-grid'

/** Warnings that the request does not overrule, as the server sees them now. */
export async function warningsOf(plan: string, request: EditRequest): Promise<EditWarning[]> {
  const { warnings } = await previewEdit(plan, request)
  return warnings.filter(warning => !request.overrule?.includes(warning.code))
}

export async function send(plan: string, request: EditRequest): Promise<EditReply> {
  const body = JSON.stringify([plan, request])
  if (attempt?.body !== body) attempt = { body, key: crypto.randomUUID() }
  const reply = await sendEdit(plan, request, attempt.key)
  attempt = null
  return reply
}
