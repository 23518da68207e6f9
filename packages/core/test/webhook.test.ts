// What becomes of deliveries that are genuine: RELIABILITY F80 to F85.
import { DeliveryStore, Event, Shape, Webhook, WebhookConfig } from "@effect-feishu/core"
import { WebhookTest } from "@effect-feishu/core/testing"
import { HttpApp } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { Config, ConfigProvider, Deferred, Duration, Effect, Exit, Fiber, Layer, Logger, Queue, Redacted, Ref, Schema, Scope, Stream, TestClock } from "effect"

class Ready extends Shape.Struct<Ready>()(() => ({
  id: Schema.String,
  url: Schema.optional(Schema.String)
})) {}

const ready = Event.make("test.thing.ready_v1", { payload: Ready, scopes: ["test:thing:readonly"] })
const gone = Event.make("test.thing.gone_v1", { payload: Ready, scopes: [], version: "1.0" })

const platform = WebhookTest.make({
  encryptKey: Redacted.make("canary-secret-encrypt-key-0123"),
  verificationToken: Redacted.make("canary-secret-verification-token")
})

const quiet = Logger.replace(Logger.defaultLogger, Logger.none)

/** A webhook with a store of its own, or of the test's choice. */
const webhook = <const Handlers extends ReadonlyArray<Webhook.Handler<unknown>>, R = never>(
  options: Webhook.Options<Handlers, R>,
  store: Layer.Layer<DeliveryStore.DeliveryStore> = DeliveryStore.layerMemory()
) => Webhook.layerWithoutStore(options).pipe(Layer.provide([platform.layerConfig, store]), Layer.provideMerge(quiet))

const deliver = (message: WebhookTest.Message) =>
  Effect.map(Effect.flatMap(platform.deliver(message), Webhook.receive), ({ status }) => status)

/** Original and redeliveries, as the platform spaces them. */
const waits = ["15 seconds", "5 minutes", "1 hour", "6 hours"] as const

