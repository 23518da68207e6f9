/**
 * How users sign in, and what that gives: tokens that speak for them.
 *
 * A sign-in takes the user to the platform and back with a code, which is
 * exchanged for tokens once. PKCE (S256) is always part of it. To store what
 * comes of it, and call as the user from then on, see `UserTokens`.
 *
 * @since 0.1.0
 */
import * as HttpClient from "@effect/platform/HttpClient"
import * as ConfigError from "effect/ConfigError"
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Encoding from "effect/Encoding"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Admission from "./Admission.ts"
import { RequestInvalid } from "./CallError.ts"
import type { CallError, TokenError, Violation } from "./CallError.ts"
import { FeishuConfig } from "./FeishuConfig.ts"
import * as Call from "./internal/call.ts"
import * as Digest from "./internal/digest.ts"
import * as Endpoint from "./internal/oauthEndpoint.ts"
import type { Spec } from "./internal/spec.ts"
import * as Render from "./internal/render.ts"
import * as Retry from "./Retry.ts"

/**
 * @since 0.1.0
 * @category models
 */
export interface SignIn {
  /** Where the platform sends the user back to: registered with the application, letter by letter. */
  readonly redirectUri: string
  /** At most 50. With `offline_access` among them the grant can be refreshed. */
  readonly scopes: ReadonlyArray<string>
  /** Yours to choose; a random one otherwise. */
  readonly state?: string | undefined
  /** `"consent"`: asks the user even if they agreed before. */
  readonly prompt?: "consent" | undefined
}

/**
 * A sign-in that begins: send the user to `url`, and keep the rest with their
 * session until they come back.
 *
 * @since 0.1.0
 * @category models
 */
export interface Started {
  readonly url: string
  readonly state: string
  readonly codeVerifier: Redacted.Redacted
  readonly redirectUri: string
}

/**
 * What a user granted.
 *
 * @since 0.1.0
 * @category models
 */
export interface Grant {
  readonly accessToken: Redacted.Redacted
  readonly accessLifetime: Duration.Duration
  /** Works once. Only with the scope `offline_access`, and if the application may refresh. */
  readonly refreshToken: Redacted.Redacted | undefined
  readonly refreshLifetime: Duration.Duration | undefined
  /** What was granted, which may be less than was asked for. */
  readonly scopes: ReadonlyArray<string>
}

/**
 * The user came back without a code: they declined, or this is not the sign-in
 * that was started.
 *
 * @since 0.1.0
 * @category errors
 */
export class SignInRefused extends Data.TaggedError("SignInRefused")<{
  readonly reason: "declined" | "stateMismatch" | "noCode"
  /** What the platform called it. */
  readonly error?: string | undefined
}> {
  override get message() {
    const said = this.error === undefined ? "" : `: ${Render.printable(this.error)}`
    return `the sign-in came to nothing (${this.reason})${said}`
  }
}

type Failed<Errors extends ReadonlyArray<abstract new(...args: never) => unknown>> =
  | InstanceType<Errors[number]>
  | Exclude<CallError, TokenError>

/**
 * Why a code gave no tokens. After `OutcomeUnknown` the code may be spent: start
 * again.
 *
 * @since 0.1.0
 * @category errors
 */
export type ExchangeError = Failed<typeof Endpoint.exchangeErrors>

/**
 * Why a refresh token gave no other. After `OutcomeUnknown` it may be spent.
 *
 * @since 0.1.0
 * @category errors
 */
export type RefreshError = Failed<typeof Endpoint.refreshErrors>

/**
 * @since 0.1.0
 * @category models
 */
export interface Service {
  /** Starts a sign-in. Nothing is sent. */
  readonly start: (options: SignIn) => Effect.Effect<Started, RequestInvalid>
  /** Exchanges the code the user came back with, once. */
  readonly exchange: (
    code: Redacted.Redacted,
    started: Pick<Started, "codeVerifier" | "redirectUri">,
    options?: { readonly scopes?: ReadonlyArray<string> | undefined }
  ) => Effect.Effect<Grant, ExchangeError>
  /** Exchanges a refresh token, once. `UserTokens` does so, and sees to it that none is lost. */
  readonly refresh: (
    refreshToken: Redacted.Redacted,
    options?: { readonly scopes?: ReadonlyArray<string> | undefined }
  ) => Effect.Effect<Grant, RefreshError>
}

/**
 * @since 0.1.0
 * @category services
 */
export class OAuth extends Context.Tag("@effect-feishu/core/OAuth")<OAuth, Service>() {}

/**
 * @since 0.1.0
 * @category models
 */
export interface Options {
  /**
   * Which token endpoint: `v2` of the API host, or `v3` of the accounts host,
   * which the platform's newer documentation prefers.
   *
   * @default "v2"
   */
  readonly endpoint?: "v2" | "v3" | undefined
}

/** 43 characters that nobody guesses. */
const random = Effect.sync(() => Encoding.encodeBase64Url(crypto.getRandomValues(new Uint8Array(32))))

const mostScopes = 50

