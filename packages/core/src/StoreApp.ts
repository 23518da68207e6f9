/**
 * A store application, installed in any number of tenants.
 *
 * The platform sends it a ticket every hour (`AppTicket`), the ticket buys the
 * application's token, and that buys the token of each tenant. One process
 * serves them all: `AccessToken.forTenant` says which one a call is for.
 *
 * @since 0.1.0
 */
import * as HttpClient from "@effect/platform/HttpClient"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as AccessToken from "./AccessToken.ts"
import * as AppAccessToken from "./AppAccessToken.ts"
import * as AppTicket from "./AppTicket.ts"
import { FeishuConfig } from "./FeishuConfig.ts"
import * as Tokens from "./internal/storeApp.ts"

/**
 * The tokens of the configured store application. A `TokenStore`, where one is
 * provided, is looked into first, so that a restart costs no request.
 *
 * @example
 * ```ts
 * import { AppTicket, FeishuClient, FeishuConfig, StoreApp, TokenStore } from "@effect-feishu/core"
 * import { FetchHttpClient } from "@effect/platform"
 * import { Layer } from "effect"
 *
 * export const Feishu = Layer.mergeAll(FeishuClient.layer, StoreApp.layer).pipe(
 *   Layer.provideMerge(AppTicket.layer),
 *   Layer.provide(TokenStore.layerMemory),
 *   Layer.provide([FeishuConfig.layerConfig(), FetchHttpClient.layer])
 * )
 * ```
 *
 * @since 0.1.0
 * @category layers
 */
export const layer: Layer.Layer<
  AccessToken.TenantAccessTokens | AppAccessToken.AppAccessToken,
  never,
  HttpClient.HttpClient | FeishuConfig | AppTicket.AppTicket
> = Layer.scopedContext(
  Effect.gen(function*() {
    const { app, tenant } = yield* Tokens.make(
      yield* HttpClient.HttpClient,
      yield* FeishuConfig,
      yield* AppTicket.AppTicket
    )
    return Context.make(AppAccessToken.AppAccessToken, app).pipe(
      Context.add(AccessToken.TenantAccessTokens, {
        of: (tenantKey) =>
          Effect.map(tenant(tenantKey), (cell) => ({ credential: "tenant" as const, tenant: tenantKey, ...cell }))
      })
    )
  })
)
