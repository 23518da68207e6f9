/** The documented windows, kept as the platform keeps them: what is too much is turned away and not counted. */
import * as Duration from "effect/Duration"
import type { RateLimit } from "../../RateLimit.ts"

/** A call that was turned away. */
export interface Refusal {
  /** How many calls the window that is full takes. */
  readonly limit: number
  /** Whole seconds until it takes one more. */
  readonly reset: number
}

export const make = () => {
  /** The times of admitted calls, oldest first. */
  const admitted = new Map<string, Array<number>>()

  /** Admits a call at this time (milliseconds), or says why not. */
  return (key: string, { windows }: RateLimit, now: number): Refusal | undefined => {
    const times = admitted.get(key) ?? []
    const longest = windows.reduce((most, { window }) => Math.max(most, Duration.toMillis(window)), 0)
    while (times.length > 0 && times[0]! <= now - longest) times.shift()
    let refusal: Refusal | undefined
    for (const { limit, window } of windows) {
      const span = Duration.toMillis(window)
      const first = times[times.length - limit]
      if (first === undefined || first <= now - span) continue
      const reset = Math.max(1, Math.ceil((first + span - now) / 1_000))
      if (refusal === undefined || reset > refusal.reset) refusal = { limit, reset }
    }
    if (refusal === undefined) {
      times.push(now)
      admitted.set(key, times)
    }
    return refusal
  }
}