describe("a delivery", () => {
  it.effect("F80: five times, over 7 h 5 min 15 s, is handled once and acknowledged five times", () =>
    Effect.gen(function*() {
      const seen = yield* Ref.make(0)
      yield* Effect.gen(function*() {
        const message = yield* platform.event(ready, { id: "a" })
        const once = yield* platform.deliver(message)
        const statuses = [(yield* Webhook.receive(once)).status]
        for (const [at, wait] of waits.entries()) {
          yield* TestClock.adjust(wait)
          // Whether the platform signs anew is not documented: both.
          statuses.push(at % 2 === 0 ? yield* deliver(message) : (yield* Webhook.receive(once)).status)
        }
        assert.deepStrictEqual(statuses, [200, 200, 200, 200, 200])
        assert.strictEqual(yield* seen, 1)
        // A copy of the newest delivery outlives the memory of the first one by nothing.
        const newest = yield* platform.deliver(message)
        yield* Webhook.receive(newest)
        yield* TestClock.adjust("8 hours")
        yield* Webhook.receive(newest)
        assert.strictEqual(yield* seen, 1)
        yield* TestClock.adjust("6 minutes")
        assert.strictEqual((yield* Webhook.receive(newest)).status, 401)
      }).pipe(Effect.provide(webhook({ handlers: [Webhook.on(ready, () => Ref.update(seen, (n) => n + 1))] })))
    }))

  it.effect("F81: at the same time on 8 workers that share a store, is handled once", () =>
    Effect.gen(function*() {
      const seen = yield* Ref.make(0)
      const shared = Layer.succeed(DeliveryStore.DeliveryStore, yield* DeliveryStore.makeMemory())
      const handlers = [Webhook.on(ready, () => Effect.delay(Ref.update(seen, (n) => n + 1), "1 second"))]
      const message = yield* platform.event(ready, { id: "a" })
      const workers = yield* Effect.forEach(
        Array.from({ length: 8 }),
        () => Effect.fork(Effect.provide(deliver(message), webhook({ handlers }, shared))),
        { concurrency: "unbounded" }
      )
      // Signing and decrypting happen on other threads, of whose time the clock knows nothing.
      yield* settled(30)
      const statuses = yield* Fiber.join(Fiber.all(workers))
      assert.deepStrictEqual(statuses, Array.from({ length: 8 }, () => 200))
      assert.strictEqual(yield* seen, 1)
    }))

  it.effect("F82: whose handler is slow is not acknowledged, and not handled twice", () =>
    Effect.gen(function*() {
      const seen = yield* Ref.make(0)
      const slow = Webhook.on(ready, () => Effect.delay(Ref.update(seen, (n) => n + 1), "10 seconds"))
      yield* Effect.gen(function*() {
        const message = yield* platform.event(ready, { id: "a" })
        const first = yield* Effect.fork(deliver(message))
        yield* settled(26)
        assert.strictEqual(yield* Fiber.join(first), 503)
        yield* TestClock.adjust("8 seconds")
        assert.strictEqual(yield* seen, 1)
        assert.strictEqual(yield* deliver(message), 200)
        assert.strictEqual(yield* seen, 1)
      }).pipe(Effect.provide(webhook({ handlers: [slow] })))
    }))

  it.effect("F82: or is interrupted, and handled anew the next time", () =>
    Effect.gen(function*() {
      const begun = yield* Ref.make(0)
      const done = yield* Ref.make(0)
      const slow = Webhook.on(ready, () =>
        Effect.gen(function*() {
          const times = yield* Ref.updateAndGet(begun, (n) => n + 1)
          if (times === 1) yield* Effect.sleep("10 seconds")
          yield* Ref.update(done, (n) => n + 1)
        }))
      yield* Effect.gen(function*() {
        const message = yield* platform.event(ready, { id: "a" })
        const first = yield* Effect.fork(deliver(message))
        yield* settled(26)
        assert.strictEqual(yield* Fiber.join(first), 503)
        yield* TestClock.adjust("12 seconds")
        assert.deepStrictEqual([yield* begun, yield* done], [1, 0])
        assert.strictEqual(yield* deliver(message), 200)
        assert.deepStrictEqual([yield* begun, yield* done], [2, 1])
      }).pipe(Effect.provide(webhook({ handlers: [slow], whenSlow: "interrupt" })))
    }))

  it.effect("F83: whose handler fails, or dies, comes again and is handled then", () =>
    Effect.gen(function*() {
      const tries = yield* Ref.make(0)
      const handler = Webhook.on(ready, () =>
        Effect.flatMap(Ref.updateAndGet(tries, (n) => n + 1), (n) =>
          n === 1 ? Effect.fail("no") : n === 2 ? Effect.die("no") : Effect.void))
      yield* Effect.gen(function*() {
        const message = yield* platform.event(ready, { id: "a" })
        assert.deepStrictEqual(yield* Effect.all([deliver(message), deliver(message), deliver(message), deliver(message)]), [500, 500, 200, 200])
        assert.strictEqual(yield* tries, 3)
      }).pipe(Effect.provide(webhook({ handlers: [handler] })))
    }))

  it.effect("F83: whose process ends before the acknowledgement is handled by the next one", () =>
    Effect.gen(function*() {
      const shared = Layer.succeed(DeliveryStore.DeliveryStore, yield* DeliveryStore.makeMemory())
      const message = yield* platform.event(ready, { id: "a" })
      const begun = yield* Deferred.make<void>()
      const scope = yield* Scope.make()
      const dying = yield* Layer.buildWithScope(
        webhook({ handlers: [Webhook.on(ready, () => Effect.zipRight(Deferred.succeed(begun, undefined), Effect.never))] }, shared),
        scope
      )
      const first = yield* Effect.fork(Effect.provide(deliver(message), dying))
      yield* Deferred.await(begun)
      yield* Scope.close(scope, Exit.void)
      assert.strictEqual(yield* Fiber.join(first), 500)
      const seen = yield* Ref.make(0)
      const next = webhook({ handlers: [Webhook.on(ready, () => Ref.update(seen, (n) => n + 1))] }, shared)
      assert.strictEqual(yield* Effect.provide(deliver(message), next), 200)
      assert.strictEqual(yield* seen, 1)
    }))

  it.live("F83: of which 10 000 are in a durable queue: none is lost where processes end at any time", () =>
    Effect.gen(function*() {
      const total = 10_000
      const queue = new Map<string, Event.Delivery>()
      const handled = new Set<string>()
      const handlers = [Webhook.on(ready, ({ event }) =>
        // Every seventh event ends the process before it is through, once.
        Effect.suspend(() => Number(event.id) % 7 === 0 && !crashed.has(event.id) ? Effect.zipRight(Effect.sync(() => crashed.add(event.id)), Effect.interrupt) : Effect.sync(() => handled.add(event.id))))]
      const crashed = new Set<string>()
      const enqueue = Webhook.onAny((delivery) => Effect.sync(() => queue.set(delivery.header.event_id ?? "", delivery)))
      yield* Effect.gen(function*() {
        const plain = yield* Webhook.Webhook
        yield* Effect.forEach(Array.from({ length: total }, (_, id) => String(id)), (id) =>
          Effect.gen(function*() {
            const message = yield* bare.event(ready, { id }, { eventId: id })
            assert.strictEqual((yield* plain.receive(yield* bare.deliver(message))).status, 200)
          }), { concurrency: 100, discard: true })
      }).pipe(Effect.provide(Webhook.layer({ handlers: [enqueue] }).pipe(Layer.provide(bare.layerConfig), Layer.provideMerge(quiet))))
      while (queue.size > 0) {
        for (const [id, delivery] of queue) {
          const exit = yield* Effect.exit(Webhook.dispatch(handlers, JSON.parse(JSON.stringify(delivery)) as Event.Delivery))
          if (Exit.isSuccess(exit)) queue.delete(id)
          else break
        }
      }
      assert.strictEqual(handled.size, total)
    }))

  it.effect("F84: of a type no handler is for is acknowledged, and reaches the hook with all its fields", () =>
    Effect.gen(function*() {
      const strays = yield* Ref.make<ReadonlyArray<Event.Delivery>>([])
      yield* Effect.gen(function*() {
        const { token } = platform.challenge() as { readonly token: string }
        const v2 = { schema: "2.0", header: { event_id: "e", event_type: "x.y_v9", token, app_id: "cli_fake", extra: 1 }, event: { a: [1] }, more: true }
        assert.strictEqual(yield* deliver(v2), 200)
        const v1 = { ts: "1502199207.7171419", uuid: "u", token, type: "event_callback", event: { type: "x.z", b: 2 }, more: true }
        assert.strictEqual(yield* deliver(v1), 200)
        assert.strictEqual(yield* deliver(v1), 200)
        assert.deepStrictEqual(JSON.parse(JSON.stringify(yield* strays)), [
          { schema: "2.0", header: { event_id: "e", event_type: "x.y_v9", app_id: "cli_fake", extra: 1 }, event: { a: [1] }, more: true },
          { schema: "1.0", header: { event_id: "u", event_type: "x.z", create_time: "1502199207.7171419" }, event: { type: "x.z", b: 2 }, type: "event_callback", more: true }
        ])
      }).pipe(Effect.provide(webhook({ handlers: [Webhook.on(ready, () => Effect.void)], unhandled: (delivery) => Ref.update(strays, (all) => [...all, delivery]) })))
    }))

  it.effect("F84: of either envelope is one event, with what nobody documented, and without the token", () =>
    Effect.gen(function*() {
      const seen = yield* Ref.make<ReadonlyArray<unknown>>([])
      const keep = (event: unknown) => Ref.update(seen, (all) => [...all, event])
      yield* Effect.gen(function*() {
        const message = yield* platform.event(ready, { id: "a", other: { x: 1 } } as Ready, { eventId: "e2", header: { user_list: [] } })
        assert.strictEqual(yield* deliver(message), 200)
        assert.strictEqual(yield* deliver(yield* platform.event(gone, { id: "b" }, { eventId: "e1" })), 200)
        assert.deepStrictEqual(yield* seen, [
          {
            schema: "2.0",
            header: { event_id: "e2", event_type: "test.thing.ready_v1", create_time: "0", app_id: "cli_fake", tenant_key: "tenant_fake", user_list: [] },
            event: { id: "a", other: { x: 1 } }
          },
          {
            schema: "1.0",
            header: { event_id: "e1", event_type: "test.thing.gone_v1", create_time: "0", app_id: "cli_fake", tenant_key: "tenant_fake" },
            event: { app_id: "cli_fake", tenant_key: "tenant_fake", id: "b", type: "test.thing.gone_v1" },
            type: "event_callback"
          }
        ])
      }).pipe(Effect.provide(webhook({ handlers: [Webhook.on(ready, keep), Webhook.on(gone, keep)] })))
    }))

  it.effect("that lacks what its declaration requires is not acknowledged", () =>
    Effect.gen(function*() {
      const message = yield* platform.event(ready, { id: "a" })
      assert.strictEqual(yield* deliver({ ...message, event: { id: 1 } }), 500)
      assert.strictEqual(yield* deliver({ ...message, event: null }), 500)
      assert.strictEqual(yield* deliver({ ...message, event: { id: "a", url: null } }), 200)
      const error = yield* Effect.flip(Webhook.dispatch([Webhook.on(ready, () => Effect.void)], { schema: "2.0", header: { event_type: ready.type }, event: {} }))
      assert.strictEqual(String((error as Error).message), "test.thing.ready_v1: event.id: is missing")
    }).pipe(Effect.provide(webhook({ handlers: [Webhook.on(ready, () => Effect.void)] }))))

  it.effect("without an id is known by what it says", () =>
    Effect.gen(function*() {
      const seen = yield* Ref.make(0)
      yield* Effect.gen(function*() {
        const message = yield* platform.event(ready, { id: "a" }, { eventId: "" })
        assert.deepStrictEqual(yield* Effect.all([deliver(message), deliver(message)]), [200, 200])
        assert.strictEqual(yield* seen, 1)
        assert.strictEqual(yield* deliver(yield* platform.event(ready, { id: "b" }, { eventId: "" })), 200)
        assert.strictEqual(yield* seen, 2)
      }).pipe(Effect.provide(webhook({ handlers: [Webhook.on(ready, () => Ref.update(seen, (n) => n + 1))] })))
    }))

  it.effect("that carries a ticket shows it to no log", () =>
    Effect.gen(function*() {
      const ticket = yield* Deferred.make<Redacted.Redacted>()
      yield* Effect.gen(function*() {
        const message = yield* platform.event(Event.appTicket, { app_id: "cli_fake", app_ticket: Redacted.make("canary-secret-ticket") })
        assert.strictEqual(yield* deliver(message), 200)
        assert.strictEqual(Redacted.value(yield* Deferred.await(ticket)), "canary-secret-ticket")
      }).pipe(Effect.provide(webhook({ handlers: [Webhook.on(Event.appTicket, ({ event }) => Effect.zipRight(Effect.log(event), Deferred.succeed(ticket, event.app_ticket)))] })))
    }))

  it.effect("may go to a queue, and be read as a stream", () =>
    Effect.gen(function*() {
      const queue = yield* Queue.unbounded<Event.Value<typeof ready>>()
      yield* Effect.gen(function*() {
        yield* deliver(yield* platform.event(ready, { id: "a" }))
        yield* deliver(yield* platform.event(ready, { id: "b" }))
        const ids = yield* Stream.fromQueue(queue).pipe(Stream.map(({ event }) => event.id), Stream.take(2), Stream.runCollect)
        assert.deepStrictEqual([...ids], ["a", "b"])
      }).pipe(Effect.provide(webhook({ handlers: [Webhook.into(ready, queue)] })))
    }))

  it.effect("is not handled while the store cannot say whether it was", () =>
    Effect.gen(function*() {
      const broken = Layer.succeed(DeliveryStore.DeliveryStore, {
        claim: () => Effect.fail(new DeliveryStore.DeliveryStoreError({ reason: "down" }))
      })
      const seen = yield* Ref.make(0)
      const status = yield* Effect.provide(
        Effect.flatMap(platform.event(ready, { id: "a" }), deliver),
        webhook({ handlers: [Webhook.on(ready, () => Ref.update(seen, (n) => n + 1))] }, broken)
      )
      assert.deepStrictEqual([status, yield* seen], [500, 0])
    }))
})

