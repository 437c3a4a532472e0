// The incidents in a thread of their own: loaded once, then every move of the window is answered here, without a request.
import { readIncidents, readLeaves } from '../../core/contract/incident-columns.ts'
import { IncidentBook } from '../../core/incidents/book.ts'
import { fromTopology } from '../../core/topology/topology-json.ts'
import type { Answered, Ask, HeatReply, HeatRequest, Held } from './heat-messages.ts'
import { held, nearIncident } from './hold.ts'

let book: IncidentBook | null = null

function open(): IncidentBook {
  if (!book) throw new Error('no incidents are loaded')
  return book
}

/** What may be handed over instead of copied. */
let handed: Transferable[] = []

function handOver(of: IncidentBook): Held {
  const all = held(of)
  const { places, status, top } = all.points
  handed.push(places.buffer, status.buffer, top.buffer)
  return all
}

function answer(request: HeatRequest): Answered[Ask] {
  const is = <A extends Ask>(ask: A, one: HeatRequest): one is HeatRequest<A> => one.ask === ask
  if (is('load', request)) {
    book = new IncidentBook(readIncidents(new Uint8Array(request.body.columns)))
    return handOver(book)
  }
  const at = open()
  if (is('insert', request)) return at.insert(request.body.incident, request.body.event) ? handOver(at) : null
  if (is('change', request)) return at.change(request.body.incident, request.body.event) ? handOver(at) : null
  if (is('place', request)) {
    const { coverage, leaves } = request.body
    const grids = fromTopology(JSON.parse(new TextDecoder().decode(coverage)))
    return at.place(grids, readLeaves(new Uint8Array(leaves)))
  }
  if (is('filter', request)) return { trend: at.filter(request.body.filter), fails: at.fails }
  if (is('look', request)) {
    const looked = at.look(request.body.span, request.body.wanted)
    if (looked.density) handed.push(looked.density.values.buffer)
    return looked
  }
  if (is('near', request)) {
    const { span, pointed, most } = request.body
    return at.near(span, pointed, most).map(row => nearIncident(at.columns, row))
  }
  if (is('gridAt', request)) return at.gridAt(request.body.x, request.body.y)
  throw new Error(`nobody asks ${request.ask}`)
}

addEventListener('message', (event: MessageEvent<HeatRequest>) => {
  handed = []
  let reply: HeatReply
  try {
    reply = { answer: answer(event.data) }
  } catch (error) {
    reply = { why: error instanceof Error ? error.message : String(error) }
  }
  postMessage(reply, { transfer: handed })
})
