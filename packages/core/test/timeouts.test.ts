import type { FeishuConfig } from "@effect-feishu/core"
import { AccessToken, FeishuClient, Operation, RateLimit, Retry } from "@effect-feishu/core"
import * as UndiciTransport from "@effect-feishu/core/UndiciTransport"
import type { HttpClient } from "@effect/platform"
import { FetchHttpClient } from "@effect/platform"
import { NodeHttpClient } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Array, Duration, Effect, Exit, Fiber, Layer, Redacted, TestClock } from "effect"
import * as Net from "node:net"
import * as Stub from "./stub.ts"

const read = Stub.put({ id: "1", name: "n" })
const write = Stub.create({ id: "1", name: "n" })

/** The failure of a call, and how much time it took. */
const timed = <A, E, R>(call: Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const fiber = yield* Effect.fork(Effect.zip(Effect.flip(call), TestClock.currentTimeMillis))
    yield* TestClock.adjust("1 hour")
    const [error, took] = yield* Fiber.join(fiber)
    return { error, took }
  })

const after = (wait: Duration.DurationInput, response: () => Response) => Effect.delay(Effect.sync(response), wait)

/** Headers, and then nothing more. */
const stalled = () =>
  new Response(new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode("{")) }), {
    headers: { "content-type": "application/json" }
  })

describe("a timeout", () => {
  it.effect("ends an attempt whose headers do not come", () =>
    Effect.gen(function*() {
      const { error, took } = yield* timed(read.pipe(Retry.using(Retry.none))).pipe(Effect.provide(Stub.client(() => Effect.never)))
      assert(error._tag === "CallTimeout")
      assert.deepInclude(error, { phase: "headers", attempts: 1 })
      assert.strictEqual(Duration.toSeconds(error.after), 30)
      assert.strictEqual(took, 30_000)
    }))

  it.effect("ends an attempt whose body does not come, counted from its headers", () =>
    Effect.gen(function*() {
      const client = Stub.client(() => after("7 seconds", stalled))
      const { error, took } = yield* timed(read.pipe(Retry.using(Retry.none))).pipe(Effect.provide(client))
      assert(error._tag === "CallTimeout")
      assert.strictEqual(error.phase, "body")
      assert.strictEqual(took, 37_000)
    }))

  it.effect("of one part does not depend on those of the others", () =>
    Effect.gen(function*() {
      for (const [headers, body, phase, expected] of [[50, 5, "headers", 50], [5, 50, "body", 54], [50, 3, "body", 7]] as const) {
        const settings: Stub.Settings = { timeouts: { headers: Duration.seconds(headers), body: Duration.seconds(body) } }
        const client = Stub.client(() => phase === "headers" ? Effect.never : after("4 seconds", stalled), settings)
        const { error, took } = yield* timed(read.pipe(Retry.using(Retry.none))).pipe(
          Effect.provide(client),
          Effect.provide(TestClock.defaultTestClock)
        )
        assert(error._tag === "CallTimeout")
        assert.strictEqual(error.phase, phase)
        assert.strictEqual(took, expected * 1000)
      }
    }))

  it.effect("is repeated like any transient failure, until the total is over", () =>
    Effect.gen(function*() {
      let sends = 0
      const client = Stub.client(() => (sends++, Effect.never), { timeouts: { total: "100 seconds" } })
      const { error, took } = yield* timed(read.pipe(Retry.using(Retry.make({ times: 100 })))).pipe(Effect.provide(client))
      assert(error._tag === "CallTimeout")
      assert.strictEqual(error.phase, "total")
      assert.strictEqual(took, 100_000)
      assert.strictEqual(sends, 4)
    }))

  it.effect("of a write that must not be repeated leaves its outcome unknown", () =>
    Effect.gen(function*() {
      let sends = 0
      for (const settings of [{}, { timeouts: { total: "10 seconds" } }] satisfies ReadonlyArray<Stub.Settings>) {
        const { error } = yield* timed(write).pipe(Effect.provide(Stub.client(() => (sends++, Effect.never), settings)))
        assert(error._tag === "OutcomeUnknown")
        assert.strictEqual(error.cause._tag, "CallTimeout")
      }
      assert.strictEqual(sends, 2)
    }))

  it.effect("of a write that was never sent does not", () =>
    Effect.gen(function*() {
      let asked = 0
      const slow: AccessToken.AccessToken = {
        credential: "tenant",
        tenant: "own",
        // There at first, and gone when it is the call's turn.
        get: Effect.suspend(() => asked++ === 0 ? Effect.succeed(Redacted.make(Stub.tenantToken)) : Effect.never),
        renew: () => Effect.succeedNone
      }
      const client = Stub.client(() => Stub.ok(), { timeouts: { total: "10 seconds" } })
      const { error, took } = yield* timed(write).pipe(
        Effect.provideService(AccessToken.TenantAccessToken, slow),
        Effect.provide(client)
      )
      assert.strictEqual(error._tag, "CallTimeout")
      assert.strictEqual(took, 10_000)
    }))

  it.effect("does not run while a call waits for admission", () =>
    Effect.gen(function*() {
      const limited = Operation.make("test.limited", {
        method: "GET",
        url: "/open-apis/test/v1/limited",
        accepts: "tenant",
        scopes: [],
        idempotent: true,
        rateLimit: RateLimit.of([1, "1 minute"]),
        errors: []
      })
      const client = Stub.client(() => after("5 seconds", () => Stub.ok()), { timeouts: { total: "10 seconds" } })
      const calls = yield* Effect.fork(Effect.all(Array.replicate(limited(), 4), { concurrency: "unbounded" }).pipe(Effect.provide(client)))
      yield* TestClock.adjust("10 minutes")
      assert.strictEqual((yield* Fiber.join(calls)).length, 4)
    }))

  it.effect("keeps nobody who has their answer, not even where nothing may be interrupted", () =>
    Effect.gen(function*() {
      // No time passes here.
      yield* Effect.uninterruptible(read)
      yield* Effect.acquireRelease(read, () => Effect.ignore(read)).pipe(Effect.scoped)
    }).pipe(Effect.provide(Stub.client(() => Stub.ok()))))
})

