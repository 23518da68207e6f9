/** The data half of a declaration: what every step of the way of a call reads. Not generic, so that many stay cheap. */
import type * as Schema from "effect/Schema"
import type * as AccessToken from "../AccessToken.ts"
import type * as ApiError from "../ApiError.ts"
import type { RateLimit } from "../RateLimit.ts"

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE"

/** A request's field that travels in the query, under its own or another name. */
export type QueryField = string | readonly [field: string, wireName: string]

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
  readonly rateLimit: RateLimit
  readonly quota: RateLimit | undefined
  readonly request: Schema.Schema.AnyNoContext | undefined
  readonly query: ReadonlyArray<QueryField>
  readonly response: Schema.Schema.AnyNoContext | undefined
  readonly envelope: Envelope
  readonly errors: ReadonlyArray<ApiError.AnyClass>
  /** Documented HTTP statuses that differ from the class's own. */
  readonly statuses: Readonly<Record<number, number>>
  readonly deprecated: boolean
  /** Whether an answer tells of something done although its code is not 0. */
  readonly partial: ((data: never) => boolean) | undefined
}
