/** What a token store is, apart from what stores are made of: every client looks for one, and few have one. */
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Duration from "effect/Duration"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"
import * as Render from "./render.ts"

export class TokenStoreError extends Data.TaggedError("TokenStoreError")<{
  readonly action: "get" | "set" | "remove" | "lock"
  /** The store's own name for what went wrong. */
  readonly reason: string
}> {
  override get message() {
    return `the token store failed to ${this.action}: ${Render.printable(this.reason)}`
  }
}

export interface Stored {
  readonly value: Redacted.Redacted
  /** How long it is kept from now on. */
  readonly remaining: Duration.Duration
}

export interface Service {
  /** What is kept under a key. What expired, cannot be read, or was written for another key or by somebody else is not there. */
  readonly get: (key: string) => Effect.Effect<Option.Option<Stored>, TokenStoreError>
  /** Keeps a value for as long as it is good for; a lifetime of nothing removes it. */
  readonly set: (
    key: string,
    value: Redacted.Redacted,
    lifetime: Duration.DurationInput
  ) => Effect.Effect<void, TokenStoreError>
  readonly remove: (key: string) => Effect.Effect<void, TokenStoreError>
  /**
   * Runs an effect while nobody else runs one under the same key. A holder that
   * died is waited for no longer than its lease; one that takes longer than its
   * lease is alone no more, and must look before it writes.
   */
  readonly withLock: (
    key: string,
    lease: Duration.DurationInput
  ) => <A, E, R>(self: Effect.Effect<A, E, R>) => Effect.Effect<A, E | TokenStoreError, R>
}

export class TokenStore extends Context.Tag("@effect-feishu/core/TokenStore")<TokenStore, Service>() {}
