// The seven steps of an incident, and which may follow which.
import type { Circulation } from '../contract/incidents.ts'
import { CIRCULATIONS } from '../contract/incidents.ts'

export const COLLECT = 1
export const FILE = 2
export const DISPATCH = 3
export const HANDLE = 4
export const VERIFY = 5
export const CLOSE = 6
export const EVALUATE = 7

const FOLLOWING: Record<number, readonly number[]> = {
  [COLLECT]: [FILE],
  [FILE]: [DISPATCH],
  // Whom it was dispatched to may pass it on.
  [DISPATCH]: [HANDLE, DISPATCH],
  [HANDLE]: [VERIFY, DISPATCH],
  // What was not done well is handled again, by the same or by another.
  [VERIFY]: [CLOSE, HANDLE, DISPATCH],
  [CLOSE]: [EVALUATE],
}

/** What may be done after a step, the usual first; nothing after the last. */
export const stepsAfter = (step: number): readonly number[] => FOLLOWING[step] ?? []

/** Handled or dispatched once more: that needs a reason. */
export const goesBack = (from: number, to: number): boolean => to <= from

/** Below 0 when it goes down. */
export const risenBy = (from: Circulation, to: Circulation): number =>
  CIRCULATIONS.indexOf(to) - CIRCULATIONS.indexOf(from)
