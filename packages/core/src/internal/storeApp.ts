/** Where the tokens of a store application come from: a ticket, then a token of its own, then one for each tenant. */
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import { AppTokenInvalid } from "../ApiError.ts"
import type { Service as Tickets } from "../AppTicket.ts"
import { AppTicketMissing } from "../CallError.ts"
import type { AccessTokenRejected, AccessTokenUnavailable } from "../CallError.ts"
import type { Settings } from "../FeishuConfig.ts"
import type { TokenStoreError } from "./tokenStore.ts"
import * as Endpoints from "./appEndpoints.ts"
import * as StoredTokens from "./storedTokens.ts"
import * as Monotonic from "./monotonic.ts"
import * as TokenCell from "./tokenCell.ts"

/** How long a ticket that was asked for is waited for, and how often it is looked for. */
const patience = 5_000
const every = Duration.millis(250)

type Failure = AccessTokenUnavailable | AppTicketMissing

export type Cell = Effect.Effect.Success<ReturnType<typeof TokenCell.make<Failure | AccessTokenRejected>>>

const storeFailed = (error: TokenStoreError) => Endpoints.unavailable("app", error.message)

const same = (a: Redacted.Redacted, b: Redacted.Redacted | undefined) =>
  b !== undefined && Redacted.value(a) === Redacted.value(b)

/** The application's own token. */
const appIssue = (ask: Endpoints.Ask, tickets: Tickets, { appId, appSecret }: Settings): TokenCell.Issue<Failure> => {
  const current = Effect.mapError(tickets.get(appId), storeFailed)

  /** A ticket other than the one that was refused, if one comes within a few seconds. */
  const arriving = (refused: Redacted.Redacted | undefined): Effect.Effect<Redacted.Redacted, Failure> =>
    Effect.gen(function*() {
      const end = (yield* Monotonic.millis) + patience
      while (true) {
        const ticket = yield* current
        if (Option.isSome(ticket) && !same(ticket.value, refused)) return ticket.value
        if ((yield* Monotonic.millis) >= end) return yield* new AppTicketMissing({ appId })
        yield* Effect.sleep(every)
      }
    })

  const another = (refused: Redacted.Redacted | undefined): Effect.Effect<Redacted.Redacted, Failure> =>
    Effect.gen(function*() {
      if (yield* Effect.mapError(tickets.mayAsk(appId), storeFailed)) {
        yield* ask(Endpoints.ticketResend, { app_id: appId, app_secret: appSecret }).pipe(
          Effect.mapError((error) => Endpoints.unavailable("app", error.message, error))
        )
      }
      return yield* arriving(refused)
    })

  const exchange = (ticket: Redacted.Redacted, again: boolean): Effect.Effect<TokenCell.Issued, Failure> =>
    Effect.matchEffect(ask(Endpoints.appCreate, { app_id: appId, app_secret: appSecret, app_ticket: ticket }), {
      onFailure: (error): Effect.Effect<TokenCell.Issued, Failure> => {
        if (codeOf(error) !== Endpoints.AppTicketInvalid.code) return Endpoints.unavailable("app", error.message, error)
        return again ? Effect.flatMap(another(ticket), (ticket) => exchange(ticket, false)) : new AppTicketMissing({ appId })
      },
      onSuccess: (answer) => Endpoints.issued("app", answer)
    })

  return () =>
    Effect.flatMap(current, (ticket) =>
      Effect.flatMap(
        Option.isSome(ticket) ? Effect.succeed(ticket.value) : another(undefined),
        (ticket) => exchange(ticket, true)
      ))
}

const codeOf = (error: Failed) => "code" in error ? error.code : undefined

type Failed = Effect.Effect.Error<ReturnType<Endpoints.Ask>>

/** The platform takes the application's token no more: another one may do. */
const isAppTokenRefused = (error: Failed): boolean =>
  codeOf(error) === AppTokenInvalid.code || codeOf(error) === Endpoints.AppTicketInvalid.code

/** The application's token in one tenant. */
const tenantIssue = (ask: Endpoints.Ask, app: Cell, tenantKey: string): TokenCell.Issue<Failure | AccessTokenRejected> => {
  const exchange = (token: Redacted.Redacted, again: boolean): Effect.Effect<TokenCell.Issued, Failure | AccessTokenRejected> =>
    Effect.matchEffect(ask(Endpoints.tenantCreate, { app_access_token: token, tenant_key: tenantKey }), {
      onFailure: (error) =>
        again && isAppTokenRefused(error)
          ? Effect.flatMap(app.renew(token), (another) => exchange(Option.getOrElse(another, () => token), false))
          : Endpoints.unavailable("tenant", error.message, error),
      onSuccess: (answer) => Endpoints.issued("tenant", answer)
    })
  return () => Effect.flatMap(app.get, (token) => exchange(token, true))
}

/** The application's token, and a cell for each tenant, made when it is first asked for. */
export const make = (http: HttpClient.HttpClient, settings: Settings, tickets: Tickets) =>
  Effect.gen(function*() {
    const ask = yield* Endpoints.asking(http, settings)
    const store = yield* StoredTokens.provided
    const scope = yield* Effect.scope
    const app: Cell = yield* TokenCell.make(
      "app",
      StoredTokens.through(store, StoredTokens.keyOf("app", settings, "store"), appIssue(ask, tickets, settings))
    )
    const cells = new Map<string, Cell>()

    const tenant = (tenantKey: string): Effect.Effect<Cell> =>
      Effect.suspend(() => {
        const known = cells.get(tenantKey)
        if (known !== undefined) return Effect.succeed(known)
        const issue = StoredTokens.through(
          store,
          StoredTokens.keyOf("tenant", settings, tenantKey),
          tenantIssue(ask, app, tenantKey)
        )
        return Effect.map(Scope.extend(TokenCell.make("tenant", issue), scope), (cell) => {
          // Whoever came first made the one that counts.
          const first = cells.get(tenantKey) ?? cell
          cells.set(tenantKey, first)
          return first
        })
      })

    return { app, tenant }
  })
