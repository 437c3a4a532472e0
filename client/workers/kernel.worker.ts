// The kernel in a thread of its own: holds the grid to be cut and answers every pointer move.
import { type Table, tableFromIPC } from 'apache-arrow'
import { type RoadGraph, roadGraph, weightOfRoad } from '../../core/routing/road-graph.ts'
import type { Position } from '../../core/topology/index.ts'
import { coverageOf, fromTopology, LiveTally, weightsOf } from '../../core/topology/index.ts'
import { type Loaded, look } from './look.ts'
import type { Answer, Request } from './messages.ts'
import { bordersOf, verticesOf } from './snap.ts'

let loaded: Loaded | null = null

function column(table: Table, name: string): Int32Array {
  const values: unknown = table.getChild(name)?.toArray()
  return values instanceof Int32Array ? values : new Int32Array(0)
}

const graphOf = (courses: Load['roads']): RoadGraph | null =>
  courses &&
  roadGraph(
    courses.roads.map(({ class: roadClass, line }) => ({
      line: line.flatMap((x, i): Position[] => (i % 2 === 0 ? [[x, line[i + 1]!]] : [])),
      weight: weightOfRoad(roadClass),
    })),
  )

type Load = Extract<Request, { ask: 'load' }>

function load({ grids: wanted, coverage: bytes, weights, roads }: Load): Loaded {
  const grids = fromTopology(JSON.parse(new TextDecoder().decode(bytes)))
  const coverage = coverageOf(grids)
  const own = wanted.flatMap(id => [coverage.grid(id) ?? [], coverage.descendantsOf(id)].flat())
  const table: Table = tableFromIPC(new Uint8Array(weights))
  const buildings = weightsOf({
    x: column(table, 'x'),
    y: column(table, 'y'),
    persons: column(table, 'persons'),
    households: column(table, 'households'),
  })
  return {
    coverage,
    live: new LiveTally(coverage, buildings),
    borders: bordersOf(grids),
    own: bordersOf(own),
    roads: graphOf(roads),
  }
}

function answer(request: Request): Answer {
  const { number } = request
  try {
    if (request.ask === 'load') {
      loaded = null
      loaded = load(request)
      const ids = [...loaded.coverage.grids()].map(grid => grid.id)
      return { tell: 'loaded', number, ids, vertices: verticesOf(loaded.own) }
    }
    if (!loaded) return { tell: 'looked', number, snapped: null, outcome: null }
    return { tell: 'looked', number, ...look(loaded, request.line, request.pointer) }
  } catch (error) {
    return { tell: 'failed', number, why: error instanceof Error ? error.message : String(error) }
  }
}

addEventListener('message', (event: MessageEvent<Request>) => postMessage(answer(event.data)))
