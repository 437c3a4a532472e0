// Which desks have a plan open in this process, and what each touches. Kept in memory: it ends with the connections.
import type { Desk, Touch } from '../../core/contract/presence.ts'

interface Seat {
  /** The same desk may connect again before its old connection is found dead. */
  connections: number
  touch: Touch
}

export class PresenceBook {
  readonly #plans = new Map<string, Map<string, Seat>>()

  /** A desk opens the plan. @returns how it leaves */
  join(plan: string, desk: string): () => void {
    const seats = this.#plans.get(plan) ?? new Map<string, Seat>()
    this.#plans.set(plan, seats)
    const seat = seats.get(desk) ?? { connections: 0, touch: { tool: 'browse', grids: [] } }
    seat.connections++
    seats.set(desk, seat)
    return () => {
      seat.connections--
      if (seat.connections > 0) return
      seats.delete(desk)
      if (seats.size === 0) this.#plans.delete(plan)
    }
  }

  /** @returns false when the desk does not have the plan open */
  touch(plan: string, desk: string, touch: Touch): boolean {
    const seat = this.#plans.get(plan)?.get(desk)
    if (seat) seat.touch = touch
    return seat !== undefined
  }

  /** By the order in which they came. */
  of(plan: string): Desk[] {
    return [...(this.#plans.get(plan) ?? [])].map(([desk, { touch }]) => ({ desk, ...touch }))
  }
}
