/**
 * The users who signed in, and their tokens from then on.
 *
 * A refresh token works once, and one that is lost takes the user's sign-in with
 * it. So for each user one refresh is in flight, in this process and, through
 * the store's lock, among all that share the store; what is about to happen is
 * written down before it happens; and a refresh that was sent is seen through,
 * whoever is interrupted meanwhile.
 *
 * A user is known by a key of your own choosing: the `open_id`, or the id they
 * have in your database.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Predicate from "effect/Predicate"
import { UserAccessTokens } from "./AccessToken.ts"
import type { LoginRequired, RefreshTokenLost } from "./CallError.ts"
import { FeishuConfig } from "./FeishuConfig.ts"
import * as Tokens from "./internal/userTokens.ts"
import * as TenantTokens from "./internal/tenantTokens.ts"
import * as OAuth from "./OAuth.ts"
import * as TokenStore from "./TokenStore.ts"

/**
 * @since 0.1.0
 * @category models
 */
export interface Service {
  /** Stores what a user granted, in place of what they granted before. */
  readonly save: (userKey: string, grant: OAuth.Grant) => Effect.Effect<void, TokenStore.TokenStoreError>
  /** Forgets a user: they signed out, or took their grant back. */
  readonly forget: (userKey: string) => Effect.Effect<void, TokenStore.TokenStoreError>
}

/**
 * @since 0.1.0
 * @category services
 */
export class UserTokens extends Context.Tag("@effect-feishu/core/UserTokens")<UserTokens, Service>() {}

/**
 * The tokens of stored users. `AccessToken.forUser` says which one a call is
 * made as.
 *
 * @example
 * ```ts
 * import { AccessToken, FeishuClient, FeishuConfig, OAuth, TokenStore, UserInfo, UserTokens } from "@effect-feishu/core"
 * import { FetchHttpClient } from "@effect/platform"
 * import { Layer } from "effect"
 *
 * export const Feishu = Layer.mergeAll(FeishuClient.layer, UserTokens.layer).pipe(
 *   Layer.provideMerge(OAuth.layer()),
 *   Layer.provide(TokenStore.layerMemory),
 *   Layer.provide([FeishuConfig.layerConfig(), FetchHttpClient.layer])
 * )
 *
 * export const whoIs = (userKey: string) => UserInfo.get().pipe(AccessToken.forUser(userKey))
 * ```
 *
 * @since 0.1.0
 * @category layers
 */
export const layer: Layer.Layer<
  UserTokens | UserAccessTokens,
  never,
  OAuth.OAuth | TokenStore.TokenStore | FeishuConfig
> = Layer.scopedContext(
  Effect.gen(function*() {
    const { forget, get, renew, save } = yield* Tokens.make(
      yield* OAuth.OAuth,
      yield* TokenStore.TokenStore,
      yield* FeishuConfig
    )
    return Context.make(UserTokens, { forget, save }).pipe(
      Context.add(UserAccessTokens, {
        of: (userKey, options) =>
          Effect.succeed({
            credential: "user" as const,
            tenant: options?.tenant ?? TenantTokens.ownTenant,
            get: get(userKey),
            renew: (refused) => renew(userKey, refused)
          })
      })
    )
  })
)

/**
 * Whether a failure says that the user must sign in again: send them to
 * `OAuth.start`.
 *
 * @since 0.1.0
 * @category refinements
 */
export const mustSignIn = <E>(
  error: E
): error is Extract<E, LoginRequired | RefreshTokenLost> =>
  Predicate.isTagged(error, "LoginRequired") || Predicate.isTagged(error, "RefreshTokenLost")
