/** Writes that must not be done twice. */
import { OutcomeUnknown } from "@effect-feishu/core/CallError"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"

/** When it is looked for: the platform may take a while until a listing shows what it did. */
const pauses = ["1 second", "2 seconds", "4 seconds"] as const

/**
 * Does it. Where the outcome is unknown it is looked for, several times, and
 * done again, once, only if it is not there. Where looking fails, the outcome
 * stays unknown.
 */
export const once = <A, E, R, E2, R2>(
  act: Effect.Effect<A, E, R>,
  look: Effect.Effect<Option.Option<A>, E2, R2>
): Effect.Effect<A, E, R | R2> => {
  const found = pauses.reduce<Effect.Effect<Option.Option<A>, E2, R2>>(
    (before, pause) =>
      Effect.flatMap(before, (one) => Option.isSome(one) ? Effect.succeed(one) : Effect.delay(look, pause)),
    Effect.succeedNone
  )
  const attempt = (again: boolean): Effect.Effect<A, E, R | R2> =>
    Effect.catchIf(act, (error) => error instanceof OutcomeUnknown, (unknown) =>
      Effect.flatMap(
        Effect.mapError(found, () => unknown),
        Option.match({
          onNone: () => again ? attempt(false) : Effect.fail(unknown),
          onSome: (one): Effect.Effect<A, E> => Effect.succeed(one)
        })
      ))
  return attempt(true)
}
