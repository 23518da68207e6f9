/** What the platform knows of store applications: their tickets, and whom it tells. */
import * as Redacted from "effect/Redacted"
import type { App, Tokens } from "./tokens.ts"
import { sameSecret } from "./tokens.ts"
import type { Json, Outcome } from "./authWire.ts"
import { answered, refused } from "./authWire.ts"

export const ids = {
  app: "auth.appAccessToken.create",
  appInternal: "auth.appAccessToken.internal",
  tenant: "auth.tenantAccessToken.create",
  resend: "auth.appTicket.resend"
} as const

/** Half an hour before its end an application's token is replaced, as every token is. */
const reissuedWithin = 30 * 60_000

export const make = (apps: ReadonlyArray<App>, tokens: Tokens, lifetime: number, deliver: (appId: string, ticket: string) => void) => {
  const tickets = new Map<string, string>()
  const appTokens = new Map<string, { readonly appId: string; readonly expiresAt: number }>()
  const current = new Map<string, string>()
  let count = 0

  const rotate = (appId: string): string => {
    count++
    const ticket = `canary-fake-app-ticket-secret-${count}`
    tickets.set(appId, ticket)
    return ticket
  }

  /** The application a request proves to come from, or why it does not. */
  const prove = (logId: string, given: Json): App | Outcome => {
    const { app_id, app_secret } = given
    if (typeof app_id !== "string" || typeof app_secret !== "string" || app_id === "" || app_secret === "") {
      return refused(logId, 10003, "invalid param")
    }
    const app = apps.find(({ appId }) => appId === app_id)
    if (app === undefined) return refused(logId, 10014, "app unauthorized")
    return sameSecret(app, app_secret) ? app : refused(logId, 10015, "wrong app secret")
  }

  const appToken = (appId: string, now: number): { readonly value: string; readonly expire: number } => {
    const known = current.get(appId)
    const token = known === undefined ? undefined : appTokens.get(known)
    if (known !== undefined && token !== undefined && token.expiresAt - now >= Math.min(reissuedWithin, lifetime / 4)) {
      return { value: known, expire: Math.floor((token.expiresAt - now) / 1_000) }
    }
    count++
    const value = `a-fake${String(count).padStart(20, "0")}`
    appTokens.set(value, { appId, expiresAt: now + lifetime })
    current.set(appId, value)
    return { value, expire: Math.floor(lifetime / 1_000) }
  }

  return {
    rotate: (appId: string) => Redacted.make(rotate(appId)),
    push: (appId: string) => deliver(appId, rotate(appId)),
    revokeAppTokens: () => {
      appTokens.clear()
      current.clear()
    },

    appInternal: (given: Json, now: number, logId: string): Outcome => {
      const app = prove(logId, given)
      if ("answer" in app) return app
      const token = tokens.tenantToken(app.appId, now)
      return answered(logId, {
        app_access_token: token.value,
        tenant_access_token: token.value,
        expire: Math.floor((token.expiresAt - now) / 1_000)
      })
    },

    app: (given: Json, now: number, logId: string): Outcome => {
      const app = prove(logId, given)
      if ("answer" in app) return app
      if (typeof given["app_ticket"] !== "string" || given["app_ticket"] === "") return refused(logId, 10003, "invalid param")
      if (tickets.get(app.appId) !== given["app_ticket"]) return refused(logId, 10012, "get app access token fail")
      const { expire, value } = appToken(app.appId, now)
      return answered(logId, { app_access_token: value, expire })
    },

    tenant: (given: Json, now: number, logId: string): Outcome => {
      const { app_access_token, tenant_key } = given
      if (typeof app_access_token !== "string" || typeof tenant_key !== "string" || tenant_key === "") {
        return refused(logId, 10003, "invalid param")
      }
      const token = appTokens.get(app_access_token)
      if (token === undefined || token.expiresAt <= now) return refused(logId, 99991664, "invalid app access token")
      const issued = tokens.tenantToken(token.appId, now, tenant_key)
      return answered(logId, {
        tenant_access_token: issued.value,
        expire: Math.floor((issued.expiresAt - now) / 1_000)
      })
    },

    resend: (given: Json, _now: number, logId: string): Outcome => {
      const app = prove(logId, given)
      if ("answer" in app) return app
      if (app.kind !== "store") return refused(logId, 10016, "app resend fail")
      deliver(app.appId, tickets.get(app.appId) ?? rotate(app.appId))
      return answered(logId, {})
    }
  }
}
