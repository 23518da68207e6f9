/** Why something is not done, before an operation finds the code it documents for it. */
import * as FeishuTest from "@effect-feishu/core/testing/FeishuTest"
import type * as ApiError from "@effect-feishu/core/ApiError"
import type { Operation } from "@effect-feishu/core/Operation"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as DriveError from "../../DriveError.ts"

export type Reason = "deleted" | "denied" | "invalid" | "noShare" | "notAllowed"

export class Refusal extends Data.Error<{ readonly reason: Reason; readonly why: string }> {}

export const refuse = (reason: Reason, why: string) => new Refusal({ reason, why })

/** The classes of operations that document all five. */
export const all = {
  deleted: DriveError.DriveResourceDeleted,
  denied: DriveError.DriveNoPermission,
  invalid: DriveError.DriveInvalidParam,
  noShare: DriveError.DriveNoSharePermission,
  notAllowed: DriveError.DriveOperationNotAllowed
} as const

type Class<E> = new(details: ApiError.Details) => E

type Classes<E> = Readonly<Record<Reason, Class<E>>>

/** A refusal, in the classes of an operation. */
export const failure = <Request, Success, Error, Token, const C extends Classes<FeishuTest.Documented<Error>>>(
  operation: Operation<Request, Success, Error, Token>,
  classes: C
) =>
({ reason, why }: Refusal): InstanceType<C[Reason]> =>
  // Sound: an instance of one of the classes.
  FeishuTest.failure(operation, classes[reason], { msg: why }) as InstanceType<C[Reason]>

/** The same, for all refusals of an effect. */
export const as = <Request, Success, Error, Token, const C extends Classes<FeishuTest.Documented<Error>>>(
  operation: Operation<Request, Success, Error, Token>,
  classes: C
) =>
<A, R>(effect: Effect.Effect<A, Refusal, R>): Effect.Effect<A, InstanceType<C[Reason]>, R> =>
  Effect.mapError(effect, failure(operation, classes))
