/** Stops asking a platform that does not answer, and looks from time to time whether it does again. */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { CircuitOpen } from "../CallError.ts"
import type { CircuitBreaker } from "../FeishuConfig.ts"
import * as Monotonic from "./monotonic.ts"
import type { AttemptError } from "./recover.ts"

/** Whether it looks as if nobody is there. Whatever comes from the platform itself, an error included, shows that it is. */
const isSilence = (error: AttemptError): boolean =>
  error._tag === "TransportError" || error._tag === "CallTimeout"
  || (error._tag === "UnexpectedResponse" && error.status >= 500)

/** Nothing was sent, which says nothing either. */
const isWithoutToken = ({ _tag }: AttemptError): boolean =>
  _tag === "AccessTokenUnavailable" || _tag === "AppTicketMissing" || _tag === "LoginRequired" || _tag === "RefreshTokenLost"

type Guard = (operation: string) => <A, R>(attempt: Effect.Effect<A, AttemptError, R>) => Effect.Effect<A, AttemptError, R>

const unguarded: Guard = () => (attempt) => attempt

export const make = (options: CircuitBreaker | undefined): Guard => {
  if (options === undefined) return unguarded
  const openFor = Duration.toMillis(options.openFor)
  let failures = 0
  /** When the next attempt may go through; it is then the only one until it ends. */
  let probeAt = Number.NEGATIVE_INFINITY

  const isOpen = () => failures >= options.failures

  return (operation) => (attempt) =>
    Effect.flatMap(Monotonic.millis, (now) => {
      if (isOpen()) {
        if (now < probeAt) return new CircuitOpen({ operation, retryAfter: Duration.millis(probeAt - now) })
        probeAt = now + openFor
      }
      return Effect.onExit(attempt, (exit) =>
        Effect.map(Monotonic.millis, (later) => {
          const failure = Exit.isFailure(exit) && exit.cause._tag === "Fail" ? exit.cause.error : undefined
          // An interrupted attempt says nothing, a probe among them leaves the next one to try.
          if (Exit.isInterrupted(exit)) {
            if (isOpen()) probeAt = Math.min(probeAt, later)
          } else if (failure !== undefined && isSilence(failure)) {
            failures++
            if (isOpen()) probeAt = later + openFor
          } else if (failure === undefined || !isWithoutToken(failure)) {
            failures = 0
          }
        }))
    })
}
