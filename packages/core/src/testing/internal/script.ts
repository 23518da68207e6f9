/** Faults that are to happen, in order, and which of them did. */
import * as Data from "effect/Data"
import type { Fault } from "../Fault.ts"

export interface Scripted {
  /** The id of an operation, or `*`. */
  readonly match: string
  readonly fault: Fault
  /** Whether the platform acts before the fault hits. */
  readonly applied: boolean
  /** How many requests it is for. */
  readonly times: number
  /** How many it hit. */
  readonly met: number
}

export class FaultsUnmet extends Data.TaggedError("FaultsUnmet")<{
  readonly faults: ReadonlyArray<Scripted>
}> {
  override get message() {
    return `scripted and not met: ${
      this.faults.map(({ fault, match, met, times }) => `${fault._tag} for ${match} (${met} of ${times})`).join(", ")
    }`
  }
}

export const make = () => {
  const entries: Array<{ -readonly [Key in keyof Scripted]: Scripted[Key] }> = []
  return {
    add: (scripted: Omit<Scripted, "met">) => {
      entries.push({ ...scripted, met: 0 })
    },
    /** The next fault for this request, if there is one. */
    take: (id: string): Scripted | undefined => {
      const next = entries.find(({ match, met, times }) => (match === "*" || match === id) && met < times)
      if (next !== undefined) next.met++
      return next
    },
    clear: () => {
      entries.length = 0
    },
    /** What was scripted without end is met once it hit anything. */
    unmet: (): ReadonlyArray<Scripted> =>
      entries.filter(({ met, times }) => times === Number.POSITIVE_INFINITY ? met === 0 : met < times)
        .map((entry) => ({ ...entry }))
  }
}