// --- over a socket -------------------------------------------------------------

const transports: Readonly<Record<string, Layer.Layer<HttpClient.HttpClient, never, FeishuConfig.FeishuConfig>>> = {
  "fetch": FetchHttpClient.layer,
  "undici": NodeHttpClient.layerUndici,
  "node:http": NodeHttpClient.layer,
  "UndiciTransport": UndiciTransport.layer
}

/** A server that takes requests and never answers them in full, and how many connections are open. */
const silent = Effect.acquireRelease(
  Effect.async<{ readonly port: number; readonly seen: { open: number; requests: number }; readonly close: () => void }>((resume) => {
    const seen = { open: 0, requests: 0 }
    const sockets = new Set<Net.Socket>()
    const server = Net.createServer((socket) => {
      seen.open++
      sockets.add(socket)
      socket.on("error", () => {})
      socket.on("close", () => {
        seen.open--
        sockets.delete(socket)
      })
      socket.on("data", (data) => {
        seen.requests++
        if (!data.toString().includes("/body")) return
        socket.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{")
        // One byte at a time: a socket that is never idle.
        const drip = setInterval(() => socket.write(" "), 50)
        socket.on("close", () => clearInterval(drip))
      })
    })
    server.listen(0, "127.0.0.1", () => {
      // Sound: the address of a server that listens on a port.
      const { port } = server.address() as Net.AddressInfo
      resume(Effect.succeed({
        port,
        seen,
        close: () => {
          sockets.forEach((socket) => socket.destroy())
          server.close()
        }
      }))
    })
  }),
  ({ close }) => Effect.sync(close)
)

const until = (condition: () => boolean) => Effect.repeat(Effect.sleep("1 millis"), { until: condition })

for (const [name, transport] of Object.entries(transports)) {
  const live = (port: number, settings: Stub.Settings = {}) =>
    Layer.mergeAll(FeishuClient.layer, AccessToken.layerTenantOf(Redacted.make(Stub.tenantToken))).pipe(
      Layer.provide(transport),
      Layer.provide(Stub.config({ baseUrl: `http://127.0.0.1:${port}`, ...settings }))
    )

  describe(`over ${name}`, () => {
    it.scopedLive("500 of 500 interrupted calls close their sockets, within 100 ms", () =>
      Effect.gen(function*() {
        const { port, seen } = yield* silent
        yield* Effect.gen(function*() {
          const calls = yield* Effect.forEach(Array.range(1, 500), (index) =>
            Effect.fork(Stub.create({ id: index % 2 === 0 ? "body" : "headers", name: "n" })))
          yield* until(() => seen.requests === 500)
          yield* Effect.sleep("50 millis")
          assert.strictEqual(seen.open, 500)
          const exits = yield* Fiber.interruptAll(calls).pipe(Effect.zipRight(Effect.forEach(calls, Fiber.await)))
          yield* until(() => seen.open === 0).pipe(Effect.timeout("100 millis"))
          assert.isTrue(exits.every(Exit.isInterrupted))
        }).pipe(Effect.provide(live(port)))
      }), 60_000)

    it.scopedLive("a call that runs out of time closes its socket, even one that drips", () =>
      Effect.gen(function*() {
        const { port, seen } = yield* silent
        yield* Effect.gen(function*() {
          for (const [id, phase] of [["headers", "headers"], ["body", "body"]] as const) {
            const error = yield* Stub.put({ id, name: "n" }).pipe(Retry.using(Retry.none), Effect.flip)
            assert(error._tag === "CallTimeout", error.message)
            assert.strictEqual(error.phase, phase)
            yield* until(() => seen.open === 0).pipe(Effect.timeout("1 second"))
          }
        }).pipe(Effect.provide(live(port, { timeouts: { headers: "300 millis", body: "300 millis" } })))
      }))
  })
}
