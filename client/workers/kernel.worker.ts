// The kernel in a thread of its own: holds the grid to be cut and answers every pointer move.
import { type Table, tableFromIPC } from 'apache-arrow'
import { coverageOf, fromTopology, weightsOf } from '../../core/topology/index.ts'
import { type Loaded, look } from './look.ts'
import type { Answer, Request } from './messages.ts'
import { bordersOf } from './snap.ts'

let loaded: Loaded | null = null

function column(table: Table, name: string): Int32Array {
  const values: unknown = table.getChild(name)?.toArray()
  return values instanceof Int32Array ? values : new Int32Array(0)
}

function load({ grid, coverage, weights }: Extract<Request, { ask: 'load' }>): Loaded {
  const grids = fromTopology(JSON.parse(new TextDecoder().decode(coverage)))
  const table: Table = tableFromIPC(new Uint8Array(weights))
  return {
    grid,
    coverage: coverageOf(grids),
    borders: bordersOf(grids),
    weights: weightsOf({
      x: column(table, 'x'),
      y: column(table, 'y'),
      persons: column(table, 'persons'),
      households: column(table, 'households'),
    }),
  }
}

function answer(request: Request): Answer {
  const { number } = request
  try {
    if (request.ask === 'load') {
      loaded = null
      loaded = load(request)
      return { tell: 'loaded', number }
    }
    if (!loaded) return { tell: 'looked', number, snapped: null, outcome: null }
    return { tell: 'looked', number, ...look(loaded, request.points, request.pointer, request.done) }
  } catch (error) {
    return { tell: 'failed', number, why: error instanceof Error ? error.message : String(error) }
  }
}

addEventListener('message', (event: MessageEvent<Request>) => postMessage(answer(event.data)))
