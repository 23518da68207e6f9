import { Event, Shape, Webhook } from "@effect-feishu/core"
import type { DeliveryStore, WebhookConfig } from "@effect-feishu/core"
import { Context, Effect, Schema } from "effect"
import type { Layer, Queue } from "effect"
import { describe, expect, it } from "tstyche"

class Ready extends Shape.Struct<Ready>()(() => ({ id: Schema.String })) {}

const ready = Event.make("test.thing.ready_v1", { payload: Ready, scopes: [] })

class Mail extends Context.Tag("Mail")<Mail, { readonly send: (text: string) => Effect.Effect<void> }>() {}
class Disk extends Context.Tag("Disk")<Disk, { readonly write: (text: string) => Effect.Effect<void> }>() {}

const mail = Webhook.on(ready, ({ event }) => Effect.flatMap(Mail, ({ send }) => send(event.id)))
const disk = Webhook.onAny(() => Effect.flatMap(Disk, ({ write }) => write("")))

describe("a handler", () => {
  it("is given the event in its own type", () => {
    Webhook.on(ready, (received) => {
      expect(received.event).type.toBe<Ready>()
      expect(received.header.event_type).type.toBe<"test.thing.ready_v1">()
      expect(received.header).type.not.toHaveProperty("token")
      return Effect.void
    })
    expect<Event.Value<typeof ready>["event"]>().type.toBe<Ready>()
  })

  it("puts an event into a queue of its own type only", () => {
    expect(Webhook.into).type.toBeCallableWith(ready, {} as Queue.Queue<Event.Value<typeof ready>>)
    expect(Webhook.into).type.not.toBeCallableWith(ready, {} as Queue.Queue<string>)
  })

  it("is no promise", () => {
    expect(Webhook.on).type.not.toBeCallableWith(ready, () => Promise.resolve())
  })
})

describe("a webhook", () => {
  it("requires what its handlers require, and settings", () => {
    expect(Webhook.layer({ handlers: [mail, disk] })).type.toBe<
      Layer.Layer<Webhook.Webhook, never, WebhookConfig.WebhookConfig | Mail | Disk>
    >()
    expect(Webhook.layer({ handlers: [] })).type.toBe<Layer.Layer<Webhook.Webhook, never, WebhookConfig.WebhookConfig>>()
    expect(Webhook.layerWithoutStore({ handlers: [mail] })).type.toBe<
      Layer.Layer<Webhook.Webhook, never, WebhookConfig.WebhookConfig | DeliveryStore.DeliveryStore | Mail>
    >()
    expect(Webhook.layer({ handlers: [], unhandled: () => Mail })).type.toBe<
      Layer.Layer<Webhook.Webhook, never, WebhookConfig.WebhookConfig | Mail>
    >()
  })
})
