/** An authentic event on its way to its handlers: claimed, handled once, answered in time. */
import * as Cause from "effect/Cause"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import type { Claim, DeliveryStoreError, Service } from "../DeliveryStore.ts"
import type { Delivery } from "../Event.ts"
import * as Monotonic from "./monotonic.ts"

/** What became of a delivery. Only the first two are answered with 200. */
export type Outcome = "handled" | "duplicate" | "busy" | "slow" | "failed"

export interface Settings {
  readonly store: Service
  readonly handle: (delivery: Delivery) => Effect.Effect<void, unknown>
  readonly answerWithin: Duration.Duration
  readonly handlerTimeout: Duration.Duration
  readonly retention: Duration.Duration
  readonly whenSlow: "continue" | "interrupt"
  /** Where handlers live: longer than the requests that start them. */
  readonly scope: Scope.Scope
}

/** How often a handler that runs elsewhere is asked after. */
const poll = Duration.millis(100)

/** A holder who crashed blocks an event for this much longer than a handler may take. */
const grace = Duration.seconds(30)

export const make = ({ answerWithin, handle, handlerTimeout, retention, scope, store, whenSlow }: Settings) => {
  const options = { lease: Duration.sum(handlerTimeout, grace), retention }

  const claim = (key: string): Effect.Effect<Claim | "busy" | "duplicate", DeliveryStoreError> =>
    Effect.gen(function*() {
      const end = (yield* Monotonic.millis) + Duration.toMillis(answerWithin)
      while (true) {
        const outcome = yield* store.claim(key, options)
        if (outcome._tag === "Claimed") return outcome
        if (outcome._tag === "Done") return "duplicate"
        if ((yield* Monotonic.millis) >= end) return "busy"
        yield* Effect.interruptible(Effect.sleep(poll))
      }
    })

  const settle = (mine: Claim, exit: Exit.Exit<void, unknown>): Effect.Effect<"handled" | "failed"> => {
    const settled = Exit.isSuccess(exit) ? mine.done : mine.release
    return settled.pipe(
      Effect.retry({ times: 2 }),
      // A handler that has run is not run again because the store forgot to be told; one that failed, when its lease is over.
      Effect.catchAll((error) => Effect.logError("the end of an event could not be recorded", error.message)),
      Effect.as(Exit.isSuccess(exit) ? "handled" : "failed")
    )
  }

  const run = (key: string, delivery: Delivery): Effect.Effect<Outcome> =>
    Effect.uninterruptibleMask((restore) =>
      Effect.matchEffect(claim(key), {
        onFailure: (error) => Effect.as(Effect.logError("an event could not be claimed", error.message), "failed"),
        onSuccess: (mine): Effect.Effect<Outcome> =>
          typeof mine === "string" ? Effect.succeed(mine) : restore(handle(delivery)).pipe(
            Effect.interruptible,
            Effect.timeout(handlerTimeout),
            Effect.tapErrorCause((cause) =>
              Cause.isInterruptedOnly(cause) ? Effect.void : Effect.logError("the handler of an event failed", cause)
            ),
            Effect.exit,
            Effect.flatMap((exit) => settle(mine, exit))
          )
      })
    )

  return (key: string, delivery: Delivery): Effect.Effect<Outcome> =>
    Effect.flatMap(Effect.forkIn(run(key, delivery), scope), (fiber) =>
      Fiber.join(fiber).pipe(
        Effect.timeoutOption(answerWithin),
        Effect.flatMap(Option.match({
          onNone: () =>
            Effect.as(whenSlow === "interrupt" ? Fiber.interruptFork(fiber) : Effect.void, "slow" as Outcome),
          onSome: (outcome) => Effect.succeed(outcome)
        })),
        // Interrupted together with the server: it was not handled here.
        Effect.catchAllCause(() => Effect.succeed<Outcome>("failed"))
      ))
}
