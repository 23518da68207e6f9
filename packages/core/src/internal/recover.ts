/** Step 6: what a failed attempt means for the call, and when to make the next one. */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as ScheduleDecision from "effect/ScheduleDecision"
import * as ScheduleIntervals from "effect/ScheduleIntervals"
import { hasCategory, isApiError } from "../ApiError.ts"
import { OutcomeUnknown, PartialSuccess } from "../CallError.ts"
import type { Ambiguity, CallTimeout, CircuitOpen, QueueFull, TokenError } from "../CallError.ts"
import * as Retry from "../Retry.ts"
import type { ReadError } from "./read.ts"
import type { Spec } from "./spec.ts"

/** What one attempt may fail with. */
export type AttemptError = ReadError | TokenError | CallTimeout | CircuitOpen | QueueFull

/**
 * - `again`: may be repeated, at the price of the retry budget
 * - `throttled`: was not admitted, and may be repeated as often as the policy likes
 * - `ambiguous`: may have acted, and must not be repeated
 * - `final`: nothing to be done
 */
export type Verdict =
  | { readonly _tag: "again" | "throttled"; readonly error: Retry.Retryable }
  | { readonly _tag: "ambiguous"; readonly error: Ambiguity }
  | { readonly _tag: "final" }

const final: Verdict = { _tag: "final" }

const isFault = hasCategory("Fault")

export const judge = ({ idempotent }: Spec, error: AttemptError): Verdict => {
  const ifIdempotent = (error: Retry.Retryable & Ambiguity): Verdict =>
    idempotent ? { _tag: "again", error } : { _tag: "ambiguous", error }

  if (isApiError(error)) {
    if (Retry.isThrottled(error)) return { _tag: "throttled", error }
    if (hasCategory("TryAgain")(error)) return { _tag: "again", error }
    return isFault(error) ? ifIdempotent(error) : final
  }
  switch (error._tag) {
    case "TransportError": {
      // Another try meets the same certificate.
      if (error.phase === "tls") return error.delivered === "no" || idempotent ? final : { _tag: "ambiguous", error }
      return error.delivered === "no" ? { _tag: "again", error } : ifIdempotent(error)
    }
    case "CallTimeout":
      return error.phase === "total" && idempotent ? final : ifIdempotent(error)
    case "UndocumentedCode": {
      if (Retry.isThrottled(error)) return { _tag: "throttled", error }
      return error.status >= 500 ? ifIdempotent(error) : final
    }
    case "UnexpectedResponse": {
      if (Retry.isThrottled(error)) return { _tag: "throttled", error }
      if (error.status >= 500) return ifIdempotent(error)
      // Whoever answered 2xx in the platform's place may have passed the request on.
      return idempotent || error.status >= 300 ? final : { _tag: "ambiguous", error }
    }
    case "ResponseInvalid": {
      if (error.applied) return final
      if (error.truncated) return ifIdempotent(error)
      return idempotent ? final : { _tag: "ambiguous", error }
    }
    case "ResponseTooLarge":
      return idempotent ? final : { _tag: "ambiguous", error }
    case "AccessTokenRejected":
    case "AccessTokenUnavailable":
    case "AppTicketMissing":
    case "CircuitOpen":
    case "LoginRequired":
    case "PartialSuccess":
    case "QueueFull":
    case "RedirectBlocked":
    case "RefreshTokenLost":
      return final
  }
}

export const outcomeUnknown = ({ id }: Spec, cause: Ambiguity) => new OutcomeUnknown({ operation: id, cause })

/** A final failure as the call tells it: what a fault left undone of a partial success may have been done all the same. */
export const told = (spec: Spec, error: AttemptError): AttemptError | PartialSuccess<unknown, OutcomeUnknown> => {
  if (!(error instanceof PartialSuccess)) return error
  const verdict = judge(spec, error.cause)
  if (verdict._tag !== "ambiguous") return error
  const { data, operation } = error
  return new PartialSuccess<unknown, OutcomeUnknown>({ operation, data, cause: outcomeUnknown(spec, verdict.error) })
}

const tenantCodes: ReadonlySet<number> = new Set([99991663, 99991664, 99991665, 4001])
const userCodes: ReadonlySet<number> = new Set([99991668, 99991677, 4001])

/**
 * Whether another token may help. The gateway refuses a token before anything
 * is executed, so that even a write may be sent again. The code decides; a bare
 * 401 counts only when no documented code says what it means.
 */
export const isTokenRefused = (credential: "tenant" | "user", error: AttemptError): boolean => {
  if (isApiError(error)) {
    return (credential === "tenant" ? tenantCodes : userCodes).has(error.code) && !/not support/i.test(error.msg)
  }
  return (error._tag === "UndocumentedCode" || error._tag === "UnexpectedResponse") && error.status === 401
}

/** A policy's answers, one failure after another, without sleeping: whoever asks may have a deadline. */
export const driver = (policy: Retry.Policy) => {
  // Sound: a schedule's state is its own business, and `any` in its type.
  let state: unknown = policy.initial
  return (error: Retry.Retryable): Effect.Effect<Option.Option<Duration.Duration>> =>
    Effect.flatMap(Clock.currentTimeMillis, (now) =>
      Effect.map(policy.step(now, error, state), ([next, , decision]) => {
        state = next
        return ScheduleDecision.isDone(decision)
          ? Option.none()
          : Option.some(Duration.millis(Math.max(0, ScheduleIntervals.start(decision.intervals) - now)))
      }))
}

const price = 14

/** Repetitions cost, successes pay back: an outage is not amplified. */
export class Budget {
  private left: number
  private readonly size: number

  constructor(size: number) {
    this.size = size
    this.left = size
  }

  spend(): boolean {
    if (this.left < price) return false
    this.left -= price
    return true
  }

  /** A call that succeeded after a repetition pays it back, any other a little. */
  earn(afterRepetition: boolean): void {
    this.left = Math.min(this.size, this.left + (afterRepetition ? price : 1))
  }
}
