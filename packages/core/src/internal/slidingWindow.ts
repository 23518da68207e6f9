/** A documented window, and who passed within it. */
import * as Duration from "effect/Duration"
import type { Window } from "../RateLimit.ts"

/**
 * The platform counts arrivals and we count departures. A little more room than
 * documented, in milliseconds, keeps a call that was fast on its way from being
 * one too many.
 */
const leeway = 20

/** The times of the last `limit` admissions, in a ring: each must be a window later than the one whose place it takes. */
export class SlidingWindow {
  private readonly times: Array<number> = []
  private readonly limit: number
  private readonly span: number
  /** How many there were. */
  private count = 0

  constructor({ limit, window }: Window) {
    this.limit = Math.max(1, limit)
    this.span = Duration.toMillis(window) + leeway
  }

  /** When one more may pass. */
  get opensAt(): number {
    return this.count < this.limit ? Number.NEGATIVE_INFINITY : this.times[this.count % this.limit]! + this.span
  }

  /** When none of what passed counts any more. */
  get idleAt(): number {
    return this.times.reduce((latest, time) => Math.max(latest, time + this.span), Number.NEGATIVE_INFINITY)
  }

  record(now: number): void {
    this.times[this.count % this.limit] = now
    this.count++
  }

  /** What was admitted as the `number`th came to leave only now. */
  postpone(number: number, now: number): void {
    if (number >= this.count - this.limit) this.times[number % this.limit] = now
  }
}
