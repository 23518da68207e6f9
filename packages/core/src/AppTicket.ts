/**
 * The ticket by which a store application proves itself: the platform sends one
 * every hour, as the `app_ticket` event, and the latest one counts.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/application-v6/event/app_ticket-events
 *
 * @since 0.1.0
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Event from "./Event.ts"
import * as TokenStore from "./TokenStore.ts"
import * as Webhook from "./Webhook.ts"

/**
 * @since 0.1.0
 * @category models
 */
export interface Service {
  /** The latest ticket of an application. */
  readonly get: (appId: string) => Effect.Effect<Option.Option<Redacted.Redacted>, TokenStore.TokenStoreError>
  readonly put: (appId: string, ticket: Redacted.Redacted) => Effect.Effect<void, TokenStore.TokenStoreError>
  /** Whether another one may be asked for now, which counts as doing so: once a minute, among all who share the tickets. */
  readonly mayAsk: (appId: string) => Effect.Effect<boolean, TokenStore.TokenStoreError>
}

/**
 * @since 0.1.0
 * @category services
 */
export class AppTicket extends Context.Tag("@effect-feishu/core/AppTicket")<AppTicket, Service>() {}

/**
 * Keeps a ticket that arrived: for whoever handles the `app_ticket` event.
 *
 * @since 0.1.0
 * @category accessors
 */
export const put = (
  appId: string,
  ticket: Redacted.Redacted
): Effect.Effect<void, TokenStore.TokenStoreError, AppTicket> =>
  Effect.flatMap(AppTicket, (tickets) => tickets.put(appId, ticket))

/**
 * Keeps every ticket the platform delivers: to be given to the webhook with the
 * other handlers.
 *
 * @example
 * ```ts
 * import { AppTicket, Webhook } from "@effect-feishu/core"
 *
 * export const Deliveries = Webhook.layer({ handlers: [AppTicket.handler] })
 * ```
 *
 * @since 0.1.0
 * @category handlers
 */
export const handler: Webhook.Handler<AppTicket> = Webhook.on(Event.appTicket, ({ event }) =>
  put(event.app_id, event.app_ticket))

/** A ticket is replaced every hour; one that was not for this long is of no use. */
const lifetime = Duration.hours(12)

const askEvery = Duration.minutes(1)

const ticketOf = (appId: string) => JSON.stringify(["app_ticket", appId])
const askedOf = (appId: string) => JSON.stringify(["app_ticket asked", appId])

const over = ({ get, set, withLock }: TokenStore.Service): Service => ({
  get: (appId) => Effect.map(get(ticketOf(appId)), Option.map(({ value }) => value)),
  put: (appId, ticket) => set(ticketOf(appId), ticket, lifetime),
  mayAsk: (appId) =>
    Effect.gen(function*() {
      if (Option.isSome(yield* get(askedOf(appId)))) return false
      const now = yield* Clock.currentTimeMillis
      yield* set(askedOf(appId), Redacted.make(String(now)), askEvery)
      return true
    }).pipe(withLock(askedOf(appId), "10 seconds"))
})

/**
 * Tickets kept in the token store: whichever process the event reaches, all
 * that share the store have the ticket.
 *
 * @since 0.1.0
 * @category layers
 */
export const layer: Layer.Layer<AppTicket, never, TokenStore.TokenStore> = Layer.effect(
  AppTicket,
  Effect.map(TokenStore.TokenStore, over)
)

/**
 * Tickets kept by this process, which must receive the event itself.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerMemory: Layer.Layer<AppTicket> = Layer.provide(layer, TokenStore.layerMemory)
