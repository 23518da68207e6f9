/** Where applications get their tokens. It says what is wrong with HTTP 200. */
import * as Either from "effect/Either"
import * as Predicate from "effect/Predicate"
import type { App, Tokens } from "./tokens.ts"
import { sameSecret } from "./tokens.ts"
import * as Wire from "./wire.ts"

export const id = "auth.tenantAccessToken.internal"

export const path = "/open-apis/auth/v3/tenant_access_token/internal"

const failed = (logId: string, code: number, msg: string) => ({
  issued: false,
  answer: Wire.envelope(logId, { status: 200, code, msg, data: {} })
})

const json = (body: Uint8Array): unknown =>
  Either.getOrUndefined(Either.try((): unknown => JSON.parse(new TextDecoder().decode(body))))

export const answer = (
  apps: ReadonlyArray<App>,
  tokens: Tokens,
  { body }: Wire.Request,
  now: number,
  logId: string
): { readonly answer: Wire.Answer; readonly issued: boolean } => {
  const given = json(body)
  if (
    !Predicate.isRecord(given) || typeof given["app_id"] !== "string" || typeof given["app_secret"] !== "string"
    || given["app_id"] === "" || given["app_secret"] === ""
  ) return failed(logId, 10003, "invalid param")
  const app = apps.find(({ appId }) => appId === given["app_id"])
  if (app === undefined) return failed(logId, 10014, "app unavailable")
  if (!sameSecret(app, given["app_secret"])) return failed(logId, 10015, "app secret invalid")
  const token = tokens.tenantToken(app.appId, now)
  return {
    issued: true,
    answer: Wire.envelope(logId, {
      status: 200,
      code: 0,
      msg: "ok",
      tenant_access_token: token.value,
      expire: Math.floor((token.expiresAt - now) / 1_000)
    })
  }
}
