import { AppTicket, Event, Webhook } from "@effect-feishu/core"
import { WebhookTest } from "@effect-feishu/core/testing"
import { assert, it } from "@effect/vitest"
import { Effect, Layer, Option, Redacted } from "effect"

const platform = WebhookTest.make({ appId: "cli_store", encryptKey: Redacted.make("canary-encrypt-key-secret") })

const Test = Webhook.layer({ handlers: [AppTicket.handler] }).pipe(
  Layer.provideMerge(AppTicket.layerMemory),
  Layer.provide(platform.layerConfig)
)

it.live("a ticket that the platform delivers is the application's from then on", () =>
  Effect.gen(function*() {
    const tickets = yield* AppTicket.AppTicket
    assert.isTrue(Option.isNone(yield* tickets.get("cli_store")))
    for (const ticket of ["first", "second"]) {
      const message = yield* platform.event(Event.appTicket, { app_id: "cli_store", app_ticket: Redacted.make(ticket) })
      const { status } = yield* Webhook.receive(yield* platform.deliver(message))
      assert.strictEqual(status, 200)
      assert.deepStrictEqual(Option.map(yield* tickets.get("cli_store"), Redacted.value), Option.some(ticket))
    }
  }).pipe(Effect.provide(Test)))
