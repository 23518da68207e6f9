/**
 * Documented limits as values: read by the client to pace itself, and by a
 * program as a `Schedule` or a limiter of its own.
 *
 * @since 0.1.0
 */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import * as Admission from "./Admission.ts"

/**
 * At most `limit` calls in any `window`.
 *
 * @since 0.1.0
 * @category models
 */
export interface Window {
  readonly limit: number
  readonly window: Duration.Duration
}

/**
 * Every window counts at once. None at all: the documentation states no figure.
 *
 * @since 0.1.0
 * @category models
 */
export interface RateLimit {
  readonly windows: ReadonlyArray<Window>
}

/**
 * The documented windows, for example `RateLimit.of([1000, "1 minute"], [50, "1 second"])`.
 *
 * For rates only. An allowance per day is a quota: spread over its window it
 * would make one call wait for seconds.
 *
 * @since 0.1.0
 * @category constructors
 */
export const of = (
  ...windows: ReadonlyArray<readonly [limit: number, window: Duration.DurationInput]>
): RateLimit => ({
  windows: windows.map(([limit, window]) => ({ limit, window: Duration.decode(window) }))
})

/**
 * The documentation gives no figure. The client does not pace such calls, and
 * waits as told when the platform throttles them.
 *
 * @since 0.1.0
 * @category constructors
 */
export const unstated: RateLimit = of()

/**
 * The narrowest spacing of calls that breaks none of the windows.
 *
 * @since 0.1.0
 * @category accessors
 */
export const interval = ({ rateLimit }: { readonly rateLimit: RateLimit }): Duration.Duration =>
  rateLimit.windows.reduce(
    (widest, { limit, window }) => Duration.max(widest, Duration.unsafeDivide(window, limit)),
    Duration.zero
  )

/**
 * The documented pace as a `Schedule`: one call per `interval`, forever. For
 * `Stream.schedule` and `Effect.repeat`.
 *
 * @since 0.1.0
 * @category schedules
 */
export const schedule = (operation: { readonly rateLimit: RateLimit }): Schedule.Schedule<number> =>
  Schedule.spaced(interval(operation))

/**
 * A limiter that keeps every window of an operation, shared by all fibers that
 * use it. A client has one of its own already; this one is for work that goes
 * around it.
 *
 * @since 0.1.0
 * @category limiters
 */
export const limiter = (
  operation: { readonly id: string; readonly rateLimit: RateLimit }
): Effect.Effect<
  <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
> =>
  Effect.map(Admission.makeMemory({ capacity: Number.POSITIVE_INFINITY }), (admission) => (effect) =>
    Effect.catchTag(
      admission.admit({
        key: operation.id,
        operation: operation.id,
        windows: operation.rateLimit.windows,
        serial: false
      })(Effect.exit(effect)),
      "QueueFull",
      // Cannot happen: the capacity is infinite.
      Effect.die
    ).pipe(Effect.flatten))
