import { FeishuClient, FeishuConfig, Operation, RateLimit, Retry, Shape } from "@effect-feishu/core"
import * as AccessToken from "@effect-feishu/core/AccessToken"
import * as UndiciTransport from "@effect-feishu/core/UndiciTransport"
import { HttpClient, HttpClientRequest } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { Chunk, Duration, Effect, Fiber, Layer, Redacted, Schema, Stream } from "effect"
import * as Http from "node:http"
import * as Net from "node:net"

class PutRequest extends Shape.Struct<PutRequest>()(() => ({ id: Schema.String, name: Schema.String })) {}

const put = Operation.make("test.put", {
  method: "PUT",
  url: "/open-apis/test/:id",
  accepts: "tenant",
  scopes: [],
  idempotent: false,
  rateLimit: RateLimit.unstated,
  request: PutRequest,
  errors: []
})

/** A server on loopback, closed with the scope. */
const listen = <S extends Net.Server>(server: S) =>
  Effect.acquireRelease(
    Effect.async<{ readonly server: S; readonly port: number }>((resume) => {
      const sockets = new Set<Net.Socket>()
      server.on("connection", (socket) => {
        sockets.add(socket)
        socket.on("close", () => sockets.delete(socket))
      })
      server.on("closing", () => sockets.forEach((socket) => socket.destroy()))
      server.listen(0, "127.0.0.1", () => {
        const address = server.address()
        assert(address !== null && typeof address === "object")
        resume(Effect.succeed({ server, port: address.port }))
      })
    }),
    ({ server }) => Effect.sync(() => {
      server.emit("closing")
      server.close()
    })
  )

const live = (baseUrl: string, timeouts: FeishuConfig.Timeouts = {}) =>
  Layer.merge(FeishuClient.layer, AccessToken.layerTenantOf(Redacted.make("t-1"))).pipe(
    Layer.provide(UndiciTransport.layer),
    Layer.provide(FeishuConfig.layer({ appId: "cli", appSecret: Redacted.make("canary-app-secret"), baseUrl, timeouts }))
  )

const transport = UndiciTransport.layer.pipe(
  Layer.provide(FeishuConfig.layer({ appId: "cli", appSecret: Redacted.make("canary-app-secret") }))
)

const answer = (response: Http.ServerResponse, body: unknown) => {
  response.setHeader("content-type", "application/json")
  response.end(JSON.stringify(body))
}

