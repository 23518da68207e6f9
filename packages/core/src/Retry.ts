/**
 * When to try again, as a `Schedule`.
 *
 * The client decides whether a failure may be repeated at all: a call that was
 * not admitted may, a call that provably never left may, one that may have
 * acted may only where acting twice is acting once. A policy decides how often,
 * and how long to wait. Every call reads the policy in scope, so it is changed
 * for a program, a layer or one call with `Retry.using`.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Random from "effect/Random"
import * as Schedule from "effect/Schedule"
import * as ApiError from "./ApiError.ts"
import type { CallTimeout, ResponseInvalid, TransportError, UndocumentedCode, UnexpectedResponse } from "./CallError.ts"

/**
 * What a policy is asked about.
 *
 * @since 0.1.0
 * @category models
 */
export type Retryable =
  | ApiError.Any
  | CallTimeout
  | ResponseInvalid
  | TransportError
  | UndocumentedCode
  | UnexpectedResponse

/**
 * @since 0.1.0
 * @category models
 */
export type Policy = Schedule.Schedule<unknown, Retryable>

/**
 * @since 0.1.0
 * @category models
 */
export interface Options {
  /** How often to try again. @default 3 */
  readonly times?: number | undefined
  /** After a transient failure: up to this much, doubled each time. @default "200 millis" */
  readonly base?: Duration.DurationInput | undefined
  /** After a transient failure: never more than this. @default "20 seconds" */
  readonly cap?: Duration.DurationInput | undefined
  /** When throttled: never less than this, whatever the platform says. @default "1 second" */
  readonly throttleFloor?: Duration.DurationInput | undefined
  /**
   * When throttled: a wait longer than this is not waited for; the call fails
   * with what the platform said.
   *
   * @default "120 seconds"
   */
  readonly throttleCap?: Duration.DurationInput | undefined
}

/**
 * Whether the platform turned a call away unexecuted because there were too
 * many.
 *
 * @since 0.1.0
 * @category guards
 */
export const isThrottled = (error: Retryable): boolean =>
  ApiError.hasCategory("RateLimited")(error) ||
  ((error._tag === "UndocumentedCode" || error._tag === "UnexpectedResponse") && error.status === 429)

const told = (error: Retryable): Option.Option<Duration.Duration> =>
  isThrottled(error) && "retryAfter" in error ? Option.fromNullable(error.retryAfter) : Option.none()

/**
 * A policy: transient failures after a random part of an exponentially growing
 * time; throttled calls exactly as long as the platform says.
 *
 * @since 0.1.0
 * @category policies
 */
export const make = (options: Options = {}): Policy => {
  const base = Duration.toMillis(options.base ?? "200 millis")
  const cap = Duration.toMillis(options.cap ?? "20 seconds")
  const floor = Duration.decode(options.throttleFloor ?? "1 second")
  const throttleCap = Duration.decode(options.throttleCap ?? "120 seconds")
  // Nobody is ever told to come back later than after the longest window there is.
  const longestGuess = Duration.min(throttleCap, Duration.minutes(1))

  const throttled = (error: Retryable, count: number) =>
    Duration.max(floor, Option.getOrElse(told(error), () => Duration.min(longestGuess, Duration.times(floor, 2 ** count))))

  return Schedule.identity<Retryable>().pipe(
    Schedule.whileInput((error) => Option.match(told(error), {
      onNone: () => true,
      onSome: (wait) => Duration.lessThanOrEqualTo(wait, throttleCap)
    })),
    Schedule.intersect(Schedule.recurs(options.times ?? 3)),
    Schedule.addDelayEffect(([error, count]) =>
      isThrottled(error)
        ? Effect.succeed(throttled(error, count))
        : Effect.map(Random.nextRange(0, Math.min(cap, base * 2 ** count)), (wait) => Duration.millis(Math.ceil(wait)))
    )
  )
}

/**
 * What a client does unless told otherwise: four attempts in all.
 *
 * @since 0.1.0
 * @category policies
 */
export const standard: Policy = make()

/**
 * As often as it takes to be admitted, within the call's total timeout; nothing
 * else is tried again. For bulk work that shares its limits with others: give it
 * a longer `timeouts.total`.
 *
 * @since 0.1.0
 * @category policies
 */
export const untilAdmitted: Policy = make({ times: Number.POSITIVE_INFINITY, throttleCap: Duration.infinity }).pipe(
  Schedule.whileInput(isThrottled)
)

/**
 * Never.
 *
 * @since 0.1.0
 * @category policies
 */
export const none: Policy = Schedule.stop

/**
 * The policy in scope.
 *
 * @since 0.1.0
 * @category references
 */
export class CurrentPolicy extends Context.Reference<CurrentPolicy>()("@effect-feishu/core/Retry/CurrentPolicy", {
  defaultValue: (): Policy => standard
}) {}

/**
 * Makes the calls of an effect under another policy.
 *
 * @example
 * ```ts
 * import { Retry } from "@effect-feishu/core"
 * import { PermissionPublic } from "@effect-feishu/drive"
 *
 * export const impatient = PermissionPublic.get({ token: "doxcn", type: "docx" }).pipe(
 *   Retry.using(Retry.make({ times: 1, throttleCap: "5 seconds" }))
 * )
 * ```
 *
 * @since 0.1.0
 * @category combinators
 */
export const using = (policy: Policy) => <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.provideService(self, CurrentPolicy, policy)
