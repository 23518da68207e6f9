/** Where the tokens of a custom application come from. */
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Effect from "effect/Effect"
import type { AccessTokenUnavailable } from "../CallError.ts"
import type { Settings } from "../FeishuConfig.ts"
import * as Endpoints from "./appEndpoints.ts"
import type { Issue } from "./tokenCell.ts"

export { ownTenant } from "./call.ts"

/** Asks for the application's token, or for that of its tenant. */
export const issuer = (
  credential: "app" | "tenant",
  http: HttpClient.HttpClient,
  settings: Settings
): Effect.Effect<Issue<AccessTokenUnavailable>> =>
  Effect.map(Endpoints.asking(http, settings), (ask) => () =>
    ask(credential === "tenant" ? Endpoints.tenantInternal : Endpoints.appInternal, {
      app_id: settings.appId,
      app_secret: settings.appSecret
    }).pipe(
      Effect.mapError((error) => Endpoints.unavailable(credential, error.message, error)),
      Effect.flatMap((answer) => Endpoints.issued(credential, answer))
    ))