describe("UndiciTransport", () => {
  it.scopedLive("sends what is encoded and reads what is answered", () =>
    Effect.gen(function*() {
      const seen: Array<string> = []
      const { port } = yield* listen(Http.createServer((request, response) => {
        let body = ""
        request.on("data", (chunk: Buffer) => body += chunk.toString())
        request.on("end", () => {
          seen.push(`${request.method} ${request.url} ${request.headers["content-type"]} ${body}`)
          answer(response, { code: 0, data: {} })
        })
      }))
      yield* Effect.provide(put({ id: "a/b", name: "会议" }), live(`http://127.0.0.1:${port}`))
      assert.deepStrictEqual(seen, ["PUT /open-apis/test/a%2Fb application/json; charset=utf-8 {\"name\":\"会议\"}"])
    }))

  it.scopedLive("gives up on a connection that cannot be opened in time, and knows that nothing was sent", () =>
    Effect.gen(function*() {
      // It accepts the connection and never shakes hands.
      const { port } = yield* listen(Net.createServer())
      const error = yield* put({ id: "1", name: "n" }).pipe(
        Retry.using(Retry.none),
        Effect.flip,
        Effect.provide(live(`https://127.0.0.1:${port}`, { connect: "100 millis" }))
      )
      assert(error._tag === "TransportError")
      assert.deepInclude(error, { phase: "connect", delivered: "no", reason: "UND_ERR_CONNECT_TIMEOUT" })
    }))

  it.scopedLive("a refused connection is repeated even for a write, and never ambiguous", () =>
    Effect.gen(function*() {
      const { port, server } = yield* listen(Net.createServer())
      yield* Effect.async<void>((resume) => void server.close(() => resume(Effect.void)))
      const error = yield* put({ id: "1", name: "n" }).pipe(
        Retry.using(Retry.make({ base: "1 millis" })),
        Effect.flip,
        Effect.provide(live(`http://127.0.0.1:${port}`))
      )
      assert(error._tag === "TransportError")
      assert.deepInclude(error, { phase: "connect", delivered: "no", attempts: 4 })
    }))

  it.scopedLive("a connection that breaks after the request was written leaves the outcome of a write unknown", () =>
    Effect.gen(function*() {
      const { port } = yield* listen(Net.createServer((socket) => {
        socket.on("error", () => {})
        socket.once("data", () => socket.resetAndDestroy())
      }))
      const error = yield* Effect.flip(Effect.provide(put({ id: "1", name: "n" }), live(`http://127.0.0.1:${port}`)))
      assert(error._tag === "OutcomeUnknown")
      assert.strictEqual(error.cause._tag, "TransportError")
    }))

  it.scopedLive("an interrupted call closes its socket, whether it waits for headers or for the body", () =>
    Effect.gen(function*() {
      let open = 0
      let answered = 0
      const { port } = yield* listen(Net.createServer((socket) => {
        open++
        socket.on("error", () => {})
        socket.on("close", () => open--)
        socket.once("data", (data) => {
          if (data.toString().includes("/body")) {
            socket.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{")
          }
          answered++
        })
      }))
      const layer = live(`http://127.0.0.1:${port}`)
      yield* Effect.gen(function*() {
        const fibers = yield* Effect.forEach(["headers", "body"], (id) => Effect.fork(put({ id, name: "n" })))
        yield* Effect.repeat(Effect.sleep("5 millis"), { until: () => answered === 2 })
        yield* Effect.sleep("20 millis")
        yield* Fiber.interruptAll(fibers)
        yield* Effect.repeat(Effect.sleep("5 millis"), { until: () => open === 0 }).pipe(Effect.timeout("100 millis"))
      }).pipe(Effect.provide(layer))
    }))

  it.scopedLive("a body that nobody reads is held back at its source", () =>
    Effect.gen(function*() {
      const total = 64 * 1024 * 1024
      let written = 0
      const { port } = yield* listen(Http.createServer((_, response) => {
        const chunk = Buffer.alloc(64 * 1024)
        const more = () => {
          while (written < total) {
            written += chunk.byteLength
            if (!response.write(chunk)) return void response.once("drain", more)
          }
          response.end()
        }
        more()
      }))
      yield* Effect.gen(function*() {
        const http = yield* HttpClient.HttpClient
        const response = yield* http.execute(HttpClientRequest.get(`http://127.0.0.1:${port}/`))
        const first = yield* Stream.runCollect(Stream.take(
          Stream.mapEffect(response.stream, (chunk) => Effect.as(Effect.sleep(Duration.millis(50)), chunk.byteLength)),
          2
        ))
        assert.strictEqual(Chunk.size(first), 2)
        assert.isBelow(written, total / 2)
      }).pipe(Effect.provide(transport))
    }))

  it.scopedLive("a body that breaks off is an error, not an end", () =>
    Effect.gen(function*() {
      const { port } = yield* listen(Net.createServer((socket) => {
        socket.on("error", () => {})
        socket.once("data", () => {
          socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n")
          setTimeout(() => socket.destroy(), 20)
        })
      }))
      yield* Effect.gen(function*() {
        const http = yield* HttpClient.HttpClient
        const response = yield* http.execute(HttpClientRequest.get(`http://127.0.0.1:${port}/`))
        const error = yield* Effect.flip(response.text)
        assert.strictEqual(error._tag, "ResponseError")
      }).pipe(Effect.provide(transport))
    }))
})
