// Has grids repaired in a thread of their own.
import { inThread } from '../../threads/in-thread.ts'
import type { RepairReply, RepairRequest } from './repair-thread.ts'

const HEAP_MEGABYTES = 3072

export const repairInThread = (request: RepairRequest, signal?: AbortSignal): Promise<RepairReply> =>
  inThread('repair-thread', import.meta.url, request, { heapMegabytes: HEAP_MEGABYTES, signal })