/** Moves the clock in steps of 100 ms, with time for other threads in between. */
const settled = (steps: number) =>
  Effect.repeatN(Effect.zipRight(TestClock.adjust("100 millis"), Effect.promise(() => new Promise((resolve) => setTimeout(resolve, 3)))), steps)

/** Neither signs nor encrypts, for speed. */
const bare = WebhookTest.make({})

describe("the memory of what was handled", () => {
  const options = { lease: Duration.minutes(5), retention: Duration.hours(8) }
  const tag = (store: DeliveryStore.Service, key: string) => Effect.map(store.claim(key, options), ({ _tag }) => _tag)

  it.effect("is of no more events than it has room for, and as long as it should", () =>
    Effect.gen(function*() {
      const store = yield* DeliveryStore.makeMemory({ capacity: 2 })
      for (const key of ["a", "b", "c"]) {
        const claim = yield* store.claim(key, options)
        if (claim._tag === "Claimed") yield* claim.done
      }
      assert.deepStrictEqual(yield* Effect.forEach(["b", "c", "a"], (key) => tag(store, key)), ["Done", "Done", "Claimed"])
      yield* TestClock.adjust("8 hours")
      assert.strictEqual(yield* tag(store, "b"), "Claimed")
    }))

  it.effect("gives up on who does not come back, and is not confused when they do", () =>
    Effect.gen(function*() {
      const store = yield* DeliveryStore.makeMemory()
      const late = yield* store.claim("a", options)
      assert.strictEqual(yield* tag(store, "a"), "Busy")
      yield* TestClock.adjust("5 minutes")
      assert.strictEqual(yield* tag(store, "a"), "Claimed")
      if (late._tag === "Claimed") yield* late.release
      assert.strictEqual(yield* tag(store, "a"), "Busy")
      if (late._tag === "Claimed") yield* late.done
      assert.strictEqual(yield* tag(store, "a"), "Done")
    }))
})

