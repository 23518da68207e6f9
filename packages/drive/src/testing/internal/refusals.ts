/** Why something is not done, before an operation finds the code it documents for it. */
import * as FeishuTest from "@effect-feishu/core/testing/FeishuTest"
import type * as ApiError from "@effect-feishu/core/ApiError"
import type { Operation } from "@effect-feishu/core/Operation"
import * as Effect from "effect/Effect"
import * as DriveError from "../../DriveError.ts"

export interface Refusal<out Reason extends string> {
  readonly reason: Reason
  readonly why: string
}

export const refuse = <const Reason extends string>(reason: Reason, why: string): Effect.Effect<never, Refusal<Reason>> =>
  Effect.fail({ reason, why })

/** The classes of the operations on members and settings, which document all of them. */
export const all = {
  deleted: DriveError.DriveResourceDeleted,
  denied: DriveError.DriveNoPermission,
  invalid: DriveError.DriveInvalidParam,
  mistyped: DriveError.DriveInvalidParam,
  noShare: DriveError.DriveNoSharePermission,
  notAllowed: DriveError.DriveOperationNotAllowed,
  unknown: DriveError.DriveInvalidParam
} as const

type Class<E> = new(details: ApiError.Details) => E

type Classes<E> = Readonly<Record<string, Class<E>>>

type Reasons<C> = Extract<keyof C, string>

/** A refusal, in the classes of an operation. */
export const failure = <Request, Success, Error, Token, const C extends Classes<FeishuTest.Documented<Error>>>(
  operation: Operation<Request, Success, Error, Token>,
  classes: C
) =>
({ reason, why }: Refusal<Reasons<C>>): InstanceType<C[Reasons<C>]> =>
  // Sound: an instance of one of the classes.
  FeishuTest.failure(operation, classes[reason]!, { msg: why }) as InstanceType<C[Reasons<C>]>

/** The same, for all refusals of an effect. */
export const as = <Request, Success, Error, Token, const C extends Classes<FeishuTest.Documented<Error>>>(
  operation: Operation<Request, Success, Error, Token>,
  classes: C
) =>
<A, R>(effect: Effect.Effect<A, Refusal<Reasons<C>>, R>): Effect.Effect<A, InstanceType<C[Reasons<C>]>, R> =>
  Effect.mapError(effect, failure(operation, classes))
