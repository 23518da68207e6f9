// What only a socket can show: RELIABILITY F85, and that the platform's hanging up loses nothing.
import { Event, Shape, Webhook } from "@effect-feishu/core"
import { WebhookTest } from "@effect-feishu/core/testing"
import { FetchHttpClient, HttpServer } from "@effect/platform"
import { NodeHttpServer } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Logger, Redacted, Ref, Schema } from "effect"
import { createServer, request } from "node:http"
import { connect } from "node:net"

class Ready extends Shape.Struct<Ready>()(() => ({ id: Schema.String })) {}

const ready = Event.make("test.thing.ready_v1", { payload: Ready, scopes: [] })

const platform = WebhookTest.make({ encryptKey: Redacted.make("canary-secret-encrypt-key-0123") })

const quiet = Logger.replace(Logger.defaultLogger, Logger.none)

const serve = (handle: Effect.Effect<unknown, unknown>, options?: { readonly answerWithin: "200 millis" }) =>
  HttpServer.serve(Webhook.httpApp).pipe(
    Layer.provide(Webhook.layer({ handlers: [Webhook.on(ready, () => handle)], ...options })),
    Layer.provide(platform.layerConfig),
    Layer.provideMerge(NodeHttpServer.layer(createServer, { port: 0, host: "127.0.0.1" })),
    Layer.provideMerge(quiet)
  )

const port = Effect.map(HttpServer.HttpServer, ({ address }) => address._tag === "TcpAddress" ? address.port : 0)

/** The status of a request whose body is written in pieces; and how long it took. */
const post = (port: number, headers: Record<string, string | number>, pieces: ReadonlyArray<Uint8Array>) =>
  Effect.async<{ readonly status: number | undefined; readonly text: string; readonly millis: number }>((resume) => {
    const started = performance.now()
    const outgoing = request({ port, host: "127.0.0.1", method: "POST", headers: { "content-type": "application/json", ...headers } }, (incoming) => {
      let text = ""
      incoming.setEncoding("utf8").on("data", (chunk: string) => text += chunk).on("end", () => {
        resume(Effect.succeed({ status: incoming.statusCode, text, millis: performance.now() - started }))
        outgoing.destroy()
      })
    })
    outgoing.on("error", () => resume(Effect.succeed({ status: undefined, text: "", millis: performance.now() - started })))
    for (const piece of pieces) outgoing.write(piece)
    outgoing.end()
  })

/** What comes back for bytes that are not quite HTTP. */
const raw = (port: number, text: string) =>
  Effect.async<string>((resume) => {
    let answer = ""
    const socket = connect(port, "127.0.0.1", () => socket.write(text))
    socket.setEncoding("utf8").on("data", (chunk: string) => answer += chunk)
    socket.on("close", () => resume(Effect.succeed(answer)))
    socket.on("error", () => resume(Effect.succeed(answer)))
  })

describe("a server on a socket", () => {
  it.live("F85: refuses 10 MB at once, announced or in chunks, and keeps none of it", () =>
    Effect.gen(function*() {
      const at = yield* port
      const pieces = Array.from({ length: 160 }, () => new Uint8Array(65_536).fill(0x20))
      const warm = yield* post(at, {}, [pieces[0]!])
      assert.strictEqual(warm.status, 401)
      const before = process.memoryUsage().arrayBuffers
      const announced = yield* post(at, { "content-length": 160 * 65_536 }, pieces)
      const chunked = yield* post(at, {}, pieces)
      const refused = { status: 413, text: "{\"msg\":\"refused\"}" }
      assert.deepInclude(announced, refused)
      assert.deepInclude(chunked, refused)
      // A loaded machine takes its time; alone it is less than 50 ms.
      assert.isBelow(announced.millis, 1000)
      assert.isBelow(chunked.millis, 1000)
      assert.isBelow(process.memoryUsage().arrayBuffers - before, 64 * 1024 * 1024)
    }).pipe(Effect.provide(serve(Effect.void))))

  it.live("F85: refuses other types, and chunks that are none", () =>
    Effect.gen(function*() {
      const at = yield* port
      assert.strictEqual((yield* post(at, { "content-type": "text/plain" }, [new Uint8Array(2)])).status, 400)
      const answer = yield* raw(at, "POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\ngarbage\r\n0\r\n\r\n")
      assert.match(answer, /^(HTTP\/1.1 400|$)/)
    }).pipe(Effect.provide(serve(Effect.void))))

  it.live("goes on when the platform has hung up", () =>
    Effect.gen(function*() {
      const seen = yield* Ref.make(0)
      yield* Effect.gen(function*() {
        const at = yield* port
        const { body, headers } = yield* platform.deliver(yield* platform.event(ready, { id: "a" }))
        const gone = Effect.async<void>((resume) => {
          const outgoing = request({ port: at, host: "127.0.0.1", method: "POST", headers })
          outgoing.on("error", () => resume(Effect.void))
          outgoing.end(body)
          setTimeout(() => outgoing.destroy(new Error("hung up")), 100)
        })
        yield* gone
        yield* Effect.sleep("500 millis")
        const again = yield* WebhookTest.send(`http://127.0.0.1:${at}/`, { body, headers }).pipe(Effect.provide(FetchHttpClient.layer))
        assert.deepStrictEqual([again.status, yield* seen], [200, 1])
      }).pipe(Effect.provide(serve(Effect.delay(Ref.update(seen, (n) => n + 1), "300 millis"))))
    }))

  it.live("F82: says within the time the platform waits that an event is not handled yet", () =>
    Effect.gen(function*() {
      const seen = yield* Ref.make(0)
      yield* Effect.gen(function*() {
        const at = yield* port
        const delivery = yield* platform.deliver(yield* platform.event(ready, { id: "a" }))
        const send = WebhookTest.send(`http://127.0.0.1:${at}/`, delivery).pipe(Effect.provide(FetchHttpClient.layer))
        assert.strictEqual((yield* send).status, 503)
        yield* Effect.sleep("1 second")
        assert.deepStrictEqual([(yield* send).status, yield* seen], [200, 1])
      }).pipe(Effect.provide(serve(Effect.delay(Ref.update(seen, (n) => n + 1), "600 millis"), { answerWithin: "200 millis" })))
    }))
})
