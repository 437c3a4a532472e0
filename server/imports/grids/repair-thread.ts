// The thread that repairs somebody's grids: seconds of work for a county, while the server answers everybody else.
import { parentPort, workerData } from 'node:worker_threads'
import {
  coverageOf,
  type GivenGrid,
  type Position,
  type Repaired,
  repairGrids,
  type Shape,
  validate,
} from '../../../core/topology/index.ts'

export interface RepairRequest {
  readonly given: readonly GivenGrid[]
  /** To be covered whole, if it is known. */
  readonly ground: Shape | null
}
export interface RepairReply {
  /** Null when no sound map can be made of them. */
  readonly repaired: Repaired | null
  readonly fault: Position | null
}

/** Steps within which vertices and borders are one; smaller ones when the map does not come to rest. */
const TOLERANCES = [30, 5, 0]

function repair({ given, ground }: RepairRequest): RepairReply {
  let fault: Position | null = null
  for (const tolerance of TOLERANCES) {
    const repaired = repairGrids(given, { tolerance, ground })
    if (!repaired) continue
    const [first] = validate(coverageOf(repaired.grids), { complete: true })
    if (!first) return { repaired, fault: null }
    fault ??= first.place
  }
  return { repaired: null, fault }
}

parentPort?.postMessage(repair(workerData))
