/** Credentials, and the rules by which the platform issues, refuses and forgets them. */
import * as Redacted from "effect/Redacted"
import type { User } from "../Directory.ts"

export interface App {
  readonly appId: string
  readonly appSecret: Redacted.Redacted
  /** Whether it lives in one tenant, or in every one that installs it. @default "custom" */
  readonly kind?: "custom" | "store" | undefined
}

/** Who a token speaks for. */
export type Caller =
  | { readonly credential: "tenant"; readonly appId: string; readonly tenant: string }
  | { readonly credential: "user"; readonly appId: string; readonly tenant: string; readonly user: User }

export interface Token {
  readonly value: string
  readonly caller: Caller
  /** Milliseconds, on the clock of the fake. */
  readonly expiresAt: number
  revoked: boolean
}

/** With this much left the endpoint answers the token it answered before. */
const reissuedWithin = 30 * 60_000

export const ownTenant = "own"

const keyOf = (appId: string, tenant: string) => JSON.stringify([appId, tenant])

export const make = (lifetime: number) => {
  const tokens = new Map<string, Token>()
  /** What the endpoint hands out now, by application and tenant. */
  const current = new Map<string, Token>()
  let count = 0

  const issue = (caller: Caller, now: number, life: number): Token => {
    count++
    const value = `${caller.credential === "tenant" ? "t" : "u"}-fake${String(count).padStart(20, "0")}`
    const token: Token = { value, caller, expiresAt: now + life, revoked: false }
    tokens.set(value, token)
    return token
  }

  const revoke = (token: Token, reissue: boolean) => {
    token.revoked = true
    const key = keyOf(token.caller.appId, token.caller.tenant)
    if (!reissue && current.get(key) === token) current.delete(key)
  }

  return {
    issue,
    /** The token endpoint's answer: the same while half an hour is left, then another. */
    tenantToken: (appId: string, now: number, tenant = ownTenant): Token => {
      const key = keyOf(appId, tenant)
      const known = current.get(key)
      if (known !== undefined && known.expiresAt - now >= Math.min(reissuedWithin, lifetime / 4)) return known
      const fresh = issue({ credential: "tenant", appId, tenant }, now, lifetime)
      current.set(key, fresh)
      return fresh
    },
    find: (value: string): Token | undefined => tokens.get(value),
    revoke: (value: string, reissue: boolean) => {
      const token = tokens.get(value)
      if (token !== undefined) revoke(token, reissue)
    },
    revokeAll: (reissue: boolean) => {
      for (const token of tokens.values()) revoke(token, reissue)
    }
  }
}

export type Tokens = ReturnType<typeof make>

/** The token of an `Authorization` header, if it is one. */
export const bearer = (header: string | undefined): string | undefined =>
  header?.startsWith("Bearer ") === true && header.length > 7 ? header.slice(7) : undefined

/** A refusal of the gateway. */
export interface Refusal {
  readonly code: number
  readonly msg: string
}

/** Who is calling, or why nobody may with this token. */
export const authenticate = (
  tokens: Tokens,
  header: string | undefined,
  accepts: "tenant" | "user" | "either",
  now: number
): Caller | Refusal => {
  const value = bearer(header)
  if (value === undefined) return { code: 99991661, msg: "no access token in the request" }
  const token = tokens.find(value)
  if (token === undefined) {
    return value.startsWith("t-")
      ? { code: 99991663, msg: "invalid tenant access token" }
      : { code: 99991668, msg: "invalid user access token" }
  }
  const { caller } = token
  if (caller.credential === "tenant") {
    if (token.revoked || token.expiresAt <= now) return { code: 99991663, msg: "invalid tenant access token" }
    return accepts === "user" ? { code: 99991663, msg: "tenant access token not support" } : caller
  }
  if (token.revoked) return { code: 99991668, msg: "invalid user access token" }
  if (token.expiresAt <= now) return { code: 99991677, msg: "user access token expired" }
  return accepts === "tenant" ? { code: 99991668, msg: "user access token not support" } : caller
}

export const sameSecret = (app: App, secret: string): boolean => Redacted.value(app.appSecret) === secret

/** For the record: what kind of token came, known or not. */
export const credentialOf = (tokens: Tokens, header: string | undefined): "tenant" | "user" | "none" => {
  const value = bearer(header)
  if (value === undefined) return "none"
  return tokens.find(value)?.caller.credential ?? (value.startsWith("t-") ? "tenant" : "user")
}
