/** The data half of a declaration: what every step of the way of a call reads. Not generic, so that many stay cheap. */
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import type * as Effect from "effect/Effect"
import type * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import type * as AccessToken from "../AccessToken.ts"
import type * as ApiError from "../ApiError.ts"
import type { CallTimeout } from "../CallError.ts"
import type { Settings } from "../FeishuConfig.ts"
import type { RateLimit } from "../RateLimit.ts"
import type { ReadError } from "./read.ts"
import type { Attempt } from "./send.ts"

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE"

/** A request's field that travels in the query or a header, under its own or another name. */
export type WireField = string | readonly [field: string, wireName: string]

/** What a request carries. */
export interface Body {
  readonly type: string
  readonly content: string | Uint8Array
}

/** How the fields of a body are written. */
export type EncodeBody = (fields: ReadonlyArray<readonly [name: string, value: unknown]>) => Body

/** How a file is answered: a part of the operation, so that programs without files do without it. */
export interface FileAnswer {
  /** Runs an attempt in a scope of its own, which lasts as long as the caller's if it succeeds. */
  readonly hold: <A, E, R>(attempt: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R | Scope.Scope>
  readonly read: (
    spec: Spec,
    response: HttpClientResponse.HttpClientResponse,
    attempt: Attempt,
    settings: Settings
  ) => Effect.Effect<unknown, ReadError | CallTimeout, Scope.Scope>
}

/**
 * Where the success is found: under `data`, beside `code`, or as OAuth has it
 * (beside `code`, failures with `error` and `error_description`).
 */
export type Envelope = "data" | "flat" | "oauth"

/**
 * A schema of `A`, whatever its wire form: `Schema` is invariant in the latter, so nothing narrower than `any` says so.
 */
// oxlint-disable-next-line typescript/no-explicit-any
export type SchemaOf<A> = Schema.Schema<A, any>

export interface Spec {
  readonly id: string
  readonly method: Method
  readonly url: string
  readonly accepts: AccessToken.Accepts | "none"
  readonly scopes: ReadonlyArray<string>
  readonly idempotent: boolean
  readonly serial: boolean
  /** With which other operations it takes turns, where it does not with itself alone. */
  readonly lane: string | undefined
  readonly rateLimit: RateLimit
  readonly quota: RateLimit | undefined
  readonly request: Schema.Schema.AnyNoContext | undefined
  readonly query: ReadonlyArray<WireField>
  readonly headers: ReadonlyArray<WireField>
  /** How the body is written; none where fields travel in the query. */
  readonly body: EncodeBody | undefined
  readonly response: Schema.Schema.AnyNoContext | undefined
  readonly envelope: Envelope
  /** How the answer is read, where it is a file and no envelope. */
  readonly file: FileAnswer | undefined
  readonly errors: ReadonlyArray<ApiError.AnyClass>
  /** Documented HTTP statuses that differ from the class's own. */
  readonly statuses: Readonly<Record<number, number>>
  readonly deprecated: boolean
  /** Whether an answer tells of something done although its code is not 0. */
  readonly partial: ((data: never) => boolean) | undefined
}