describe("what cannot be a delivery", () => {
  const Live = webhook({ handlers: [] })
  const handler = HttpApp.toWebHandlerLayer(Webhook.httpApp, Live).handler
  const post = (body: string | Uint8Array | ReadableStream<Uint8Array>, headers: Record<string, string> = { "content-type": "application/json" }) =>
    Effect.promise(() => handler(new Request("http://localhost/", { method: "POST", body, headers, duplex: "half" } as RequestInit)))

  it.live("F85: too large, of another type, or garbage, is refused at once", () =>
    Effect.gen(function*() {
      const large = new Uint8Array(10 * 1024 * 1024)
      const streamed = (chunks: number) => {
        let left = chunks
        return new ReadableStream<Uint8Array>({ pull: (controller) => left-- > 0 ? controller.enqueue(large.subarray(0, 65_536)) : controller.close() })
      }
      const statuses: Array<number> = []
      for (const [body, headers] of [
        [large, { "content-type": "application/json", "content-length": String(large.length) }],
        [streamed(160), undefined],
        ["{}", { "content-type": "text/plain" }],
        [new Uint8Array(2), {}],
        [crypto.getRandomValues(new Uint8Array(4096)), undefined],
        ["{}", { "content-type": "application/jsonp" }]
      ] as const) {
        const { duration, response } = yield* Effect.map(Effect.timed(post(body, headers)), ([duration, response]) => ({ duration, response }))
        statuses.push(response.status)
        assert.strictEqual(yield* Effect.promise(() => response.text()), "{\"msg\":\"refused\"}")
        assert.isBelow(Duration.toMillis(duration), 1000)
      }
      assert.deepStrictEqual(statuses, [413, 413, 400, 400, 401, 400])
    }))

  it.live("is answered like what is one, through an application of the platform", () =>
    Effect.gen(function*() {
      const { body, headers } = yield* platform.deliverChallenge("c")
      const answer = yield* post(body, headers as Record<string, string>)
      assert.deepStrictEqual([answer.status, yield* Effect.promise(() => answer.text())], [200, "{\"challenge\":\"c\"}"])
      const genuine = yield* platform.deliver(yield* platform.event(ready, { id: "a" }))
      assert.strictEqual((yield* post(genuine.body, genuine.headers as Record<string, string>)).status, 200)
    }))

  it.effect("or more than is allowed, for whoever reads bodies on their own", () =>
    Effect.gen(function*() {
      const { maxBodySize, receive } = yield* Webhook.Webhook
      assert.strictEqual((yield* receive({ headers: { "content-type": "application/json" }, body: new Uint8Array(maxBodySize + 1) })).status, 413)
    }).pipe(Effect.provide(Live)))
})

describe("settings", () => {
  const read = (env: Record<string, string>) =>
    Effect.exit(Layer.build(WebhookConfig.layerConfig())).pipe(Effect.withConfigProvider(ConfigProvider.fromMap(new Map(Object.entries(env)))))

  it.scoped("come from the environment, and are refused where nothing would be verified", () =>
    Effect.gen(function*() {
      assert.isTrue(Exit.isSuccess(yield* read({ FEISHU_ENCRYPT_KEY: "k" })))
      assert.isTrue(Exit.isSuccess(yield* read({ FEISHU_VERIFICATION_TOKEN: "t", FEISHU_APP_ID: "cli" })))
      assert.isTrue(Exit.isFailure(yield* read({})))
      assert.isTrue(Exit.isFailure(yield* read({ FEISHU_ENCRYPT_KEY: "" })))
      assert.isTrue(Exit.isSuccess(yield* Effect.exit(Layer.build(WebhookConfig.layerConfig({ verification: Config.succeed("none" as const) })))))
    }))
})
