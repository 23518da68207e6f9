/** Time that only moves forward, whatever is done to the machine's clock. */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as Fiber from "effect/Fiber"

/** A fiber's clock. */
export const clockOf = (fiber: Fiber.RuntimeFiber<unknown, unknown>): Clock.Clock =>
  Context.get(fiber.currentDefaultServices, Clock.Clock)

/**
 * Milliseconds since an arbitrary moment. Not by `Clock.currentTimeNanos`: that of `TestClock` dies at a time which is
 * not a whole number of nanoseconds, and after a jittered wait most are not.
 */
export const now = (clock: Clock.Clock): number => Number(clock.unsafeCurrentTimeNanos()) / 1_000_000

/** The same as an effect. */
export const millis: Effect.Effect<number> = Effect.withFiberRuntime((fiber) => Effect.succeed(now(clockOf(fiber))))