const violationsOf = ({ redirectUri, scopes }: SignIn): ReadonlyArray<Violation> => [
  ...URL.canParse(redirectUri) ? [] : [{ field: "redirectUri", message: "must be an absolute URL" }],
  ...scopes.length > mostScopes ? [{ field: "scopes", message: `must be at most ${mostScopes}` }] : [],
  ...new Set(scopes).size < scopes.length ? [{ field: "scopes", message: "must not repeat one" }] : [],
  ...scopes.some((scope) => !/^[\x21-\x7e]+$/.test(scope)) ? [{ field: "scopes", message: "must be words" }] : []
]

const grantOf = (answer: typeof Endpoint.Answer.Type): Grant => ({
  accessToken: answer.access_token,
  accessLifetime: Duration.seconds(Math.max(0, answer.expires_in)),
  refreshToken: answer.refresh_token,
  refreshLifetime: answer.refresh_token_expires_in === undefined
    ? undefined
    : Duration.seconds(Math.max(0, answer.refresh_token_expires_in)),
  scopes: (answer.scope ?? "").split(" ").filter((scope) => scope !== "")
})

/** How long one exchange may take: somebody holds a lock meanwhile. */
const longest = Duration.seconds(30)

const make = ({ endpoint = "v2" }: Options) =>
  Effect.gen(function*() {
    const settings = yield* FeishuConfig
    const { accountsUrl, appId, appSecret, baseUrl, timeouts } = settings
    if (accountsUrl === undefined) {
      return yield* Effect.fail(
        ConfigError.MissingData(["accountsUrl"], "a private installation must say where users sign in")
      )
    }
    const policy = yield* Retry.CurrentPolicy
    const call = Call.make<never>({
      http: yield* HttpClient.HttpClient,
      settings: {
        ...settings,
        baseUrl: endpoint === "v2" ? baseUrl : accountsUrl,
        timeouts: { ...timeouts, total: Duration.min(timeouts.total, longest) }
      },
      admission: yield* Admission.makeMemory(),
      authorize: () => undefined
    })
    const client = { client_id: appId, client_secret: appSecret }
    const exchange = Endpoint.exchange(endpoint)
    const refresh = Endpoint.refresh(endpoint)

    const ask = <E>(spec: Spec, request: object): Effect.Effect<Grant, E> =>
      Retry.using(policy)(call(spec, { ...client, ...request })).pipe(
        // Sound: the failures are those of the declaration's own list, and no token is asked for.
        Effect.mapError((error) => error as E),
        Effect.flatMap((answer) =>
          Endpoint.isAnswer(answer)
            ? Effect.succeed(grantOf(answer))
            // Cannot happen: the declaration's schema decoded it.
            : Effect.dieMessage(`${spec.id} answered what its own schema does not know`)
        )
      )

    const narrowed = (scopes: ReadonlyArray<string> | undefined) =>
      scopes === undefined ? {} : { scope: scopes.join(" ") }

    return OAuth.of({
      start: (options) =>
        Effect.gen(function*() {
          const violations = violationsOf(options)
          if (violations.length > 0) return yield* new RequestInvalid({ operation: "auth.oauth.authorize", violations })
          const { prompt, redirectUri, scopes } = options
          const state = options.state ?? (yield* random)
          const codeVerifier = yield* random
          const query = new URLSearchParams({
            client_id: appId,
            response_type: "code",
            redirect_uri: redirectUri,
            ...scopes.length === 0 ? {} : { scope: scopes.join(" ") },
            state,
            code_challenge: Encoding.encodeBase64Url(yield* Digest.sha256(Digest.bytesOf(codeVerifier))),
            code_challenge_method: "S256",
            ...prompt === undefined ? {} : { prompt }
          })
          return {
            // Scopes are separated by spaces, for which not every reader takes a plus sign.
            url: `${accountsUrl}/open-apis/authen/v1/authorize?${query.toString().replaceAll("+", "%20")}`,
            state,
            codeVerifier: Redacted.make(codeVerifier),
            redirectUri
          }
        }),
      exchange: (code, { codeVerifier, redirectUri }, options) =>
        ask(exchange, {
          grant_type: "authorization_code",
          code,
          redirect_uri: redirectUri,
          code_verifier: codeVerifier,
          ...narrowed(options?.scopes)
        }),
      refresh: (refreshToken, options) =>
        ask(refresh, { grant_type: "refresh_token", refresh_token: refreshToken, ...narrowed(options?.scopes) })
    })
  })

/**
 * Sign-in for the configured application. Fails where it is not known where
 * users sign in: set `accountsUrl` for a private installation.
 *
 * @since 0.1.0
 * @category layers
 */
export const layer = (
  options: Options = {}
): Layer.Layer<OAuth, ConfigError.ConfigError, HttpClient.HttpClient | FeishuConfig> =>
  Layer.effect(OAuth, make(options))

/**
 * The code in the address the user came back to, if it belongs to the sign-in
 * that was started.
 *
 * @since 0.1.0
 * @category accessors
 */
export const codeOf = (
  query: URLSearchParams,
  started: Pick<Started, "state">
): Effect.Effect<Redacted.Redacted, SignInRefused> => {
  if (query.get("state") !== started.state) return new SignInRefused({ reason: "stateMismatch" })
  const error = query.get("error")
  if (error !== null) return new SignInRefused({ reason: "declined", error })
  const code = query.get("code")
  return code === null || code === "" ? new SignInRefused({ reason: "noCode" }) : Effect.succeed(Redacted.make(code))
}
