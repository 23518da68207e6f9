/** Tokens that are looked for in a store before the platform is asked. */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import type { Credential, TokenError } from "../CallError.ts"
import type { Settings } from "../FeishuConfig.ts"
import * as TokenStore from "./tokenStore.ts"
import * as Monotonic from "./monotonic.ts"
import type { Issue } from "./tokenCell.ts"

/** Less than this, and the cell would ask for the next one at once: so do we. */
const tooOld = Duration.minutes(20)

/** Nothing the platform issues lives longer, whatever the store says. */
const longest = Duration.hours(2)

/** Applications, platforms and tenants never meet under one key. */
export const keyOf = (credential: Credential, { appId, baseUrl }: Pick<Settings, "appId" | "baseUrl">, of: string): string =>
  JSON.stringify([credential, baseUrl, appId, of])

/** The store that is provided, if one is. */
export const provided: Effect.Effect<Option.Option<TokenStore.Service>> = Effect.serviceOption(TokenStore.TokenStore)

const lookFailed = (error: TokenStore.TokenStoreError) => Effect.logDebug(error.message)

/** A store that fails costs a request, and nothing else. */
export const through = <E extends TokenError>(
  store: Option.Option<TokenStore.Service>,
  key: string,
  issue: Issue<E>
): Issue<E> =>
  Option.match(store, {
    onNone: () => issue,
    onSome: ({ get, set }) => (refused) =>
      Effect.gen(function*() {
        const kept = yield* get(key).pipe(
          Effect.catchAll((error) => Effect.as(lookFailed(error), Option.none<TokenStore.Stored>()))
        )
        if (
          Option.isSome(kept) && Duration.greaterThan(kept.value.remaining, tooOld)
          && (refused === undefined || Redacted.value(refused) !== Redacted.value(kept.value.value))
        ) return { token: kept.value.value, lifetime: Duration.min(kept.value.remaining, longest) }
        const sentAt = yield* Monotonic.millis
        const fresh = yield* issue(refused)
        const elapsed = (yield* Monotonic.millis) - sentAt
        const left = Duration.millis(Math.max(0, Duration.toMillis(fresh.lifetime) - elapsed))
        yield* Effect.catchAll(set(key, fresh.token, left), lookFailed)
        return fresh
      })
  })
