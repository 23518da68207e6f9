/** Everything that hands out tokens, besides the tenant token of a custom application. */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Monotonic from "../../internal/monotonic.ts"
import * as Plugin from "../../Plugin.ts"
import * as OAuthErrors from "../../OAuthError.ts"
import * as UserInfo from "../../UserInfo.ts"
import type { User } from "../Directory.ts"
import * as Store from "./authStore.ts"
import * as OAuth from "./authOAuth.ts"
import type { Outcome } from "./authWire.ts"
import * as AuthWire from "./authWire.ts"
import type { App, Caller, Tokens } from "./tokens.ts"
import type * as Wire from "./wire.ts"

/** What the fake does about credentials, unless told otherwise. */
export interface AuthOptions {
  /**
   * For how long a refresh token that was used answers the same pair again.
   * Whether the platform does so is not documented; by default it does not.
   *
   * @default 0
   */
  readonly repeatWithin?: Duration.DurationInput | undefined
  /** Whether applications may refresh user tokens. @default true */
  readonly refreshable?: boolean | undefined
}

/** The fake's sign-in and its store applications, as a test sees them. */
export interface Auth {
  /** A user agrees to a sign-in: the address they are sent back to, with the code in it. */
  readonly authorize: (url: string, user: User) => Effect.Effect<string>
  /** Takes back what a user granted: their refresh tokens answer 20064 from now on. */
  readonly revokeGrants: (openId: string) => Effect.Effect<void>
  /** Who gets the tickets of store applications from now on: each that is pushed or asked for. */
  readonly onTicket: (receive: (appId: string, ticket: Redacted.Redacted) => Effect.Effect<void>) => Effect.Effect<void>
  /** A new ticket, delivered, as happens every hour. */
  readonly pushTicket: (appId: string) => Effect.Effect<void>
  /** A new ticket that is not delivered: the one before is worth nothing. */
  readonly rotateTicket: (appId: string) => Effect.Effect<Redacted.Redacted>
  /** Refuses every application token issued so far. */
  readonly revokeAppTokens: Effect.Effect<void>
}

/** An endpoint that is no operation. */
export interface Endpoint {
  readonly idOf: (request: Wire.Request) => string
  readonly answer: (request: Wire.Request, logId: string) => Effect.Effect<Outcome>
}

export interface Made extends Auth {
  readonly routes: ReadonlyArray<{ readonly method: string; readonly url: string; readonly target: Endpoint }>
}

const oauthId = (request: Wire.Request) =>
  AuthWire.read(request)["grant_type"] === "refresh_token" ? OAuth.ids.refresh : OAuth.ids.exchange

export const make = (apps: ReadonlyArray<App>, tokens: Tokens, lifetime: number, options: AuthOptions = {}): Made => {
  let receive: (appId: string, ticket: Redacted.Redacted) => Effect.Effect<void> = () => Effect.void
  /** Tickets on their way: delivered once what caused them is answered. */
  const leaving: Array<Effect.Effect<void>> = []
  const store = Store.make(apps, tokens, lifetime, (appId, ticket) => {
    leaving.push(receive(appId, Redacted.make(ticket)))
  })
  const deliver = Effect.suspend(() => Effect.all(leaving.splice(0), { discard: true }))
  const oauth = OAuth.make(apps, tokens, lifetime, {
    repeatWithin: Duration.toMillis(options.repeatWithin ?? 0),
    refreshable: options.refreshable ?? true
  })

  const route = (
    url: string,
    idOf: Endpoint["idOf"],
    answer: (given: AuthWire.Json, now: number, logId: string) => Effect.Effect<Outcome>
  ) => ({
    method: "POST",
    url,
    target: {
      idOf,
      answer: (request: Wire.Request, logId: string) =>
        Effect.flatMap(Monotonic.millis, (now) => answer(AuthWire.read(request), now, logId))
    }
  })

  const token = (given: AuthWire.Json, now: number): Effect.Effect<Outcome> => {
    switch (given["grant_type"]) {
      case "authorization_code":
        return oauth.exchange(given, now)
      case "refresh_token":
        return Effect.sync(() => oauth.refresh(given, now))
      default:
        return Effect.succeed(AuthWire.denied(20036, "unsupported_grant_type", "The specified grant_type is not supported."))
    }
  }

  return {
    routes: [
      route("/open-apis/auth/v3/app_access_token", () => Store.ids.app, (...all) => Effect.sync(() => store.app(...all))),
      route("/open-apis/auth/v3/app_access_token/internal", () => Store.ids.appInternal, (...all) =>
        Effect.sync(() => store.appInternal(...all))),
      route("/open-apis/auth/v3/tenant_access_token", () => Store.ids.tenant, (...all) =>
        Effect.sync(() => store.tenant(...all))),
      route("/open-apis/auth/v3/app_ticket/resend", () => Store.ids.resend, (...all) =>
        Effect.zipLeft(Effect.sync(() => store.resend(...all)), Effect.forkDaemon(deliver))),
      route("/open-apis/authen/v2/oauth/token", oauthId, token),
      route("/oauth/v3/token", oauthId, token)
    ],
    authorize: (url, user) => Effect.map(Monotonic.millis, (now) => oauth.authorize(url, user, now)),
    revokeGrants: (openId) => Effect.sync(() => oauth.revoke(openId)),
    onTicket: (to) =>
      Effect.sync(() => {
        receive = to
      }),
    pushTicket: (appId) => Effect.zipRight(Effect.sync(() => store.push(appId)), deliver),
    rotateTicket: (appId) => Effect.sync(() => store.rotate(appId)),
    revokeAppTokens: Effect.sync(store.revokeAppTokens)
  }
}

/** `UserInfo`, which needs no state: a token knows its user. */
export const domain = {
  examples: {},
  plugin: Plugin.make("auth", { operations: [UserInfo], errors: [OAuthErrors] }),
  handlers: [{
    operation: UserInfo.get,
    run: (_: never, caller: Caller) =>
      Effect.succeed(
        caller.credential === "user"
          ? {
            open_id: caller.user.open_id,
            tenant_key: caller.tenant,
            ...caller.user.union_id === undefined ? {} : { union_id: caller.user.union_id },
            ...caller.user.user_id === undefined ? {} : { user_id: caller.user.user_id },
            ...caller.user.email === undefined ? {} : { email: caller.user.email },
            ...caller.user.name === undefined ? {} : { name: caller.user.name }
          }
          : {}
      )
  }],
  invalid: undefined,
  overlapping: undefined
}
