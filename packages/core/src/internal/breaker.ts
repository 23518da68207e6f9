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
  /** When an attempt may find out whether somebody is there again. */
  let probeAt = Number.NEGATIVE_INFINITY
  /** Whether one does: until it ends it is the only one. */
  let probing = false

  const isOpen = () => failures >= options.failures

  return (operation) => (attempt) =>
    // Nothing may come between a probe's beginning and the promise that its end is told.
    Effect.uninterruptibleMask((restore) => Effect.flatMap(Monotonic.millis, (now) => {
      const isProbe = isOpen()
      if (isProbe && (probing || now < probeAt)) {
        const retryAfter = Duration.millis(probing ? openFor : probeAt - now)
        return new CircuitOpen({ operation, retryAfter })
      }
      probing = probing || isProbe
      return Effect.onExit(restore(attempt), (exit) =>
        Effect.map(Monotonic.millis, (later) => {
          if (isProbe) probing = false
          // An interrupted attempt says nothing, a probe among them leaves the next one to try.
          if (Exit.isInterrupted(exit)) return
          const failure = Exit.isFailure(exit) && exit.cause._tag === "Fail" ? exit.cause.error : undefined
          if (failure !== undefined && isSilence(failure)) {
            failures++
            if (isOpen()) probeAt = later + openFor
          } else if (failure === undefined || !isWithoutToken(failure)) {
            failures = 0
          }
        }))
    }))
}
