/** Time that only moves forward, whatever is done to the machine's clock. */
import * as Effect from "effect/Effect"

/**
 * Milliseconds since an arbitrary moment. Not by `Clock.currentTimeNanos`: that of `TestClock` dies at a time which is
 * not a whole number of nanoseconds, and after a jittered wait most are not.
 */
export const millis: Effect.Effect<number> = Effect.map(
  Effect.clock,
  (clock) => Number(clock.unsafeCurrentTimeNanos()) / 1_000_000
)
