/** Calls that are about one thing of many. */
import * as CallError from "@effect-feishu/core/CallError"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import type { WalkError } from "../FolderTree.ts"

/** Whether any other call would meet a failure as well. */
export const endsAll = <E>(error: E): error is Extract<E, WalkError> => CallError.isSystemic(error)

/** What became of a call that was about one thing; fails only with what any other call would meet as well. */
export const apart = <A, E, R>(
  self: Effect.Effect<A, E, R>
): Effect.Effect<Either.Either<A, Exclude<E, WalkError>>, Extract<E, WalkError>, R> =>
  Effect.matchEffect(self, {
    onFailure: (error) =>
      endsAll(error)
        ? Effect.fail(error)
        // Sound: what ends all has been taken out.
        : Effect.succeed(Either.left(error as Exclude<E, WalkError>)),
    onSuccess: (value) => Effect.succeed(Either.right(value))
  })
