/** Signing in: codes, and refresh tokens that work once. */
import * as Effect from "effect/Effect"
import * as Encoding from "effect/Encoding"
import { bytesOf, sha256 } from "../../internal/digest.ts"
import type { User } from "../Directory.ts"
import type { App, Tokens } from "./tokens.ts"
import { ownTenant, sameSecret } from "./tokens.ts"
import type { Json, Outcome } from "./authWire.ts"
import { denied, granted } from "./authWire.ts"

export const ids = { exchange: "auth.oauth.token.create", refresh: "auth.oauth.token.refresh" } as const

export interface Options {
  /**
   * For how long a refresh token that was used answers the same pair again.
   * Whether the platform does so is not documented; by default it does not.
   *
   * @default 0
   */
  readonly repeatWithin: number
  /** Whether applications may refresh. */
  readonly refreshable: boolean
}

interface Code {
  readonly appId: string
  readonly user: User
  readonly redirectUri: string
  readonly scopes: ReadonlyArray<string>
  readonly challenge: string | undefined
  readonly expiresAt: number
  used: boolean
}

interface Refresh {
  readonly appId: string
  readonly user: User
  readonly scopes: ReadonlyArray<string>
  readonly expiresAt: number
  /** The grant ends a year after the user agreed, however often it is refreshed. */
  readonly grantedAt: number
  revoked: boolean
  spent: { readonly at: number; readonly outcome: Outcome } | undefined
}

const codeLifetime = 5 * 60_000
const refreshLifetime = 604_800_000
const grantLifetime = 365 * 24 * 3_600_000

const text = (json: Json, name: string): string | undefined => {
  const value = json[name]
  return typeof value === "string" && value !== "" ? value : undefined
}

export const make = (apps: ReadonlyArray<App>, tokens: Tokens, lifetime: number, options: Options) => {
  const codes = new Map<string, Code>()
  const refreshTokens = new Map<string, Refresh>()
  let count = 0

  const opaque = (kind: string) => {
    count++
    return `eyJfake${kind}${String(count).padStart(20, "0")}.canary-secret.fake`
  }

  const pair = (appId: string, user: User, scopes: ReadonlyArray<string>, now: number, grantedAt: number): Outcome => {
    const access = tokens.issue({ credential: "user", appId, tenant: ownTenant, user }, now, lifetime)
    const fields = {
      access_token: access.value,
      expires_in: Math.floor(lifetime / 1_000),
      scope: scopes.join(" "),
      token_type: "Bearer"
    }
    if (!scopes.includes("offline_access") || !options.refreshable) return granted(fields)
    const value = opaque("refresh")
    refreshTokens.set(value, { appId, user, scopes, expiresAt: now + refreshLifetime, grantedAt, revoked: false, spent: undefined })
    return granted({ ...fields, refresh_token: value, refresh_token_expires_in: refreshLifetime / 1_000 })
  }

  const prove = (given: Json): App | Outcome => {
    const id = text(given, "client_id")
    const secret = text(given, "client_secret")
    if (id === undefined || secret === undefined) return denied(20001, "invalid_request", "The request is missing a required parameter.")
    const app = apps.find(({ appId }) => appId === id)
    if (app === undefined) return denied(20048, "invalid_client", "The specified app does not exist.")
    return sameSecret(app, secret) ? app : denied(20002, "invalid_client", "The client secret is invalid.")
  }

  /** Fewer scopes than were granted, where fewer are asked for. */
  const narrowed = (given: Json, all: ReadonlyArray<string>): ReadonlyArray<string> | Outcome => {
    const scopes = text(given, "scope")?.split(" ")
    if (scopes === undefined) return all
    if (new Set(scopes).size < scopes.length) return denied(20067, "invalid_scope", "The provided scope list contains duplicate scopes.")
    return scopes.every((scope) => all.includes(scope))
      ? scopes
      : denied(20068, "invalid_scope", "The provided scope list contains scopes that are not permitted.")
  }

  const exchange = (given: Json, now: number): Effect.Effect<Outcome> => {
    const app = prove(given)
    if ("answer" in app) return Effect.succeed(app)
    const code = codes.get(text(given, "code") ?? "")
    if (code === undefined) return Effect.succeed(denied(20003, "invalid_grant", "The authorization code is not found."))
    if (code.appId !== app.appId) return Effect.succeed(denied(20024, "invalid_grant", "The provided authorization code does not match."))
    if (code.used) return Effect.succeed(denied(20065, "invalid_grant", "The authorization code has been used."))
    if (code.expiresAt <= now) return Effect.succeed(denied(20004, "invalid_grant", "The authorization code has expired."))
    if (text(given, "redirect_uri") !== code.redirectUri) {
      return Effect.succeed(denied(20071, "invalid_grant", "The provided redirect URI does not match."))
    }
    const verifier = text(given, "code_verifier")
    return Effect.map(sha256(bytesOf(verifier ?? "")), (digest) => {
      const isProved = code.challenge === undefined
        ? verifier === undefined
        : verifier !== undefined && /^[\w.~-]{43,128}$/.test(verifier) && Encoding.encodeBase64Url(digest) === code.challenge
      if (!isProved) return denied(20049, "invalid_grant", "PKCE code challenge failed.")
      const scopes = narrowed(given, code.scopes)
      if ("answer" in scopes) return scopes
      code.used = true
      return pair(app.appId, code.user, scopes, now, now)
    })
  }

  const refresh = (given: Json, now: number): Outcome => {
    const app = prove(given)
    if ("answer" in app) return app
    const token = refreshTokens.get(text(given, "refresh_token") ?? "")
    if (token === undefined) return denied(20026, "invalid_grant", "The refresh token passed is invalid.")
    if (token.appId !== app.appId) return denied(20024, "invalid_grant", "The provided refresh token does not match.")
    if (!options.refreshable) return denied(20074, "unauthorized_client", "The specified app is not allowed to refresh token.")
    if (token.revoked) return denied(20064, "invalid_grant", "The refresh token has been revoked.")
    if (token.spent !== undefined) {
      return now - token.spent.at < options.repeatWithin
        ? token.spent.outcome
        : denied(20073, "invalid_grant", "The refresh token has been used.")
    }
    if (token.expiresAt <= now || token.grantedAt + grantLifetime <= now) {
      return denied(20037, "invalid_grant", "The refresh token passed has expired.")
    }
    const scopes = narrowed(given, token.scopes)
    if ("answer" in scopes) return scopes
    const outcome = pair(app.appId, token.user, token.scopes, now, token.grantedAt)
    token.spent = { at: now, outcome }
    return outcome
  }

  return {
    exchange,
    refresh,
    /** The user agrees on the page of this address: where they are sent back to. */
    authorize: (address: string, user: User, now: number): string => {
      const { searchParams: query } = new URL(address)
      const back = new URL(query.get("redirect_uri") ?? "")
      const state = query.get("state")
      const value = opaque("code")
      codes.set(value, {
        appId: query.get("client_id") ?? "",
        user,
        redirectUri: query.get("redirect_uri") ?? "",
        scopes: (query.get("scope") ?? "").split(" ").filter((scope) => scope !== ""),
        challenge: query.get("code_challenge") ?? undefined,
        expiresAt: now + codeLifetime,
        used: false
      })
      back.searchParams.set("code", value)
      if (state !== null) back.searchParams.set("state", state)
      return back.toString()
    },
    /** The user, or an administrator, takes back what was granted. */
    revoke: (openId: string) => {
      for (const token of refreshTokens.values()) {
        if (token.user.open_id === openId) token.revoked = true
      }
    }
  }
}
