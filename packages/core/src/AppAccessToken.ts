/**
 * The application's own token, for the few interfaces that take no other.
 *
 * @since 0.1.0
 */
import * as HttpClient from "@effect/platform/HttpClient"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"
import type { TokenError } from "./CallError.ts"
import { FeishuConfig } from "./FeishuConfig.ts"
import * as StoredTokens from "./internal/storedTokens.ts"
import * as TenantTokens from "./internal/tenantTokens.ts"
import * as TokenCell from "./internal/tokenCell.ts"

/**
 * @since 0.1.0
 * @category models
 */
export interface Service {
  /** A token that serves now. */
  readonly get: Effect.Effect<Redacted.Redacted, TokenError>
  /** Another token in place of one the platform refused. */
  readonly renew: (refused: Redacted.Redacted) => Effect.Effect<Option.Option<Redacted.Redacted>, TokenError>
}

/**
 * @since 0.1.0
 * @category services
 */
export class AppAccessToken extends Context.Tag("@effect-feishu/core/AppAccessToken")<AppAccessToken, Service>() {}

/**
 * The token of the configured custom application. That of a store application
 * comes with `StoreApp.layer`.
 *
 * @see https://open.feishu.cn/document/ukTMukTMukTM/ukDNz4SO0MjL5QzM/auth-v3/auth/app_access_token_internal
 *
 * @since 0.1.0
 * @category layers
 */
export const layer: Layer.Layer<AppAccessToken, never, HttpClient.HttpClient | FeishuConfig> = Layer.scoped(
  AppAccessToken,
  Effect.gen(function*() {
    const settings = yield* FeishuConfig
    const key = StoredTokens.keyOf("app", settings, TenantTokens.ownTenant)
    const issue = yield* TenantTokens.issuer("app", yield* HttpClient.HttpClient, settings)
    return yield* TokenCell.make("app", StoredTokens.through(yield* StoredTokens.provided, key, issue))
  })
)
