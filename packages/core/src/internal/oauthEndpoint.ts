/** The endpoint where codes and refresh tokens become access tokens, in its two versions. */
import * as Schema from "effect/Schema"
import * as OAuthError from "../OAuthError.ts"
import * as RateLimit from "../RateLimit.ts"
import { json } from "./encode.ts"
import type { Spec } from "./spec.ts"

const Secret = Schema.Redacted(Schema.String)
const Token = Schema.Redacted(Schema.NonEmptyString)

const client = { client_id: Schema.String, client_secret: Secret }

export const ExchangeRequest = Schema.Struct({
  grant_type: Schema.Literal("authorization_code"),
  ...client,
  code: Secret,
  redirect_uri: Schema.optional(Schema.String),
  code_verifier: Schema.optional(Secret),
  scope: Schema.optional(Schema.String)
})

export const RefreshRequest = Schema.Struct({
  grant_type: Schema.Literal("refresh_token"),
  ...client,
  refresh_token: Secret,
  scope: Schema.optional(Schema.String)
})

/** Lifetimes are in seconds. */
export const Answer = Schema.Struct({
  access_token: Token,
  expires_in: Schema.Number,
  refresh_token: Schema.optional(Token),
  refresh_token_expires_in: Schema.optional(Schema.Number),
  scope: Schema.optional(Schema.String)
})

export const isAnswer = Schema.is(Answer)

const common = [
  OAuthError.OAuthRequestMalformed,
  OAuthError.OAuthClientSecretWrong,
  OAuthError.OAuthTokenNotMade,
  OAuthError.OAuthUserNotFound,
  OAuthError.OAuthAppNotInstalled,
  OAuthError.OAuthUserNotAllowed,
  OAuthError.OAuthClientMismatch,
  OAuthError.OAuthGrantTypeUnsupported,
  OAuthError.OAuthCloudMismatch,
  OAuthError.OAuthAppNotFound,
  OAuthError.OAuthServerFailed,
  OAuthError.OAuthUserStateInvalid,
  OAuthError.OAuthScopesRepeated,
  OAuthError.OAuthScopesNotGranted,
  OAuthError.OAuthAppNotEnabled,
  OAuthError.OAuthClientProvedTwice,
  OAuthError.OAuthUnavailable
] as const

export const exchangeErrors = [
  ...common,
  OAuthError.OAuthCodeNotFound,
  OAuthError.OAuthCodeExpired,
  OAuthError.OAuthCodeUsed,
  OAuthError.OAuthVerifierWrong,
  OAuthError.OAuthRedirectMismatch
] as const

export const refreshErrors = [
  ...common,
  OAuthError.OAuthRefreshTokenInvalid,
  OAuthError.OAuthRefreshTokenExpired,
  OAuthError.OAuthRefreshTokenNotFound,
  OAuthError.OAuthRefreshTokenRevoked,
  OAuthError.OAuthRefreshTokenUsed,
  OAuthError.OAuthRefreshNotAllowed
] as const

export type Version = "v2" | "v3"

const urls: Readonly<Record<Version, string>> = {
  v2: "/open-apis/authen/v2/oauth/token",
  v3: "/oauth/v3/token"
}

const endpoint = (version: Version) =>
  ({
    method: "POST",
    url: urls[version],
    accepts: "none",
    scopes: [],
    // Codes and refresh tokens work once: what was sent and not answered may be spent.
    idempotent: false,
    serial: false,
    lane: undefined,
    rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
    quota: undefined,
    query: [],
    headers: [],
    body: json,
    response: Answer,
    envelope: "oauth",
    file: undefined,
    statuses: {},
    deprecated: false,
    partial: undefined
  }) as const satisfies Partial<Spec>

export const exchange = (version: Version): Spec => ({
  ...endpoint(version),
  id: "auth.oauth.token.create",
  request: ExchangeRequest,
  errors: exchangeErrors
})

export const refresh = (version: Version): Spec => ({
  ...endpoint(version),
  id: "auth.oauth.token.refresh",
  request: RefreshRequest,
  errors: refreshErrors
})
