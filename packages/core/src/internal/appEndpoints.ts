/** The endpoints an application asks for its own tokens, and how to ask. */
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Admission from "../Admission.ts"
import * as ApiError from "../ApiError.ts"
import { AccessTokenUnavailable } from "../CallError.ts"
import type { Credential } from "../CallError.ts"
import type { Settings } from "../FeishuConfig.ts"
import * as RateLimit from "../RateLimit.ts"
import * as Retry from "../Retry.ts"
import * as Shape from "../Shape.ts"
import * as Call from "./call.ts"
import { json } from "./encode.ts"
import type { Spec } from "./spec.ts"
import type { Issued } from "./tokenCell.ts"

/** A field is missing or wrong. */
export class TokenRequestInvalid extends ApiError.define("TokenRequestInvalid", { code: 10003, category: "Invalid" }) {}

/** No application token can be had: the ticket is not, or no more, the application's. */
export class AppTicketInvalid extends ApiError.define("AppTicketInvalid", { code: 10012, category: "Credential" }) {}

/** No tenant token can be had. */
export class TenantTokenFailed extends ApiError.define("TenantTokenFailed", { code: 10013, category: "Credential" }) {}

/** The application cannot be used: it is switched off, or the secret is not its own. */
export class AppUnauthorized extends ApiError.define("AppUnauthorized", { code: 10014, category: "Credential" }) {}

/** The secret is wrong. */
export class AppSecretWrong extends ApiError.define("AppSecretWrong", { code: 10015, category: "Credential" }) {}

/** The ticket cannot be sent again: only store applications have one. */
export class AppTicketResendFailed
  extends ApiError.define("AppTicketResendFailed", { code: 10016, category: "Invalid" })
{}

class ByAppSecret extends Shape.Struct<ByAppSecret>()(() => ({
  app_id: Schema.String,
  app_secret: Schema.Redacted(Schema.String)
})) {}

class ByAppTicket extends Shape.extend(ByAppSecret)<ByAppTicket>()(() => ({ app_ticket: Schema.Redacted(Schema.String) })) {}

class ByTenant extends Shape.Struct<ByTenant>()(() => ({
  app_access_token: Schema.Redacted(Schema.String),
  tenant_key: Schema.String
})) {}

class TenantToken extends Shape.Struct<TenantToken>()(() => ({
  tenant_access_token: Schema.Redacted(Schema.NonEmptyString),
  /** Seconds. */
  expire: Schema.Number
})) {}

class AppToken extends Shape.Struct<AppToken>()(() => ({
  app_access_token: Schema.Redacted(Schema.NonEmptyString),
  /** Seconds. */
  expire: Schema.Number
})) {}

const common = {
  method: "POST",
  accepts: "none",
  scopes: [],
  // Asked again, the platform hands out the same token or one more, and sends the same ticket: nothing is taken away.
  idempotent: true,
  serial: false,
  lane: undefined,
  rateLimit: RateLimit.unstated,
  quota: undefined,
  query: [],
  headers: [],
  body: json,
  envelope: "flat",
  file: undefined,
  statuses: {},
  deprecated: false,
  partial: undefined
} as const satisfies Partial<Spec>

const errors = [TokenRequestInvalid, AppUnauthorized, AppSecretWrong]

/** @see https://open.feishu.cn/document/server-docs/authentication-management/access-token/tenant_access_token_internal */
export const tenantInternal: Spec = {
  ...common,
  id: "auth.tenantAccessToken.internal",
  url: "/open-apis/auth/v3/tenant_access_token/internal",
  request: ByAppSecret,
  response: TenantToken,
  errors
}

/** @see https://open.feishu.cn/document/ukTMukTMukTM/ukDNz4SO0MjL5QzM/auth-v3/auth/app_access_token_internal */
export const appInternal: Spec = {
  ...common,
  id: "auth.appAccessToken.internal",
  url: "/open-apis/auth/v3/app_access_token/internal",
  request: ByAppSecret,
  response: AppToken,
  errors
}

/** @see https://open.feishu.cn/document/ukTMukTMukTM/ukDNz4SO0MjL5QzM/auth-v3/auth/app_access_token */
export const appCreate: Spec = {
  ...common,
  id: "auth.appAccessToken.create",
  url: "/open-apis/auth/v3/app_access_token",
  request: ByAppTicket,
  response: AppToken,
  errors: [...errors, AppTicketInvalid]
}

/** @see https://open.feishu.cn/document/ukTMukTMukTM/ukDNz4SO0MjL5QzM/auth-v3/auth/tenant_access_token */
export const tenantCreate: Spec = {
  ...common,
  id: "auth.tenantAccessToken.create",
  url: "/open-apis/auth/v3/tenant_access_token",
  request: ByTenant,
  response: TenantToken,
  errors: [...errors, AppTicketInvalid, TenantTokenFailed]
}

/** @see https://open.feishu.cn/document/ukTMukTMukTM/ukDNz4SO0MjL5QzM/auth-v3/auth/app_ticket_resend */
export const ticketResend: Spec = {
  ...common,
  id: "auth.appTicket.resend",
  url: "/open-apis/auth/v3/app_ticket/resend",
  request: ByAppSecret,
  response: undefined,
  errors: [...errors, AppTicketResendFailed]
}

/** Two hours: nothing the platform issues lives longer, whatever it says. */
const longest = 7_200

const permanent = ApiError.hasCategory("Credential", "Invalid", "Permission")

export const unavailable = (credential: Credential, reason: string, error?: Call.Failure) =>
  new AccessTokenUnavailable({
    credential,
    reason,
    permanent: error !== undefined && permanent(error),
    code: error !== undefined && "code" in error ? error.code : undefined,
    logId: error !== undefined && "logId" in error ? error.logId : undefined
  })

export type Ask = (spec: Spec, request: unknown) => Effect.Effect<unknown, Call.Failure>

/** Asks the platform without a credential, under the retry policy that is in scope now. */
export const asking = (http: HttpClient.HttpClient, settings: Settings): Effect.Effect<Ask> =>
  Effect.zipWith(Admission.makeMemory(), Retry.CurrentPolicy, (admission, policy) => {
    const call = Call.make<never>({ http, settings, admission, authorize: () => undefined })
    // Many wait for it: the policy of the one who happened to come first is not theirs.
    return (spec, request) => Retry.using(policy)(call(spec, request))
  })

/** The token an endpoint answered with, and how long it serves. */
export const issued = (
  credential: "app" | "tenant",
  answer: unknown
): Effect.Effect<Issued, AccessTokenUnavailable> => {
  const token: Redacted.Redacted | undefined = credential === "tenant"
    ? Schema.is(TenantToken)(answer) ? answer.tenant_access_token : undefined
    : Schema.is(AppToken)(answer)
    ? answer.app_access_token
    : undefined
  // Sound: both answers hold it.
  const seconds = token === undefined ? 0 : Math.min(longest, (answer as AppToken).expire)
  if (token === undefined) return unavailable(credential, "the answer holds no token")
  return seconds > 0
    ? Effect.succeed({ token, lifetime: Duration.seconds(seconds) })
    : unavailable(credential, "the token had expired when it arrived")
}
