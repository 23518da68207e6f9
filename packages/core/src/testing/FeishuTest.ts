/**
 * Stubs: answers of your own choosing, in the operation's own types.
 *
 * A stub takes the place of the client, so that nothing is sent, paced or
 * retried; it cannot answer, or fail with, what the documentation does not say.
 * For a platform that keeps state and enforces its rules use `FakeFeishu`.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as AccessToken from "../AccessToken.ts"
import * as ApiError from "../ApiError.ts"
import { PartialSuccess } from "../CallError.ts"
import type { CallError } from "../CallError.ts"
import { FeishuClient } from "../FeishuClient.ts"
import type { Execute } from "../FeishuClient.ts"
import { encode } from "../internal/encode.ts"
import type { Description, Operation } from "../Operation.ts"
import * as Answers from "./internal/answers.ts"

/**
 * How one operation is answered.
 *
 * @since 0.1.0
 * @category models
 */
export interface Stub {
  readonly operation: Description
  readonly run: (request: never) => Effect.Effect<unknown, unknown>
}

/**
 * Answers an operation. The request keeps the documented rules: one that does
 * not fails with `RequestInvalid`, as with the real client, and is never seen.
 *
 * @example
 * ```ts
 * import { FeishuTest } from "@effect-feishu/core/testing"
 * import { MeetingRecording, VcError } from "@effect-feishu/vc"
 * import { Effect } from "effect"
 *
 * export const Test = FeishuTest.layer(
 *   FeishuTest.on(MeetingRecording.setPermission, ({ meeting_id }) =>
 *     meeting_id === "6911188411932033028"
 *       ? Effect.void
 *       : FeishuTest.failure(MeetingRecording.setPermission, VcError.VcMeetingNotFound))
 * )
 * ```
 *
 * @since 0.1.0
 * @category constructors
 */
export const on = <Request, Success, Error, Token>(
  operation: Operation<Request, Success, Error, Token>,
  run: (request: Request) => Effect.Effect<Success, Error | CallError>
): Stub => ({ operation, run })

/**
 * The failures of an operation that have a class of their own.
 *
 * @since 0.1.0
 * @category models
 */
export type Documented<Error> = Extract<Error | ApiError.Common, ApiError.Any>

/**
 * A failure as the platform would answer it: any class of the operation's own
 * list, or of the common codes. It is an error, to be yielded or failed with.
 *
 * @since 0.1.0
 * @category constructors
 */
export const failure = <Request, Success, Error, Token, E extends Documented<Error>>(
  operation: Operation<Request, Success, Error, Token>,
  Class: new(details: ApiError.Details) => E,
  details?: Partial<Omit<ApiError.Details, "operation">>
): E => {
  const known = [...operation.errors, ...ApiError.common].find((one: unknown) => one === Class)
  const code = details?.answered ?? known?.code
  return new Class({
    status: (code === undefined ? undefined : Answers.statusOf(operation.spec, code)) ?? 400,
    msg: known?.tag ?? Class.name,
    ...details,
    operation: operation.id
  })
}

/**
 * What a batched operation fails with when it did some of what was asked: the
 * answer to that, and why not all.
 *
 * @since 0.1.0
 * @category constructors
 */
export const partial = <Request, Success, Error, Token>(
  operation: Operation<Request, Success, Error, Token>,
  data: Success,
  cause: Documented<Error>
): Extract<Error, { readonly _tag: "PartialSuccess" }> =>
  // Sound: made of the operation's own success and one of its failures, where it is a batched one; elsewhere of no use.
  new PartialSuccess({ operation: operation.id, data, cause }) as unknown as Extract<
    Error,
    { readonly _tag: "PartialSuccess" }
  >

/**
 * A call that was made.
 *
 * @since 0.1.0
 * @category models
 */
export interface Call {
  readonly operation: string
  readonly request: unknown
}

/**
 * The calls that were made, in order.
 *
 * @since 0.1.0
 * @category services
 */
export class Calls extends Context.Tag("@effect-feishu/core/testing/FeishuTest/Calls")<
  Calls,
  { readonly get: Effect.Effect<ReadonlyArray<Call>> }
>() {}

/**
 * Every call so far, in order.
 *
 * @since 0.1.0
 * @category accessors
 */
export const calls: Effect.Effect<ReadonlyArray<Call>, never, Calls> = Effect.flatMap(Calls, ({ get }) => get)

/**
 * What one operation was asked so far, in order.
 *
 * @since 0.1.0
 * @category accessors
 */
export const callsOf = <Request, Success, Error, Token>(
  operation: Operation<Request, Success, Error, Token>
): Effect.Effect<ReadonlyArray<Request>, never, Calls> =>
  Effect.map(calls, (all) =>
    // Sound: a call is recorded with the request its operation was given.
    all.filter((call) => call.operation === operation.id).map(({ request }) => request as Request))

const die = (operation: Description) =>
  Effect.dieMessage(
    `${operation.id} was called and no stub answers it: add FeishuTest.on(..., (request) => ...) for it to FeishuTest.layer`
  )

/**
 * A client that knows the answers of these stubs, and nothing else. The last
 * one given for an operation counts.
 *
 * @since 0.1.0
 * @category layers
 */
export const layer = (...stubs: Array<Stub>): Layer.Layer<FeishuClient | Calls> =>
  Layer.effectContext(Effect.sync(() => {
    const made: Array<Call> = []
    const answers = new Map(stubs.map(({ operation, run }) => [operation.id, run]))
    const execute = (operation: Operation.Any, request: unknown): Effect.Effect<unknown, unknown> =>
      Effect.suspend(() => {
        const encoded = encode(operation.spec, request)
        if (Either.isLeft(encoded)) return encoded.left
        made.push({ operation: operation.id, request })
        // Sound: `on` tied the stub to the type of the operation's request.
        return answers.get(operation.id)?.(request as never) ?? die(operation)
      })
    return Context.make(Calls, { get: Effect.sync(() => [...made]) }).pipe(
      // Sound: a stub answers and fails in the types of its operation, and `RequestInvalid` is one of every call's.
      Context.add(FeishuClient, { execute: execute as Execute })
    )
  }))

/**
 * Credentials that are never sent anywhere, for operations that ask for one.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerTokens: Layer.Layer<AccessToken.TenantAccessToken | AccessToken.UserAccessToken> = Layer.merge(
  AccessToken.layerTenantOf(Redacted.make("t-stub")),
  AccessToken.layerUserOf(Redacted.make("u-stub"))
)
